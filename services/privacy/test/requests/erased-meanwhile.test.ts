import t from 'tap'
import { settleRequests } from '../../requests/settle.ts'
import { aPerson, exporting, type Person, unpacked } from '../exports/an-export.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const house = await startPrivacyForTest()
const { call, clock, deps } = house
const { ask, look, mailsTo, pathIn, follow } = await exporting(house)
const START = clock.at
t.afterEach(() => {
  clock.at = START
})

const COUNTS = { blanked: 1, deleted: 0, events: 0, files: 0 }
const requestOf = async (id: string) => (await call('support', 'GET', `/requests/${id}`)).body
const held = (record: string, person: Person, controller = 'smartgroup') =>
  call('holder', 'PUT', `/holdings/${controller}/photo-store/${record}`, {
    ...{ category: controller === 'smartgroup' ? 'account' : 'cat3', identifiers: [person] },
    facts: controller === 'smartgroup' ? {} : { on: { lastOrder: '2026-03-10', document: '2026-03-12' } },
  })
/** The photo store erases what it is asked to. */
async function eraseAsked() {
  const { items } = (await call('holder', 'GET', '/erasures/of-system/photo-store')).body
  for (const { id, records } of items)
    await call('holder', 'PUT', `/erasures/${id}/answer`, { erased: records, counts: COUNTS })
}
async function settle() {
  await settleRequests(deps)
  await look()
}
const answersTo = ({ value }: Person) => mailsTo(value).filter(({ text }) => /ble slettet|was erased/.test(text))

t.test('who asked to see their data and then had them erased is answered that nothing is left, and why', async (t) => {
  const person = aPerson()
  await held('u-1', person)
  const { id } = await ask(person, { language: 'en' })
  await ask(person, { kind: 'erase' })
  await settle()
  t.match(await requestOf(id), { status: 'open' }, 'it is not erased yet')
  t.strictSame(answersTo(person), [])
  clock.at = '2026-06-16T09:05:00Z'
  await eraseAsked()
  await settle()
  await settle()
  const answered = await requestOf(id)
  t.match(answered, { status: 'answered', erasedOn: '2026-06-16', answeredAt: '2026-06-16T09:05:00Z' })
  t.match(answered.reasons.at(-1), {
    ...{ code: 'erased-before-it-was-shown', cites: [{ section: 'Art. 15(1)' }, { section: 'Art. 17(1)' }] },
  })
  const told = answersTo(person)
  t.equal(told.length, 1)
  t.match(
    told[0]!.text,
    /erased on 16 June 2026, before it was collected for you\. We have nothing left.*Datatilsynet/s,
  )
})

t.test('what an erasure leaves, such as accounts, is shown with its reasons', async (t) => {
  const person = aPerson()
  const asked = { controller: 'smartphoto' }
  await held('o-1', person, 'smartphoto')
  const { id } = await ask(person, { ...asked, kind: 'portability' })
  await ask(person, { ...asked, kind: 'erase' })
  await eraseAsked()
  await settle()
  const { items } = (await call('holder', 'GET', '/exports/of-system/photo-store')).body
  t.match(items, [{ exportId: id, record: 'o-1' }])
  await call('holder', 'PUT', `/exports/${id}/parts/photo-store`, { records: [{ record: 'o-1', items: [] }] })
  await settle()
  t.match(await requestOf(id), { status: 'answered', erasedOn: '2026-06-15' })
  const [told] = answersTo(person)
  t.match(told!.text, /Noe av det vi hadde om deg, ble slettet 15\. juni 2026/)
  const { data } = unpacked((await follow('POST', pathIn(told!.text))).bytes)
  t.match(data.records, [{ record: 'o-1', category: 'accounting', keptUntil: '2036-12-31T23:00:00Z', why: [{}] }])
})

t.test('one of several records erased: the others are shown after all', async (t) => {
  const person = aPerson()
  await held('u-2', person)
  await held('u-3', person)
  const { id } = await ask(person)
  await call('holder', 'DELETE', '/holdings/smartgroup/photo-store/u-2')
  await ask(person, { kind: 'erase' })
  await held('u-4', person)
  await eraseAsked()
  await settle()
  const { parts, status } = (await call('support', 'GET', `/exports/${id}`)).body
  t.equal(status, 'collecting')
  t.match(parts, [{ record: 'u-4', status: 'wanted' }])
})

t.test('of whom there is no address a person answers', async (t) => {
  const person = aPerson()
  await held('u-5', person)
  const { id } = await ask(person, { replyTo: undefined, channel: 'signed-in' })
  await ask(person, { kind: 'erase' })
  await eraseAsked()
  await settle()
  t.match(await requestOf(id), { status: 'open' })
})
