import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { policyIds, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { citationIn } from '@vilkar/terms/statute/act.ts'
import t from 'tap'
import { outgoing } from '../../registers/outgoing.ts'
import { norwegian, spanOf } from '../../registers/words.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { call } = await startPrivacyForTest()
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

/** What leads out of a process: a client of HTTP, mail, mailboxes, S3, traces, the database or the broker. */
const LEADING = [
  ...[
    'undici',
    'nodemailer',
    'imapflow',
    '@aws-sdk',
    'flydrive',
    '@opentelemetry',
    'openapi-fetch',
    'jose',
    'openid-client',
  ],
  ...['pg', 'pg-boss', '@nats-io'],
  ...['node:http', 'node:http2', 'node:https', 'node:net', 'node:tls', 'node:dgram', 'node:dns', 'node:child_process'],
]
/** What leads nowhere: whatever else is imported has to be named in one of the two. */
const STAYING = [
  ...['@fastify', 'fastify', 'hono', 'd3-scale', 'd3-shape', 'ical-generator', 'intl-messageformat'],
  ...[
    'kysely',
    'typebox',
    'uuid',
    'canonicalize',
    'csv-parse',
    'date-holidays',
    'validator',
    'postcode-validator',
    'stdnum',
    'lru-cache',
  ],
  ...['fontkit', 'pdfkit', 'postal-mime', 'bwip-js', 'xmlbuilder2', 'fflate', 'sharp', 'p-limit'],
  ...['pino', 'prom-client', 'standardwebhooks'],
]
const OF_NODE_LEADING = new Set(LEADING.filter((name) => name.startsWith('node:')))
/** What a file imports when it runs, by the package or the scope; types lead nowhere. */
const importedBy = (source: string) =>
  [
    ...source.matchAll(
      /^(?:import|export) (?!type )[^']*?from '([^'.]+[^']*)'|\bimport\('([^'.]+[^']*)'\)|^import '([^'.]+[^']*)'/gm,
    ),
  ]
    .map(([, from, lazily, alone]) => (from ?? lazily ?? alone)!)
    .map((name) => name.split('/')[0]!)
    .filter((name) => name !== '@vilkar')
const leadsOut = (source: string) =>
  importedBy(source).some((name) => LEADING.includes(name)) || /(?<![.\w])fetch\(|new WebSocket\(/.test(source)

const files = globSync('{libs,services}/**/*.ts', {
  cwd: ROOT,
  exclude: ['**/node_modules/**', '**/test/**', 'libs/testing/**'],
})
const sourceOf = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8')

t.test('of every package that is imported it is known whether it leads out', async (t) => {
  const imported = new Set(files.flatMap((path) => importedBy(sourceOf(path))))
  const isKnown = (name: string) =>
    LEADING.includes(name) || STAYING.includes(name) || (name.startsWith('node:') && !OF_NODE_LEADING.has(name))
  t.strictSame(
    [...imported].filter((name) => !isKnown(name)),
    [],
  )
  t.strictSame(
    STAYING.filter((name) => !imported.has(name)),
    [],
    'and none is named in vain',
  )
})

t.test('every way out of the product is in the register, and nothing in it leads nowhere', async (t) => {
  for (const source of ["import { request } from 'undici'", "await import('imapflow')", 'await fetch(url)'])
    t.ok(leadsOut(source), source)
  for (const source of ['cache.fetch(url)', "import type { ImapFlow } from 'imapflow'"])
    t.notOk(leadsOut(source), source)
  const leading = files.filter((path) => leadsOut(sourceOf(path)))
  t.ok(leading.length > 8, String(leading))
  const named = outgoing.flatMap((way) => way.files)
  t.strictSame(
    leading.filter((path) => !named.some((place) => path.startsWith(place))),
    [],
  )
  for (const place of named)
    t.ok(
      files.some((path) => path.startsWith(place)),
      place,
    )
})

t.test(
  'whoever gets personal data is a recipient of the policy of the shop, and gets no more than is enough',
  async (t) => {
    const { recipients } = policyOf('smartgroup')
    for (const { name, kind, fields } of outgoing) {
      if (kind === 'own' || kind === 'nothing') continue
      const recipient = recipients.find((each) => each.kind === kind)
      t.ok(recipient, `${name.en} is a ${kind}`)
      t.strictSame(
        fields.filter((field) => !recipient!.minimum.includes(field)),
        [],
        name.en,
      )
    }
    for (const partner of ['Klarna', 'Kustom', 'Vipps MobilePay', 'Bring', 'UPS', 'DHL'])
      t.ok(
        outgoing.some(({ name }) => name.en === partner),
        partner,
      )
  },
)

t.test('the record of processing says of every category of each policy how long it is kept, and why', async (t) => {
  for (const controller of policyIds) {
    const { status, body } = await call('support', 'GET', `/registers/${controller}`)
    const { retention, recipients } = policyOf(controller)
    t.equal(status, 200)
    t.strictSame(
      body.activities.map(({ category }: { category: string }) => category),
      Object.keys(retention),
    )
    for (const { kept } of body.activities)
      for (const each of kept) t.ok(each.for.length > 3 && !/object/.test(each.for) && each.cites.length > 0)
    t.equal(body.recipients.length, recipients.length)
  }
  const spansIn = async (locale: string) => {
    const { activities } = (await call('support', 'GET', `/registers/smartgroup?locale=${locale}`)).body
    return Object.fromEntries(
      activities.map(({ category, kept }: { category: string; kept: { for: string }[] }) => [category, kept[0]!.for]),
    )
  }
  const english = { account: '24 months', support: '12 months to 36 months', accounting: /duties of law/ }
  t.match(await spansIn('en'), english)
  const inNorwegian = { account: '24 måneder', support: '12 måneder til 36 måneder', accounting: /lovens plikter/ }
  t.match(await spansIn('nb'), inNorwegian)
})

t.test('every text of the record stands in Norwegian and in English', async (t) => {
  const policies = policyIds.map(policyOf)
  const rules = policies.flatMap(({ retention }) => Object.values(retention).flat())
  const keeps = rules.map(({ keep }) => keep)
  const texts = [
    ...policies.flatMap(({ recipients }) => recipients.flatMap(({ minimum }) => minimum)),
    ...outgoing.flatMap(({ fields }) => fields),
    ...keeps.flatMap((keep) => ('target' in keep ? [keep.backups] : 'see' in keep ? [keep.see] : [])),
  ]
  t.strictSame(
    texts.filter((text) => !Object.hasOwn(norwegian, text)),
    [],
  )
  t.strictSame(
    Object.keys(norwegian).filter((text) => !texts.includes(text)),
    [],
    'and no word stands for nothing',
  )
  for (const keep of keeps) t.not(spanOf('nb', keep), spanOf('en', keep))
  for (const { name } of outgoing) t.ok(name.nb.length > 2 && name.en.length > 2, name.en)
  for (const { retention, roles, recipients } of policies)
    for (const { cites } of [...Object.values(retention).flat(), ...Object.values(roles), ...recipients])
      for (const cite of cites) t.not(citationIn(cite, 'nb').text, cite.text, JSON.stringify(cite))
})

t.test('the record comes in the language that is asked for, before the one that is wanted most', async (t) => {
  const record = async (query: string, wanted: string) => {
    const { body } = await call('support', 'GET', `/registers/smartgroup${query}`, undefined, wanted)
    const { act } = body.activities[0].kept[0].cites[0]
    return { act, way: body.outgoing.find(({ name }: { name: string }) => /^Norges Bank/.test(name)).name }
  }
  const norwegian = { act: 'personvernerklæringen til SmartGroup', way: 'Norges Bank, for valutakurser' }
  const english = { act: 'SmartGroup’s privacy policy', way: 'Norges Bank, for rates of exchange' }
  t.strictSame(await record('?locale=nb', 'en'), norwegian)
  t.strictSame(await record('?locale=en', 'nb'), english)
  t.strictSame(await record('', 'en-GB'), english)
  t.strictSame(await record('', 'de'), norwegian)
})

t.test('a processor', async (t) => {
  const facts = { name: 'Bring', kind: 'carrier', agreement: 'DBA 2026-4', country: 'NO', since: '2026-01-15' }
  const write = (id: string, changes: object = {}, role = 'support') =>
    call(role, 'PUT', `/processors/${id}`, { controller: 'smartgroup', ...facts, ...changes })
  t.test('is written down, put better under its id, and stands in the record', async (t) => {
    const id = crypto.randomUUID()
    t.equal((await write(id)).status, 200)
    t.match((await write(id, { until: '2026-12-31' })).body, { id, ...facts, until: '2026-12-31' })
    const { processors } = (await call('support', 'GET', '/registers/smartgroup')).body
    t.match(
      processors.filter((each: { id: string }) => each.id === id),
      [{ name: 'Bring', until: '2026-12-31' }],
    )
    assertProblem(await write(id, { controller: 'smartorg', kind: 'sms' }), 409, 'processor-differs', /another/)
  })
  t.test('is of a kind that the policy names, and outside safe countries has a safeguard', async (t) => {
    const id = crypto.randomUUID()
    assertProblem(await write(id, { kind: 'sms' }), 409, 'recipient-not-named', /sms/)
    assertProblem(await write(id, { country: 'US' }), 409, 'safeguard-missing', /US/)
    t.equal((await write(id, { country: 'US', safeguard: 'Standard contractual clauses of 2021' })).status, 200)
    for (const country of ['CA', 'BR', 'IN'])
      assertProblem(await write(crypto.randomUUID(), { country }), 409, 'safeguard-missing', /a safeguard/)
    for (const country of ['NO', 'GB', 'CH', 'JP']) t.equal((await write(crypto.randomUUID(), { country })).status, 200)
    assertProblem(await write(id, { until: '2026-01-14' }), 400, 'invalid-input', /until/)
    assertProblem(await write(id, {}, 'a staff privacy:read'), 403, 'scope-missing', /privacy:write/)
  })
})

t.test('a way out without an agreement in force is said to have none, by name or by what it is for', async (t) => {
  const without = async () => {
    const { body } = await call('support', 'GET', '/registers/smartphoto?locale=en')
    return body.withoutAgreement.map(({ name }: { name: string }) => name)
  }
  const write = (name: string, kind: string, more: object = {}) =>
    call('support', 'PUT', `/processors/${crypto.randomUUID()}`, {
      ...{ controller: 'smartphoto', name, kind, agreement: 'A-1', country: 'NO', since: '2026-01-15' },
      ...more,
    })
  const before = await without()
  t.ok(
    ['Klarna', 'Bring', 'The mail server'].every((name) => before.includes(name)),
    String(before),
  )
  t.notOk(before.includes('The database and the broker'), 'what is the shop’s own needs none')
  await write('Klarna Bank AB', 'payment', { until: '2026-06-14' })
  await write('Klarna Bank AB', 'payment', { since: '2026-06-16' })
  await write('Klarna Bank AB', 'hosting', { until: '2026-06-14' })
  t.strictSame(await without(), before, 'over, not yet, and of another kind')
  await write('Klarna Bank AB', 'payment', { until: '2026-06-15' })
  await write('Acme Mail', 'hosting')
  const after = await without()
  t.notOk(after.includes('Klarna') || after.includes('The mail server'), String(after))
  t.ok(after.includes('Kustom'), 'an agreement with one company is none with another')
})
