import { openAlarms } from '@vilkar/alarms/alarms.ts'
import { alarmsOf } from '@vilkar/alarms/tables.ts'
import { startBrevoSimulator } from '@vilkar/brevo-simulator/simulator.ts'
import { trim } from '@vilkar/server/trimming.ts'
import t from 'tap'
import { createBrevo } from '../../consent/brevo/api.ts'
import { listsIn, syncContacts } from '../../consent/brevo/sync.ts'
import { type Purpose, purposes } from '../../consent/purposes.ts'
import { consentTrims } from '../../consent/watch.ts'
import { startPrivacyForTest } from '../privacy-service.ts'
import { aPerson, consenting, type Person } from './a-consent.ts'

const house = await startPrivacyForTest()
const { app, db, pool, deps, clock, call } = house
const { give, withdraw, permission, subjectOf, history, later } = consenting(house)
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as { port: number }
const simulator = await startBrevoSimulator({
  now: clock.now,
  webhook: { url: `http://127.0.0.1:${port}/brevo-events`, token: deps.consent.brevoToken! },
})
const account = { baseUrl: simulator.url, apiKey: 'a-key-of-tests' }
const brevo = createBrevo(account)
/** For calls that are never answered. */
const hurried = createBrevo({ ...account, timeoutMs: 1_000 })
t.teardown(async () => {
  await brevo.close()
  await hurried.close()
  await simulator.stop()
})
const lists = listsIn('newsletter=3, profiling=5', (name): name is Purpose => purposes.some((each) => each === name))
const sync = (by = brevo) => syncContacts({ ...deps, brevo: by, lists })
const contactOf = (person: Person) => simulator.contacts().find(({ email }) => email === person.value)
const rowOf = async (person: Person) =>
  (await pool.query('select * from brevo_contact where subject = $1', [subjectOf(person)])).rows[0]
const alarms = async () => (await openAlarms(alarmsOf(db), 'contact-not-sent')).map(({ about }) => about)

t.test(
  'who consents is a contact, by their hash and on the lists of what they consented to; nobody else is',
  async (t) => {
    const [person, other] = [aPerson(), { ...aPerson(), controller: 'smartphoto' }]
    await give(person)
    await give(other)
    await give(person, { purpose: 'marketing-cookies' })
    t.match(await rowOf(person), { address: /^[\w-]+$/ }, 'sealed while it waits')
    await sync()
    t.match(contactOf(person), { ext_id: subjectOf(person), listIds: [3] })
    t.equal(contactOf(other), undefined, 'whose policy does not name Brevo')
    t.match(await rowOf(person), { address: null, address_until: null, due_at: null })
    await give(person, { purpose: 'profiling' })
    await sync()
    t.strictSame(contactOf(person)?.listIds, [3, 5])
  },
)

t.test(
  'a withdrawal takes it off that list, and the last one removes the contact and all that we have of it',
  async (t) => {
    const person = aPerson()
    await give(person)
    await give(person, { purpose: 'profiling' })
    await sync()
    later(1)
    await withdraw(person)
    await sync()
    t.strictSame(contactOf(person)?.listIds, [5])
    await withdraw(person, { purpose: 'profiling' })
    await sync()
    t.equal(contactOf(person), undefined)
    t.equal(await rowOf(person), undefined)
    await withdraw(person)
    t.equal(await sync(), 0, 'of who is no contact nothing is said')
  },
)

t.test('who turns out to be a child is no contact any more, and by no consent of their own', async (t) => {
  const [before, after] = [aPerson(), aPerson()]
  await give(before)
  await sync()
  t.ok(contactOf(before))
  t.equal((await give(before, { age: 12, purpose: 'profiling' })).status, 409)
  await sync()
  t.strictSame([contactOf(before), await rowOf(before)], [undefined, undefined])
  t.equal((await give(after, { age: 12 })).status, 409)
  await give(after)
  await sync()
  t.equal(contactOf(after), undefined)
  t.strictSame((await permission(after)).codes, ['child'])
})

t.test(
  'withdrawn while the call is under way: no other call overtakes it, and the contact is gone in the end',
  async (t) => {
    const person = aPerson()
    const held = Promise.withResolvers<void>()
    simulator.faults.add({ match: { method: 'POST' }, phase: 'before', action: { type: 'delay', until: held.promise } })
    const patient = createBrevo({ baseUrl: simulator.url, apiKey: 'a-key-of-tests' })
    t.teardown(() => patient.close())
    await give(person)
    const before = simulator.journal().length
    const first = sync()
    while (simulator.journal().length === before) await new Promise(setImmediate)
    later(1)
    await withdraw(person)
    await withdraw(person)
    t.equal(await sync(), 0, 'the claim keeps everybody else away')
    held.resolve()
    await first
    await sync()
    t.equal(contactOf(person), undefined)
    t.strictSame(
      simulator
        .journal()
        .slice(before)
        .map(({ method }) => method),
      ['POST', 'PUT', 'DELETE'],
    )
  },
)

t.test('a call without an answer may arrive late: the contact is removed once more, when that is over', async (t) => {
  const person = aPerson()
  simulator.faults.add({ match: { method: 'POST' }, phase: 'after', action: { type: 'hang' } })
  await give(person)
  await sync(hurried)
  t.match(await rowOf(person), { unsure: true, tries: 1 })
  later(1)
  await withdraw(person)
  await sync()
  t.equal(contactOf(person), undefined)
  t.match(await rowOf(person), { unsure: false }, 'and it is looked again')
  // The call of before arrives after all.
  await brevo.upsert({ subject: subjectOf(person), email: person.value, listIds: [3] })
  later(599)
  t.equal(await sync(), 0)
  later(1)
  await sync()
  t.equal(contactOf(person), undefined)
  t.equal(await rowOf(person), undefined)
})

t.test('an address waits for a day at most; what Brevo does not take calls a person', async (t) => {
  const [late, wrong] = [aPerson(), aPerson()]
  simulator.faults.add({ phase: 'before', action: { type: 'status', status: 503 }, times: 2 })
  await give(late)
  await sync()
  later(60)
  await sync()
  t.match(await rowOf(late), { tries: 2, address: /./ })
  later(86_400)
  await sync()
  t.match(await rowOf(late), { address: null, due_at: null })
  t.ok((await alarms()).includes(subjectOf(late)))
  t.equal((await permission(late)).outcome, 'granted', 'the consent holds all the same')
  await give(wrong)
  simulator.faults.add({
    ...{ match: { method: 'POST' }, phase: 'before' },
    action: { type: 'status', status: 400, code: 'invalid_parameter' },
  })
  await sync()
  t.ok((await alarms()).includes(subjectOf(wrong)))
})

t.test('a webhook with the token ends what it says, also twice, late, or before our call is answered', async (t) => {
  for (const [event, codes] of [
    ['unsubscribe', ['opted-out']],
    ['hard_bounce', ['opted-out']],
    ['spam', ['opted-out']],
    ['opened', ['consented']],
  ] as const) {
    const person = aPerson()
    await give(person)
    await sync()
    later(1)
    simulator.faults.add({ phase: 'before', action: { type: 'duplicate_push' } })
    await simulator.tell(event, person.value.toUpperCase())
    t.ok(simulator.deliveries().every(({ status }) => status === 204))
    t.strictSame((await permission(person)).codes, codes, event)
    await sync()
    t.equal(contactOf(person) === undefined, event !== 'opened')
    if (event === 'opened') continue
    later(60)
    await give(person)
    t.equal((await permission(person)).outcome, 'granted', 'a later yes is a yes')
  }
  const person = aPerson()
  await give(person)
  simulator.faults.add({ match: { method: 'POST' }, phase: 'after', action: { type: 'hang' } })
  await Promise.all([sync(hurried), simulator.tell('unsubscribe', person.value)])
  t.equal((await permission(person)).outcome, 'refused', 'in the same second the no wins')
  later(3_600)
  await sync()
  later(3_600)
  await sync()
  t.equal(contactOf(person), undefined)
})

t.test('nobody else is heard, and nothing about a stranger is logged as a consent', async (t) => {
  const person = aPerson()
  await give(person)
  later(1)
  for (const authorization of [undefined, 'Bearer wrong', `Basic ${deps.consent.brevoToken}`]) {
    const payload = { event: 'unsubscribe', email: person.value }
    const { statusCode } = await app.inject({
      ...{ method: 'POST', url: '/brevo-events', payload },
      headers: authorization === undefined ? {} : { authorization },
    })
    t.equal(statusCode, 401)
  }
  t.equal((await permission(person)).outcome, 'granted')
  const stranger = aPerson()
  await simulator.tell('unsubscribe', stranger.value)
  t.match(await history(stranger), { log: [], suppressed: [{ source: 'brevo-unsubscribe' }] })
  t.strictSame(simulator.violations(), [])
})

t.test('an address that nobody took goes after a day, also where no account at Brevo is named', async (t) => {
  const person = aPerson()
  const at = clock.at
  await give(person)
  const trimmed = () => trim({ db, clock, trims: consentTrims, keepFor: 'P90D' })
  clock.at = Temporal.Instant.from(at).add({ seconds: 86_399 }).toString()
  await trimmed()
  t.ok((await rowOf(person)).address)
  clock.at = Temporal.Instant.from(at).add({ seconds: 86_400 }).toString()
  await trimmed()
  t.equal((await rowOf(person)).address, null)
  clock.at = at
})

t.test('the sealed address that waits goes at once with the last consent, and with an erasure', async (t) => {
  const [asks, leaves, keeps, wrote] = [aPerson(), aPerson(), aPerson(), aPerson()]
  for (const person of [asks, leaves, keeps, wrote]) await give(person)
  await give(keeps, { purpose: 'profiling' })
  for (const person of [asks, leaves, keeps, wrote]) t.ok((await rowOf(person)).address, 'nobody has taken it')
  later(1)
  await withdraw(leaves)
  await withdraw(keeps)
  const identifiers = [{ kind: asks.kind, value: asks.value }]
  const request = { controller: asks.controller, kind: 'erase', channel: 'signed-in', identifiers }
  t.equal((await call('storefront', 'PUT', `/requests/${crypto.randomUUID()}`, request)).status, 200)
  const letter = { ...request, kind: 'object', channel: 'letter', receivedOn: '2026-06-01' }
  const objects = { ...letter, identifiers: [{ kind: wrote.kind, value: wrote.value }] }
  t.equal((await call('support', 'PUT', `/requests/${crypto.randomUUID()}`, objects)).status, 200)
  t.strictSame([(await rowOf(asks)).address, (await rowOf(leaves)).address], [null, null])
  t.ok((await rowOf(keeps)).address, 'a consent to something else stands')
  t.ok((await rowOf(wrote)).address, 'the consent is later than the letter')
})
