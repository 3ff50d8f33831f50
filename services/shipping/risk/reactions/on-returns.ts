import type {
  ReturnClosed,
  ReturnReceived,
  ReturnSent,
  ReturnUnitsKnown,
  WithdrawalDeclared,
} from '@vilkar/contracts/returns.ts'
import type { ComplaintEnded, RemedyChosen } from '@vilkar/contracts/returns-complaint.ts'
import type { VoluntaryReturnEnded, VoluntaryReturnRequested } from '@vilkar/contracts/returns-voluntary.ts'
import type { Transaction } from 'kysely'
import type { Database, ReturnFacts } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { lockShipmentsOf, lookAgainAtRisk, setOrderToShip } from '../../shipment/store.ts'

/** What goes back bears on the risk of its units (forbrukerkjøpsloven § 14, kjøpsloven § 16): it is kept with what is known of the order. */

type Trx = Transaction<Database>
type Ids = { returnId: string; orderId: string }

/** Notes what is new of a return; undefined from `change` leaves it as it is. */
async function note(
  trx: Trx,
  { returnId, orderId }: Ids,
  change: (before: ReturnFacts | undefined) => ReturnFacts | undefined,
) {
  const { order } = await lockShipmentsOf(trx, orderId)
  // Orders and returns are not ordered against each other: told before its order, this is tried again.
  if (order === undefined) throw new Error(`Nothing is known of order ${orderId} yet.`)
  const { returns = [] } = order.facts
  const after = change(returns.find((each) => each.returnId === returnId))
  if (after === undefined) return
  const known = returns.some((each) => each.returnId === returnId)
  const all = known ? returns.map((each) => (each.returnId === returnId ? after : each)) : [...returns, after]
  await setOrderToShip(trx, orderId, { ...order.facts, returns: all })
  await lookAgainAtRisk(trx, orderId)
}
const unitsOf = (lines: ReturnFacts['lines']) =>
  lines.flatMap(({ lineId, quantity }) => (quantity > 0 ? [{ lineId, quantity }] : []))
const noteMore = (trx: Trx, ids: Ids, more: (before: ReturnFacts) => Partial<ReturnFacts>) =>
  note(trx, ids, (before) => before && { ...before, ...more(before) })

export const noteWithdrawal = (
  trx: Trx,
  _deps: Deps,
  { lines, declaredAt: since, ...ids }: WithdrawalDeclared['data'],
) => note(trx, ids, () => ({ returnId: ids.returnId, kind: 'withdrawal', lines: unitsOf(lines), since }))
export const noteVoluntaryReturn = (trx: Trx, _deps: Deps, { lines, ...ids }: VoluntaryReturnRequested['data']) =>
  note(trx, ids, () => ({ returnId: ids.returnId, kind: 'voluntary-return', lines: unitsOf(lines) }))
/** A lower price leaves the goods where they are. */
export const noteRemedy = async (trx: Trx, _deps: Deps, { lines, remedy, ...ids }: RemedyChosen['data']) => {
  if (remedy === 'price-reduction') return
  await note(trx, ids, (before) => ({ ...before, returnId: ids.returnId, kind: 'complaint', lines: unitsOf(lines) }))
}
export const noteUnitsKnown = (trx: Trx, _deps: Deps, { left, ...ids }: ReturnUnitsKnown['data']) =>
  noteMore(trx, ids, () => ({ lines: unitsOf(left) }))
export const noteSent = (trx: Trx, _deps: Deps, { sentAt, ...ids }: ReturnSent['data']) =>
  noteMore(trx, ids, ({ since = sentAt }) => ({ since }))
export const noteReceived = (trx: Trx, _deps: Deps, { receivedAt, ...ids }: ReturnReceived['data']) =>
  noteMore(trx, ids, () => ({ receivedAt }))
/** Over without money, its units are with the customer as before. */
export const noteEnded = (
  trx: Trx,
  _deps: Deps,
  { endedAt: overAt, ...ids }: (VoluntaryReturnEnded | ComplaintEnded)['data'],
) => noteMore(trx, ids, () => ({ overAt }))
export const noteClosed = async (trx: Trx, _deps: Deps, { outcome, closedAt, ...ids }: ReturnClosed['data']) => {
  if (outcome === 'never-sent') await noteMore(trx, ids, () => ({ overAt: closedAt }))
}
