import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import t from 'tap'
import { checkRisks } from '../../risk/jobs/watch-risk.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { clock, db, deps, hear, call, requested } = await startShippingForTest()
const LEFT = '2026-06-02T12:00:00Z'
const RECEIVED = '2026-06-04T14:30:00Z'
type Reason = { code: string; cites: { section?: string }[] }
type Unit = { lineId: string; quantity: number; bearer: string; reasons: Reason[] }

async function put(id: string, path: string, body: object, role = 'warehouse') {
  const answer = await call(role, 'PUT', `/shipments/${id}/${path}`, body)
  t.equal(answer.status, 200, path)
  return answer.body
}
async function sent(changes: object = {}, lines?: object[]) {
  const shipment = await requested(changes)
  clock.at = LEFT
  const trackingNumber = `T${crypto.randomUUID()}`
  const { restId } = await put(shipment.id, 'dispatch', { carrier: 'Posten', trackingNumber, ...(lines && { lines }) })
  return { ...shipment, restId }
}
const deliver = (id: string, at = RECEIVED) => {
  clock.at = at
  return put(id, 'delivery', { receivedBy: 'Kari', takenBy: 'customer' })
}
const record = (id: string, circumstance: object, since: string) =>
  put(id, 'circumstances', { circumstance, since, why: 'Their mail.' }, 'support')
const unitsOf = async (id: string): Promise<Unit[]> =>
  (await call('support', 'GET', `/shipments/${id}/risk`)).body.units
/** Each kind of units as `2 of 1: seller return-by-law`. */
const borne = async (id: string) =>
  (await unitsOf(id)).map(
    ({ lineId, quantity, bearer, reasons }) => `${quantity} of ${lineId}: ${bearer} ${reasons.at(-1)!.code}`,
  )
const told = async (id: string) =>
  (await readHistory(db, id)).flatMap(({ type, data }) =>
    type === 'RiskPassed' ? [data as { to: string; lines: { lineId: string; quantity: number }[] }] : [],
  )
const all = [
  { lineId: '1', quantity: 2, amount: 1 },
  { lineId: '2', quantity: 1, amount: 1 },
]

t.test('what was withdrawn from in time is the seller’s at home, on its way back and back', async (t) => {
  const { id, orderId } = await sent()
  await deliver(id)
  clock.at = '2026-06-17T10:00:00Z'
  const returnId = crypto.randomUUID()
  await hear('WithdrawalDeclared', orderId, { returnId, lines: all, declaredAt: clock.at })
  clock.at = '2026-06-18T22:00:00Z'
  await checkRisks(deps)
  t.strictSame(await borne(id), ['2 of 1: seller return-by-law', '1 of 2: seller return-by-law'])
  await hear('ReturnSent', orderId, { returnId, carrier: 'bring', trackingNumber: 'B1', sentAt: clock.at })
  t.match((await borne(id)).join(), /seller return-by-law/)
  await hear('ReturnReceived', orderId, { returnId, receivedAt: '2026-06-24T10:00:00Z' })
  await hear('ReturnClosed', orderId, { returnId, outcome: 'refunded', closedAt: '2026-06-25T10:00:00Z' })
  clock.at = '2026-07-01T10:00:00Z'
  await checkRisks(deps)
  t.strictSame(await borne(id), ['2 of 1: seller back-with-seller', '1 of 2: seller back-with-seller'])
  t.strictSame(await told(id), [], 'and nothing of it is told to have passed')
})

t.test('of a withdrawal from some units the others pass, and those of one that is over too', async (t) => {
  const { id, orderId } = await sent()
  await deliver(id)
  const one = [{ lineId: '1', quantity: 1, amount: 1 }]
  const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
  clock.at = '2026-06-10T10:00:00Z'
  await hear('WithdrawalDeclared', orderId, { returnId: first, lines: one, declaredAt: clock.at })
  await hear('VoluntaryReturnRequested', orderId, { returnId: second, lines: one })
  clock.at = '2026-06-19T10:00:00Z'
  await checkRisks(deps)
  t.strictSame(await borne(id), [
    '1 of 1: seller return-by-law',
    '1 of 1: customer received',
    '1 of 2: customer received',
  ])
  await hear('ReturnSent', orderId, { returnId: second, carrier: 'x', trackingNumber: 'B2', sentAt: clock.at })
  t.strictSame((await borne(id)).slice(0, 2), ['1 of 1: seller return-by-law', '1 of 1: customer voluntary-return'])
  await hear('VoluntaryReturnEnded', orderId, { returnId: second, outcome: 'given-up', endedAt: clock.at })
  await hear('ReturnClosed', orderId, { returnId: first, outcome: 'never-sent', closedAt: '2026-06-30T10:00:00Z' })
  t.strictSame(
    (await borne(id)).slice(0, 2),
    ['1 of 1: seller return-by-law', '1 of 1: customer received'],
    'as if it had not been',
  )
  clock.at = '2026-07-01T10:00:00Z'
  await checkRisks(deps)
  t.strictSame(await borne(id), ['1 of 1: customer received', '1 of 1: customer received', '1 of 2: customer received'])
})

t.test('a voluntary return is the customer’s until the seller has it again, and the Act is cited', async (t) => {
  for (const [customerKind, section] of [
    ['consumer', '§ 14'],
    ['business', '§ 16'],
  ] as const) {
    const { id, orderId } = await sent({ customerKind })
    await deliver(id)
    clock.at = '2026-06-25T10:00:00Z'
    await record(id, { returnBasis: 'voluntary' }, clock.at)
    const acts = (await unitsOf(id))[0]!.reasons.flatMap(({ cites }) => cites.map((each) => each.section))
    t.ok(acts.includes(section), customerKind)
    t.match((await borne(id)).join(), /customer voluntary-return/)
    const returnId = crypto.randomUUID()
    await hear('VoluntaryReturnRequested', orderId, { returnId, lines: all })
    await hear('ReturnReceived', orderId, { returnId, receivedAt: '2026-06-29T10:00:00Z' })
    clock.at = '2026-07-15T10:00:00Z'
    t.strictSame(await borne(id), ['2 of 1: seller back-with-seller', '1 of 2: seller back-with-seller'])
  }
})

t.test('of a parcel that came short, the unit that never came does not pass, whatever was chosen for it', async (t) => {
  for (const choice of ['replacement', 'refund', undefined]) {
    const { id, orderId } = await sent()
    await deliver(id)
    clock.at = '2026-06-05T10:00:00Z'
    const report = `/damage-reports/${crypto.randomUUID()}`
    const lost = { shipmentId: id, kind: 'lost', what: 'Short.', reportedBy: 'warehouse' }
    await call('warehouse', 'PUT', report, { ...lost, lines: [{ lineId: '1', quantity: 1 }] })
    if (choice) t.equal((await call('support', 'PUT', `${report}/choice`, { choice })).status, 200)
    const { items } = (await call('warehouse', 'GET', `/shipments?orderId=${orderId}`)).body
    const other = items.find((each: { id: string }) => each.id !== id)
    if (other) {
      clock.at = '2026-06-06T10:00:00Z'
      await put(other.id, 'dispatch', { carrier: 'Posten', trackingNumber: 'R1' })
      await deliver(other.id, '2026-06-08T10:00:00Z')
    }
    clock.at = '2026-07-15T10:00:00Z'
    await checkRisks(deps)
    const passed = (await Promise.all([id, ...(other ? [other.id] : [])].map(told))).flat()
    const sensors = passed.flatMap(({ lines }) => lines).filter(({ lineId }) => lineId === '1')
    const count = sensors.reduce((sum, { quantity }) => sum + quantity, 0)
    t.equal(count, choice === 'replacement' ? 2 : 1, `${choice}`)
  }
})

t.test('by a carrier of her own it is hers on the way, and the seller’s once she may withdraw from it', async (t) => {
  const { id } = await sent()
  clock.at = '2026-06-03T10:00:00Z'
  await record(id, { ownCarrier: true }, LEFT)
  t.match((await borne(id)).join(), /customer customers-own-carrier/)
  await deliver(id)
  clock.at = '2026-06-10T10:00:00Z'
  t.match((await borne(id)).join(), /seller may-still-withdraw/)
  clock.at = '2026-06-18T22:00:00Z'
  t.match((await borne(id)).join(), /customer received/)
})

t.test('who withdrew from the second parcel and did not take it does not wait for it', async (t) => {
  const { id, restId, orderId } = await sent({}, [{ lineId: '1', quantity: 2 }])
  await deliver(id)
  clock.at = '2026-06-06T10:00:00Z'
  await put(restId, 'dispatch', { carrier: 'Posten', trackingNumber: 'T2' })
  clock.at = '2026-06-08T10:00:00Z'
  const returnId = crypto.randomUUID()
  const lines = [{ lineId: '2', quantity: 1, amount: 1 }]
  t.match((await borne(id)).join(), /seller/)
  await hear('WithdrawalDeclared', orderId, { returnId, lines, declaredAt: clock.at })
  await put(restId, 'whereabouts', { report: 'refused' })
  clock.at = '2026-06-22T21:59:59Z'
  t.strictSame(await borne(id), ['2 of 1: seller may-still-withdraw'], 'the later day is the consumer’s')
  clock.at = '2026-06-22T22:00:00Z'
  t.strictSame(await borne(id), ['2 of 1: customer received'])
})

t.test('what is told of a handover knows of what was agreed before it', async (t) => {
  const { id } = await requested({ customerKind: 'business' })
  clock.at = '2026-06-01T12:00:00Z'
  await record(id, { agreedOnArrival: true }, '2026-06-01T10:00:00Z')
  clock.at = LEFT
  await put(id, 'dispatch', { carrier: 'Posten', trackingNumber: 'T9' })
  const { data } = (await readHistory(db, id)).find(({ type }) => type === 'ShipmentDispatched')!
  t.strictSame((data as { reasons: Reason[] }).reasons, (await unitsOf(id))[0]!.reasons)
})
