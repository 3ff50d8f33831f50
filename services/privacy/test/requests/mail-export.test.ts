import t from 'tap'
import { aPerson, exporting } from '../exports/an-export.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const house = await startPrivacyForTest()
const { call, clock } = house
const { ask, look, mailsTo, pathIn, follow, order } = await exporting(house)
const START = clock.at
type Person = ReturnType<typeof aPerson>
const mailTo = (id: string, person: Person, { role = 'storefront', controller = 'smartgroup' } = {}) =>
  call(role, 'POST', `/exports/${id}/mails`, { controller, identifiers: [person] })
const linksTo = ({ value }: Person) =>
  mailsTo(value).flatMap(({ text }) => (/download/.test(text) ? [pathIn(text)] : []))

t.test('nobody of whom it is doubted, or who was refused, has a link mailed', async (t) => {
  const person = aPerson()
  await order(person)
  const asked = await ask(person, { channel: 'email' }, 'support')
  await look()
  t.equal((await mailTo(asked.id, person)).status, 204)
  const other = await ask(person, { channel: 'email' }, 'support')
  await call('support', 'PUT', `/requests/${other.id}/doubt`, { why: 'Ukjent avsender' })
  t.match(await mailTo(other.id, person), { status: 409, body: { type: '/problems/export-not-due' } })
  await call('support', 'PUT', `/requests/${other.id}/answer`, { outcome: 'refused', answer: 'Ikke vist hvem det er' })
  t.match(await mailTo(other.id, person), { status: 409, body: { type: '/problems/export-not-due' } })
})

t.test('who asked has the link mailed again, where the first went, and once an hour at most', async (t) => {
  const person = aPerson()
  await order(person)
  const { id } = await ask(person)
  await look()
  t.equal(linksTo(person).length, 1)
  for (const _ of [1, 2]) t.equal((await mailTo(id, person)).status, 204)
  await look()
  t.equal(linksTo(person).length, 2)
  t.equal((await follow('POST', linksTo(person)[1]!)).status, 200)
  clock.at = '2026-06-15T10:00:00Z'
  t.equal((await mailTo(id, person)).status, 204)
  await look()
  t.equal(linksTo(person).length, 3)
  clock.at = START
})

t.test('of a stranger there is no such export, and a stranger is mailed nothing', async (t) => {
  const [person, stranger] = [aPerson(), aPerson()]
  const { id } = await ask(person)
  await look()
  const unknown = { status: 404, body: { type: '/problems/export-unknown' } }
  t.match(await mailTo(id, stranger), unknown)
  t.match(await mailTo(id, person, { controller: 'smartorg' }), unknown)
  t.match(await mailTo(crypto.randomUUID(), person), unknown)
  for (const role of ['reader privacy:read', 'holder', 'nobody'])
    t.equal((await mailTo(id, person, { role })).status, role === 'nobody' ? 401 : 403, role)
  await look()
  t.strictSame(linksTo(stranger), [])
  t.equal(linksTo(person).length, 1)
})

t.test('nothing is mailed before it is ready, once its link has ended, or without an address', async (t) => {
  const [person, other] = [aPerson(), aPerson()]
  const { id } = await ask(person)
  const notReady = { status: 409, body: { type: '/problems/export-not-ready' } }
  t.match(await mailTo(id, person), notReady)
  const letter = await ask(other, { channel: 'letter', replyTo: undefined }, 'support')
  await look()
  t.match(await mailTo(letter.id, other), { status: 409, body: { type: '/problems/export-not-mailed' } })
  t.equal((await mailTo(id, person)).status, 204)
  clock.at = '2026-06-22T09:05:00Z'
  t.match(await mailTo(id, person), notReady, 'though nobody has looked since')
  await look()
  t.match(await mailTo(id, person), notReady)
  clock.at = START
})
