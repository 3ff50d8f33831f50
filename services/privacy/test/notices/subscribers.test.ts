import { startBrevoSimulator } from '@vilkar/brevo-simulator/simulator.ts'
import { placeOf } from '@vilkar/terms/ruling/ruling.ts'
import { policyEditions } from '@vilkar/terms/sellers/privacy-policies/editions.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import t from 'tap'
import { createBrevo } from '../../consent/brevo/api.ts'
import { listsIn, syncContacts } from '../../consent/brevo/sync.ts'
import { type Purpose, purposes } from '../../consent/purposes.ts'
import { lookForEditions } from '../../notices/adopt.ts'
import { tellCustomers } from '../../notices/tell-customers.ts'
import { aPerson, consenting, type Person } from '../consent/a-consent.ts'
import { exporting } from '../exports/an-export.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const house = await startPrivacyForTest()
const { call, clock, db } = house
const { give, withdraw, subjectOf, later } = consenting(house)
const { mailbox, look, order } = await exporting(house)
const simulator = await startBrevoSimulator({ now: clock.now })
const brevo = createBrevo({ baseUrl: simulator.url, apiKey: 'a-key-of-tests' })
t.teardown(async () => {
  await brevo.close()
  await simulator.stop()
})
const deps = { ...house.deps, brevo }
const lists = listsIn('newsletter=3, profiling=5', (name): name is Purpose => purposes.some((each) => each === name))
const sync = () => syncContacts({ ...deps, lists })
const contactOf = (person: Person) => simulator.contacts().find(({ email }) => email === person.value)

const [first] = policyEditions('smartgroup')
const known = [first!]
const editions = (id: PolicyId) => (id === 'smartgroup' ? known : policyEditions(id))
await lookForEditions(deps, editions)

/** Another edition of the shop's policy, in which what it says of news is another thing where `renews`. Its id is answered. */
async function adopt({ renews = false } = {}) {
  const id = `smartgroup/2027-02-${String(known.length).padStart(2, '0')}`
  const { policy } = known.at(-1)!
  const words = { en: `Said otherwise ${id}`, nb: `Sagt annerledes ${id}` }
  const at = renews ? placeOf(policy.marketing[0]) : '§ 9'
  const sections = { ...policy.sections, [at]: { ...policy.sections[at]!, ...words } }
  known.push({ ...first!, id, policy: { ...policy, sections }, sha256: String(known.length).repeat(64) })
  later(1)
  await lookForEditions(deps, editions)
  return id
}
const send = async (by: typeof deps | typeof house.deps = deps) => {
  await tellCustomers(by, editions)
  await look()
}
const mailsAbout = ({ value }: Person, edition: string) =>
  mailbox.mails().filter(({ to, text }) => to.includes(value) && text.includes(edition))
const rowOf = (person: Person) =>
  db
    .selectFrom('policy_notice')
    .select(['told_by', 'unreachable_at', 'unreachable_because', 'tries'])
    .where('subject', '=', subjectOf(person))
    .executeTakeFirst()
const counted = async () => (await call('support', 'GET', '/policy-changes')).body.items[0]
t.afterEach(() => db.deleteFrom('policy_notice').execute())

t.test(
  'who only gets the newsletter is told by the address that Brevo has, in the language of what they read',
  async (t) => {
    const [kari, ola] = [aPerson(), aPerson()]
    await give(kari, { language: 'en', text: 'Yes please, send me news. I can leave at any time.' })
    await give(ola)
    await sync()
    const edition = await adopt()
    await send()
    await send()
    t.match(mailsAbout(kari, edition), [{ subject: /The privacy policy has changed/ }])
    t.match(mailsAbout(ola, edition), [{ subject: /Personvernerklæringen er endret/ }])
    t.match(await rowOf(kari), { told_by: 'mail', unreachable_at: null })
    t.match(await counted(), { edition, told: 2, untold: 0, unreachable: 0 })
    t.strictSame(simulator.violations(), [])
  },
)

t.test('an address that waits for Brevo is enough, and a customer who also reads news is told once', async (t) => {
  const [kari, ola] = [aPerson(), aPerson()]
  await give(kari)
  await order({ kind: 'email', value: ola.value })
  await give(ola)
  const edition = await adopt()
  await send(house.deps)
  await send(house.deps)
  for (const person of [kari, ola]) t.equal(mailsAbout(person, edition).length, 1)
})

t.test('where Brevo is silent it is asked again', async (t) => {
  const kari = aPerson()
  await give(kari)
  await sync()
  const edition = await adopt()
  simulator.faults.add({
    match: { method: 'GET', path: subjectOf(kari) },
    phase: 'before',
    action: { type: 'status', status: 503 },
  })
  await send()
  t.match(await rowOf(kari), { told_by: null, unreachable_at: null, tries: 1 })
  later(300)
  await send()
  t.equal(mailsAbout(kari, edition).length, 1)
})

t.test(
  'a contact whose consent ends with the change is on no list at once, and forgotten when they were told',
  async (t) => {
    const [kari, ola] = [aPerson(), aPerson()]
    await give(kari)
    await give(ola)
    await sync()
    const edition = await adopt({ renews: true })
    later(1)
    await withdraw(ola)
    await sync()
    t.match(contactOf(kari), { listIds: [] })
    t.equal(contactOf(ola), undefined, 'who withdrew is not kept for it')
    await send()
    later(60)
    await sync()
    t.equal(mailsAbout(kari, edition).length, 1)
    t.equal(contactOf(kari), undefined)
    t.match(await rowOf(ola), { told_by: null, unreachable_because: 'nothing-held' })
  },
)

t.test('who cannot be told is counted by the reason, and who took their consent back is not to be', async (t) => {
  const [cookies, gone, nameless, customer] = [aPerson(), aPerson(), aPerson(), aPerson()]
  await give(cookies, { purpose: 'marketing-cookies' })
  await give(gone)
  later(1)
  await withdraw(gone)
  const orderId = await order({ kind: 'email', value: nameless.value })
  house.held[`orders ${orderId}`] = []
  await order({ kind: 'email', value: customer.value })
  const edition = await adopt()
  await db.deleteFrom('holding').where('record', '!=', orderId).execute()
  await send()
  t.equal(await rowOf(gone), undefined)
  t.match(await rowOf(cookies), { unreachable_because: 'consent-only' })
  t.match(await rowOf(nameless), { unreachable_because: 'no-address' })
  t.match(await rowOf(customer), { unreachable_because: 'nothing-held' })
  const { unreachable, unreachableBecause } = await counted()
  t.equal(unreachable, unreachableBecause.consentOnly + unreachableBecause.noAddress + unreachableBecause.nothingHeld)
  t.match(unreachableBecause, { noAddress: 1 })
  for (const person of [cookies, gone, nameless, customer]) t.strictSame(mailsAbout(person, edition), [])
})
