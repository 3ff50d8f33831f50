import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startFailingHouse } from './failing-house.ts'

const { db, call, sent, tells, put, withdraws, at } = await startFailingHouse()
const THIRD = '2026-06-03T10:00:00Z'
const TENTH = '2026-06-10T10:00:00Z'
const all = [
  { lineId: '1', quantity: 2 },
  { lineId: '2', quantity: 1 },
]
const foresee = (id: string, what: 'sending' | 'closing', role = 'support') =>
  call(role, 'POST', `/shipments/${id}/failed-delivery/${what}/preview`)
const cited = ({ reasons }: { reasons: { cites: { act?: string; section?: string }[] }[] }) =>
  reasons.flatMap(({ cites }) => cites.map(({ act, section }) => `${act} ${section}`))
/** Not taken, and scanned in again. */
async function backHere() {
  const shipment = await sent()
  await tells(shipment.trackingNumber, 'uncollected', THIRD)
  at(TENTH)
  await put(`/inbound-parcels/${crypto.randomUUID()}`, { trackingNumber: shipment.trackingNumber }, 'warehouse')
  return shipment
}

t.test('what would be sent again is answered with what holds meanwhile, and nothing is done', async (t) => {
  const { id } = await backHere()
  await changesNothing(db, async () => {
    const { status, body } = await foresee(id, 'sending')
    t.equal(status, 200)
    t.hasStrict(body, { changes: true, lines: all })
    t.ok(cited(body).includes('angrerettloven § 20'), 'who did not fetch it has not withdrawn')
    t.ok(cited(body).includes('forbrukerkjøpsloven § 14'), 'and the risk is the seller’s')
  })
  await put(`/shipments/${id}/failed-delivery/sending`)
  t.hasStrict((await foresee(id, 'sending')).body, { changes: false })
})

t.test('what would be refused is refused before, in the same words', async () => {
  const early = await sent()
  const no = async (id: string, code: string, detail: RegExp) =>
    assertProblem(await foresee(id, 'sending'), 409, code, detail)
  await no(early.id, 'delivery-not-failed', /waits for anybody/)
  await tells(early.trackingNumber, 'uncollected', THIRD)
  await no(early.id, 'goods-not-back', /not known to be back/)
  const taken = await backHere()
  await withdraws(taken.orderId, [all[0]!])
  await no(taken.id, 'units-withdrawn', /withdrew/)
  assertProblem(await foresee(crypto.randomUUID(), 'sending'), 404, 'shipment-unknown', /no such/)
  for (const what of ['sending', 'closing'] as const)
    assertProblem(await foresee(taken.id, what, 'storefront'), 403, 'scope-missing', /staff/)
})

t.test('of a closing it is said what it is about, and of a delivery that stands that nothing is cited', async (t) => {
  const { id, trackingNumber } = await sent()
  assertProblem(await foresee(id, 'closing'), 409, 'delivery-not-failed', /waits for anybody/)
  await tells(trackingNumber, 'refused', THIRD)
  t.hasStrict((await foresee(id, 'closing')).body, { changes: true, lines: all })
  await put(`/shipments/${id}/failed-delivery/closing`, { why: 'They fetch it here.' })
  t.hasStrict((await foresee(id, 'closing')).body, { changes: false })
  const doubted = await sent()
  await tells(doubted.trackingNumber, 'taken-by-customer', THIRD)
  await tells(doubted.trackingNumber, 'returned', TENTH)
  t.hasStrict((await foresee(doubted.id, 'closing')).body, { changes: true, reasons: [] })
})

t.test('of a correction it is said from when periods would count, and nothing is done', async (t) => {
  const { id, trackingNumber } = await sent()
  const correction = `/shipments/${id}/delivery/correction`
  const preview = (body: object, role = 'support') => call(role, 'POST', `${correction}/preview`, body)
  const why = 'The neighbour had it.'
  assertProblem(await preview({ why }), 409, 'shipment-not-delivered', /could be corrected/)
  await tells(trackingNumber, 'taken-by-customer', THIRD)
  at(TENTH)
  const other = { receivedAt: '2026-06-04T10:00:00Z', receivedBy: 'Kari', takenBy: 'customer' }
  await changesNothing(db, async () => {
    t.hasStrict((await preview({ delivered: other, why })).body, { changes: true, receivedAt: other.receivedAt })
    assertProblem(await preview({ why }, 'storefront'), 403, 'scope-missing', /staff/)
    const none = (await preview({ why })).body
    t.hasStrict(none, { changes: true })
    t.equal(none.receivedAt, undefined)
    t.ok(cited(none).includes('forbrukerkjøpsloven § 14'))
  })
  await put(correction, { why })
  t.hasStrict((await preview({ why })).body, { changes: false })
  const unknown = `/shipments/${crypto.randomUUID()}/delivery/correction/preview`
  assertProblem(await call('support', 'POST', unknown, { why }), 404, 'shipment-unknown', /no such/)
})
