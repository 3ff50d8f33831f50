import type { ReceivedUnit } from '@vilkar/contracts/shipping-returns.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { startReturnsForTest } from '../returns-service.ts'

/** The returns service with cases whose goods come back; `told` is what it told of one. */
export async function startGoodsHouse() {
  const house = await startReturnsForTest()
  const { db, clock, call, hear, delivered } = house
  const one = [{ lineId: '1', quantity: 1 }]

  /** A withdrawal of two sensors; or a business's or late offer, or a cancelled purchase of them. */
  async function withdrawn(placed: Record<string, unknown> = {}, lines = [{ lineId: '1', quantity: 2 }]) {
    const { id: orderId, email } = await delivered('2026-06-04T14:30:00Z', { placed })
    clock.at = '2026-06-10T09:00:00Z'
    const { body } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, { lines })
    return { orderId, email, caseId: body.id as string }
  }
  async function offered() {
    const { id: orderId, email } = await delivered('2026-05-20T14:30:00Z')
    clock.at = '2026-06-10T09:00:00Z'
    const { body } = await call('storefront', 'POST', `/orders/${orderId}/voluntary-returns`, {
      lines: [{ lineId: '1', quantity: 2 }],
    })
    return { orderId, email, caseId: body.id as string }
  }
  /** A complaint of one sensor that the customer cancels the purchase of, once a repair did not help; or that is being repaired. */
  async function complained(until: 'repair' | 'rescission') {
    const { id: orderId, email } = await delivered()
    clock.at = '2026-06-10T09:00:00Z'
    const { body } = await call('storefront', 'POST', `/orders/${orderId}/complaints`, {
      lines: one,
      defect: 'Den uler',
    })
    const told = (what: string, said: object) => call('support', 'PUT', `/complaints/${body.id}/${what}`, said)
    await told('assessment', { outcome: 'accepted', grounds: 'Kjent' })
    await told('choice', { remedy: 'repair' })
    if (until === 'rescission') {
      await told('failure', { defect: 'Uler ennå' })
      await told('choice', { remedy: 'rescission' })
    }
    return { orderId, email, caseId: body.id as string }
  }
  const told = async (caseId: string) => (await readHistory(db, caseId)).map(({ type, data }) => ({ type, data }))
  const typesOf = async (caseId: string) => (await told(caseId)).map(({ type }) => type)

  const unit = (change: Partial<ReceivedUnit> = {}): ReceivedUnit => ({
    ...{ unitId: crypto.randomUUID(), lineId: '1', quantity: 1, complete: true, wear: 'none' as const },
    ...{ originalPackaging: true, fitForSale: true, ...change },
  })
  type Case = { caseId: string; orderId: string }
  /** What shipping tells: what a warehouse found, and what a carrier scanned. */
  const receiptOf = (units: ReceivedUnit[], more: object = {}) => ({
    ...{ receiptId: crypto.randomUUID(), parcelId: crypto.randomUUID(), receivedAt: clock.at, units },
    ...{ content: units.length > 0 ? 'units' : 'empty', ...more },
  })
  const receive = ({ caseId, orderId }: Case, receipt: ReturnType<typeof receiptOf>) =>
    hear('ReturnUnitsReceived', orderId, { returnId: caseId, ...receipt })
  const scan = ({ caseId, orderId }: Case, parcelId: string, scannedAt: string) =>
    hear('ReturnParcelScanned', orderId, { returnId: caseId, parcelId, scannedAt })
  const arrive = ({ caseId, orderId }: Case, parcelId: string, arrivedAt: string) =>
    hear('ReturnParcelArrived', orderId, { returnId: caseId, parcelId, arrivedAt })
  const goodsOf = async (caseId: string) =>
    (await call('support', 'GET', `/received-goods?caseId=${caseId}`)).body.items
  return { ...house, withdrawn, offered, complained, told, typesOf, unit, receiptOf, receive, scan, arrive, goodsOf }
}
