import { existsSync } from 'node:fs'
import { hashOf } from '@vilkar/terms/sellers/privacy-policies/editions.ts'
import recorded from '@vilkar/terms/sellers/privacy-policies/policies.sha256.json' with { type: 'json' }
import { policyIds, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import t from 'tap'
import { startPrivacyForTest } from '../privacy-service.ts'

const { call } = await startPrivacyForTest()
const read = async (controller: string, locale = 'en') =>
  (await call('support', 'GET', `/registers/${controller}?locale=${locale}`)).body

t.test(
  'the record says of every category what for, on which ground and whom it is about, or that the policy does not say',
  async (t) => {
    for (const controller of policyIds)
      for (const { category, uses, subjects, findings } of (await read(controller)).activities) {
        const isWhole = uses.length > 0 && subjects && uses.every(({ ground }: { ground?: string }) => ground)
        t.ok(isWhole || findings.length > 0, `${controller} ${category}`)
        for (const { ground, cites } of uses)
          t.ok(cites.length > 0 && /^Art. 6\(1\)\([a-f]\)$/.test(ground ?? 'Art. 6(1)(a)'))
      }
    const { activities } = await read('smartgroup')
    const order = activities.find(({ category }: { category: string }) => category === 'order')
    t.match(order.uses, [
      { ground: 'Art. 6(1)(b)', cites: [{ section: '§ 4' }, { section: '§ 5' }] },
      { ground: 'Art. 6(1)(c)' },
    ])
  },
)

t.test('what it cites of a policy is a section of that policy, and it stands in both languages', async (t) => {
  for (const controller of policyIds) {
    const { activities, further, onBehalf } = await read(controller)
    const own = policyOf(controller).sections
    let cited = 0
    JSON.stringify([activities, further, onBehalf], (key, value) => {
      if (key === 'cites')
        for (const { act, section, text } of value.filter(({ act }: { act: string }) => /privacy/.test(act))) {
          cited += 1
          t.equal(own[section]?.en, text, `${act} ${section}`)
        }
      return value
    })
    t.ok(cited > 5)
    const inNorwegian = await read(controller, 'nb')
    for (const [at, { uses }] of activities.entries())
      for (const [n, { purpose }] of uses.entries()) t.not(inNorwegian.activities[at].uses[n].purpose, purpose)
  }
})

t.test('who is processor for others says for whom, what and how it is kept safe', async (t) => {
  for (const controller of policyIds) {
    const { onBehalf, roles, activities } = await read(controller)
    const isProcessor = roles.some((role: { controller: string }) => role.controller === 'organisation')
    t.equal(onBehalf !== undefined, isProcessor, controller)
    if (!isProcessor) continue
    t.match(onBehalf, { processor: 'SmartOrg AS', controllers: /Organisations/ })
    t.ok(onBehalf.processing.length > 1)
    const known = activities.map(({ category }: { category: string }) => category)
    for (const category of onBehalf.categories) t.ok(known.includes(category))
  }
})

t.test('a processor of today outside the EEA is a transfer, with its safeguard', async (t) => {
  const write = (name: string, more: object) =>
    call('support', 'PUT', `/processors/${crypto.randomUUID()}`, {
      ...{ controller: 'smartgroup', name, kind: 'newsletter', agreement: 'A-1', since: '2026-01-15', ...more },
    })
  await write('Far', { country: 'US', safeguard: 'Clauses' })
  await write('Near', { country: 'FR' })
  await write('Over', { country: 'US', safeguard: 'Clauses', until: '2026-01-16' })
  await write('Adequate', { country: 'CH' })
  const { transfers } = await read('smartgroup')
  t.strictSame(
    transfers.map(({ name, safeguard }: { name: string; safeguard?: string }) => [name, safeguard]).toSorted(),
    [
      ['Adequate', undefined],
      ['Far', 'Clauses'],
    ],
  )
})

t.test('each measure names a file that is there', async (t) => {
  const { measures } = await read('smarti')
  t.ok(measures.length > 4)
  for (const { keptBy } of measures) t.ok(existsSync(new URL(`../../../../${keptBy}`, import.meta.url)), keptBy)
})

t.test('no edition of a policy is another for it', async (t) => {
  const hashes = policyIds.map((id) => hashOf(policyOf(id)))
  t.strictSame(hashes.toSorted(), Object.values(recorded).toSorted())
})
