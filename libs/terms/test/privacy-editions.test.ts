import t from 'tap'
import { currentPolicy, hashOf, policyEditions } from '../sellers/privacy-policies/editions.ts'
import recorded from '../sellers/privacy-policies/policies.sha256.json' with { type: 'json' }
import { policyIds, policyOf } from '../sellers/privacy-policies/policies.ts'
import { citationIn } from '../statute/act.ts'
import { belgianVatCode } from '../statute/belgian-vat-code.ts'
import { bokforingsloven } from '../statute/bokforingsloven.ts'
import { ekomloven } from '../statute/ekomloven.ts'
import { hvitvaskingsloven } from '../statute/hvitvaskingsloven.ts'
import { markedsforingsloven } from '../statute/markedsforingsloven.ts'
import { personopplysningsloven } from '../statute/personopplysningsloven.ts'
import { personvernforordningen as gdpr } from '../statute/personvernforordningen.ts'

const others = [
  ...[belgianVatCode, bokforingsloven, ekomloven, hvitvaskingsloven, markedsforingsloven, personopplysningsloven],
]

const editions = policyIds.flatMap(policyEditions)

t.test('an edition of a policy never changes: its hash is the one recorded when it was first seen', async (t) =>
  t.strictSame(Object.fromEntries(editions.map(({ id, sha256 }) => [id, sha256])), recorded),
)

t.test('the hash is over every promise, and over no finding of ours', async (t) => {
  const policy = policyOf('smartgroup')
  const { sections, retention, recipients } = policy
  const [place] = Object.keys(sections)
  const changed = [
    { sections: { ...sections, [place!]: { ...sections[place!]!, nb: 'Noe annet.' } } },
    { retention: { ...retention, account: [{ ...retention.account![0]!, keep: { period: { months: 25 } } }] } },
    { recipients: recipients.slice(1) },
    { contact: 'somebody@shop.example' },
    { version: '2026-01-16' },
  ]
  for (const change of changed) t.not(hashOf({ ...policy, ...change }), hashOf(policy), Object.keys(change).join())
  t.equal(hashOf({ ...policy, findings: [] }), hashOf(policy))
})

t.test('an edition has the date that is printed, or the day on which it was first seen', async (t) => {
  t.match(currentPolicy('smartgroup'), { id: 'smartgroup/2026-01-15', dated: 'printed' })
  t.match(currentPolicy('smarti'), { dated: 'first-seen', since: /^\d{4}-\d\d-\d\d$/ })
})

t.test('every section says something in both languages, and each of them something else', async (t) => {
  for (const { controller, policy } of editions)
    for (const locale of ['nb', 'en'] as const) {
      const said = Object.values(policy.sections).map((section) => section[locale])
      t.ok(said.every((text) => /^\p{L}.+\.$/u.test(text)))
      t.equal(new Set(said).size, said.length, `${controller} ${locale}`)
    }
})

t.test('every law that a policy or a rule about privacy rests on says so in Norwegian too', async (t) => {
  const cited = [...gdpr.citations, ...others.flatMap(({ citations }) => citations)]
  for (const { policy } of editions)
    JSON.stringify([policy], (key, value) => {
      if (key === 'cites') cited.push(...value)
      return value
    })
  t.ok(cited.length > 100)
  const alone = cited.filter((cite) => citationIn(cite, 'nb').text === cite.text)
  t.strictSame([...new Set(alone.map((cite) => ('act' in cite ? `${cite.act} ${cite.section}` : '')))], [])
})

t.test('whatever a rule of a policy cites of it is a section of it', async (t) => {
  for (const { policy } of editions) {
    const own = new Set(Object.values(policy.sections).map(({ en }) => en))
    const { findings, ...rules } = policy
    const cited: { act: string; section: string; text: string }[] = []
    JSON.stringify([rules, findings], (key, value) => {
      if (key === 'cites') cited.push(...value)
      return value
    })
    const ofPolicy = cited.filter(({ act }) => /privacy/.test(act))
    t.ok(ofPolicy.length > 5)
    for (const { section, text } of ofPolicy) t.ok(own.has(text) && section in policy.sections, section)
  }
})
