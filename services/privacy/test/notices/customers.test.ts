import { createWatch } from '@vilkar/alarms/watch.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { policyEditions } from '@vilkar/terms/sellers/privacy-policies/editions.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { sql } from 'kysely'
import t from 'tap'
import { lookForEditions } from '../../notices/adopt.ts'
import { noticeSources } from '../../notices/alarms.ts'
import { tellCustomers } from '../../notices/tell-customers.ts'
import { aPerson, exporting, type Person } from '../exports/an-export.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const house = await startPrivacyForTest()
const { call, clock, db, deps, held } = house
const { mailbox, look, order } = await exporting(house)
const [first] = policyEditions('smartgroup')
const known = [first!]
const editions = (id: PolicyId) => (id === 'smartgroup' ? known : policyEditions(id))
await lookForEditions(deps, editions)

/** Another edition of the shop's policy takes the place of those before, and its id is answered. */
async function adopt() {
  const id = `smartgroup/2027-01-${String(known.length).padStart(2, '0')}`
  const policy = policyOf('smartgroup')
  const words = { en: `Said otherwise ${id}`, nb: `Sagt annerledes ${id}` }
  const sections = { ...policy.sections, '§ 9': { ...policy.sections['§ 9']!, ...words } }
  known.push({ ...first!, id, policy: { ...policy, sections }, sha256: String(known.length).repeat(64) })
  await lookForEditions(deps, editions)
  return id
}
const tell = () => tellCustomers(deps, editions)
async function send() {
  await tell()
  await look()
}
const mailsAbout = ({ value }: Person, edition: string) =>
  mailbox.mails().filter(({ to, text }) => to.includes(value) && text.includes(edition))
const keyOf = ({ kind, value }: Person) => deps.subjectKey({ controller: 'smartgroup', kind, value })
const rowOf = (person: Person) =>
  db
    .selectFrom('policy_notice')
    .select(['told_by', 'unreachable_at', 'tries', 'failing_since'])
    .where('subject', '=', keyOf(person))
    .executeTakeFirstOrThrow()
t.afterEach(() => db.deleteFrom('policy_notice').execute())

t.test(
  'a customer is told of a change by mail once, whatever they bought, in the language of their order',
  async (t) => {
    const [kari, ola] = [aPerson(), aPerson()]
    const address = { phone: '99 88 77 66' }
    await order(kari, { personal: { email: kari.value, shippingAddress: address }, locale: 'nb' })
    await order(kari, { locale: 'nb' })
    await order(ola, { locale: 'en' })
    const edition = await adopt()
    await Promise.all([tell(), tell(), tell()])
    await send()
    await send()
    t.equal(mailsAbout(kari, edition).length, 1)
    t.match(mailsAbout(kari, edition)[0], { subject: /Personvernerklæringen er endret/, text: /locale=nb/ })
    t.match(mailsAbout(ola, edition), [{ subject: /The privacy policy has changed/, text: /– § 9/ }])
    t.match(await rowOf(kari), { told_by: 'shop' })
    t.strictSame(await db.selectFrom('policy_notice').select('subject').where('told_at', 'is', null).execute(), [])
    t.match((await call('support', 'GET', '/policy-changes')).body.items[0], { edition, untold: 0, unreachable: 0 })
  },
)

t.test('who was told as somebody who asks for something is not told again as a customer', async (t) => {
  const kari = aPerson()
  await order(kari)
  await call('storefront', 'PUT', `/requests/${crypto.randomUUID()}`, {
    ...{ controller: 'smartgroup', kind: 'rectify', channel: 'signed-in', identifiers: [kari] },
    ...{ words: 'Jeg heter Kari', replyTo: kari.value },
  })
  const edition = await adopt()
  await send()
  t.equal(mailsAbout(kari, edition).length, 1)
})

t.test('of whose orders nothing is left nobody is written to, and it is not tried for ever', async (t) => {
  const [kari, ola, liv] = [aPerson(), aPerson(), aPerson()]
  held[`orders ${await order(kari)}`] = []
  await order(ola)
  held[`orders ${await order(liv)}`] = []
  const crm = { category: 'account', identifiers: [liv], facts: {} }
  await call('holder', 'PUT', '/holdings/smartgroup/crm/u-1', crm)
  const edition = await adopt()
  await sql`delete from holding where subjects @> array[${keyOf(ola)}]`.execute(db)
  await send()
  for (const person of [kari, ola]) t.match(await rowOf(person), { told_by: null, unreachable_at: String })
  t.match(await rowOf(liv), { told_by: null, unreachable_at: null }, 'another system may tell them')
  t.match((await call('support', 'GET', '/policy-changes')).body.items[0], { edition, unreachable: 2, untold: 1 })
  const asked: string[] = []
  const ask = async (_: unknown, id: string) => {
    asked.push(id)
    return { items: [] }
  }
  const listening = { ...deps.holders, ask }
  await tellCustomers({ ...deps, holders: listening }, editions)
  t.strictSame(asked, [])
  for (const person of [kari, ola, liv]) t.strictSame(mailsAbout(person, edition), [])
})

t.test('where orders is silent it is asked again, ever more seldom', async (t) => {
  const kari = aPerson()
  const id = await order(kari)
  const items = held[`orders ${id}`]!
  held[`orders ${id}`] = 'silent'
  const edition = await adopt()
  await send()
  await send()
  t.match(await rowOf(kari), { told_by: null, unreachable_at: null, tries: 1, failing_since: String })
  held[`orders ${id}`] = items
  await send()
  t.strictSame(mailsAbout(kari, edition), [], 'it has to wait')
  clock.at = '2026-06-15T10:05:00Z'
  await send()
  t.equal(mailsAbout(kari, edition).length, 1)
})

t.test('no more are written at once than leave answers to people their way', async (t) => {
  await order(aPerson())
  await order(aPerson())
  await sql`
    insert into request_mail (id, about, kind, sealed, due_at, until)
    select gen_random_uuid(), 'another ' || n, 'policy-changed', '', ${clock.at}, ${clock.at} from generate_series(1, 199) n`.execute(
    db,
  )
  await adopt()
  const told = async () =>
    (await db.selectFrom('policy_notice').select('subject').where('told_at', 'is not', null).execute()).length
  await tell()
  await tell()
  t.equal(await told(), 1)
  await db.deleteFrom('request_mail').where('about', 'like', 'another %').execute()
  await tell()
  t.ok((await told()) > 1, 'the others follow')
})

t.test('an edition that this process does not know is left to one that does', async (t) => {
  const kari = aPerson()
  await order(kari)
  const edition = await adopt()
  await tellCustomers(deps, policyEditions)
  t.match(await rowOf(kari), { told_by: null, unreachable_at: null })
  clock.at = '2026-06-15T11:05:00Z'
  await send()
  t.equal(mailsAbout(kari, edition).length, 1)
})

t.test('somebody who can be told and was not for two weeks calls a person, and who cannot be does not', async (t) => {
  const kari = aPerson()
  held[`orders ${await order(kari)}`] = []
  const [one, other] = [aPerson(), aPerson()]
  for (const [record, person] of Object.entries({ 'u-8': one, 'u-9': other }))
    await call('holder', 'PUT', `/holdings/smartgroup/crm/${record}`, {
      category: 'account',
      identifiers: [person],
      facts: {},
    })
  await adopt()
  const { changeId } = (await call('support', 'GET', '/policy-changes')).body.items[0]
  await db.deleteFrom('policy_notice').where('subject', 'not in', [kari, one, other].map(keyOf)).execute()
  const watch = createWatch(deps, noticeSources)
  const called = async () => {
    for (const _ of [1, 2]) await watch()
    const { items } = (await call('support', 'GET', '/alarms?kind=policy-notice-untold')).body
    return items.some((alarm: { about: string; resolvedAt?: string }) => alarm.about === changeId && !alarm.resolvedAt)
  }
  await send()
  t.equal(await called(), false)
  clock.at = Temporal.Instant.from(clock.at)
    .add({ hours: 14 * 24 })
    .toString()
  t.equal(await called(), true)
  const body = { system: 'crm', subjects: [keyOf(one)] }
  await call('holder', 'PUT', `/notices/${changeId}/told`, body)
  t.equal(await called(), true)
  await call('holder', 'DELETE', '/holdings/smartgroup/crm/u-9')
  await send()
  t.equal(await called(), false, 'nothing is held of them any more')
})

t.test('what the shop tells its customers no program fetches', async (t) => {
  for (const system of ['shop', 'shop-cases']) {
    assertProblem(await call('holder', 'GET', `/notices?system=${system}`), 409, 'system-is-ours', /shop/)
    const body = { system, subjects: ['a'.repeat(64)] }
    t.equal((await call('holder', 'PUT', `/notices/${crypto.randomUUID()}/told`, body)).status, 409)
  }
})
