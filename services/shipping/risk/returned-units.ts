import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { ReturnFacts } from '../database.ts'
import type { RequestedShipment } from '../shipment/state.ts'
import { countOf } from '../shipment/stop.ts'
import { withoutUnits } from '../shipment/units.ts'
import { hadCome, type Known } from './facts-of-shipment.ts'
import { linesToGoBack } from './lines-at-risk.ts'

/** What bears on the risk of units of a line, from one on (counted from 0) to another, since a moment. */
export type OfUnits = Known & { from: number; to: number }

/** Units of a shipment that go back by a return. */
type Share = { of: ReturnFacts; from: number; to: number }

/**
 * Which units of each shipment of an order go back by its returns. A return names a line and how many: they are taken to be of a parcel that was not
 * taken, then of what was received, the first first, and then of what is still on its way. What was received of what was `sold` cannot have been in a
 * parcel that was not, which may have left once more or been lost and made good.
 */
export function returnedUnits(
  returns: readonly ReturnFacts[],
  shipments: readonly RequestedShipment[],
  sold: readonly UnitsSent[],
) {
  const left = shipments
    .filter(({ requested: { cure }, dispatched }) => cure === undefined && dispatched !== undefined)
    .toSorted(
      (one, other) => stageOf(one) - stageOf(other) || (one.receivedAt ?? '').localeCompare(other.receivedAt ?? ''),
    )
  const goods = goodsOf(left, sold)
  const shares = new Map<RequestedShipment, Map<string, Share[]>>()
  // What was complained of may be with the customer again, put right, and goes back by another right then; what never left them takes nothing.
  const begun = returns.filter(({ since, receivedAt }) => (since ?? receivedAt) !== undefined)
  const isComplaint = ({ kind }: ReturnFacts) => Number(kind === 'complaint')
  for (const each of begun.toSorted((one, other) => isComplaint(one) - isComplaint(other)))
    for (const { lineId, quantity } of each.lines) {
      let rest = quantity
      for (const shipment of left) {
        const taken = shares.getOrInsertComputed(shipment, () => new Map()).getOrInsertComputed(lineId, () => [])
        const from = taken.at(-1)?.to ?? 0
        const count = Math.min(rest, countOf(goods.get(shipment)!, lineId) - from)
        if (count > 0) taken.push({ of: each, from, to: from + count })
        rest -= Math.max(count, 0)
      }
    }
  const sharesOf = (shipment: RequestedShipment, lineId: string) => shares.get(shipment)?.get(lineId) ?? []

  return {
    /** What a return says of the risk of units that were received: they are on their way back, with the seller again, or it is over. */
    saidOf: (shipment: RequestedShipment, lineId: string): OfUnits[] =>
      shipment.receivedAt === undefined
        ? []
        : sharesOf(shipment, lineId).flatMap(({ of, from, to }) => saidBy(of, shipment.receivedAt!, from, to)),
    /** Since when nothing of a shipment is owed any more, since all of it was withdrawn from (angrerettloven § 23); undefined while something is. */
    withdrawnFrom(shipment: RequestedShipment): string | undefined {
      const shared = (shipment.dispatched?.lines ?? []).map(({ lineId, quantity }) => {
        const withdrawn = sharesOf(shipment, lineId).filter(({ of }) => of.kind === 'withdrawal' && !of.overAt)
        const count = withdrawn.reduce((sum, { from, to }) => sum + to - from, 0)
        return count === quantity ? withdrawn.map(({ of }) => of.since!) : undefined
      })
      if (shared.length === 0 || shared.includes(undefined)) return undefined
      return shared
        .flatMap((each) => each!)
        .reduce((one, other) => (hadCome(one, Temporal.Instant.from(other)) ? other : one))
    },
  }
}

/** The units of each shipment that may go back: of those that nobody received, all together, no more than were not received of what was sold. */
function goodsOf(shipments: readonly RequestedShipment[], sold: readonly UnitsSent[]) {
  const goods = new Map(shipments.map((shipment) => [shipment, linesToGoBack(shipment)]))
  const isReceived = ({ receivedAt }: RequestedShipment) => receivedAt !== undefined
  let open = withoutUnits(
    sold,
    shipments.filter(isReceived).flatMap((shipment) => goods.get(shipment)!),
  )
  for (const shipment of shipments) {
    if (isReceived(shipment)) continue
    const lines = goods.get(shipment)!.map(({ lineId, quantity }) => {
      return { lineId, quantity: Math.min(quantity, countOf(open, lineId)) }
    })
    goods.set(shipment, lines)
    open = withoutUnits(open, lines)
  }
  return goods
}

const NOT_TAKEN: ReadonlySet<RequestedShipment['status']> = new Set(['refused', 'uncollected', 'returned'])
const stageOf = ({ status, receivedAt }: RequestedShipment) =>
  receivedAt === undefined ? (NOT_TAKEN.has(status) ? 0 : 2) : 1

/**
 * By a right of the law goods are at the seller's risk since it was used, by an offer of the seller at the customer's until the seller has them
 * (forbrukerkjøpsloven § 14, kjøpsloven § 16). Nothing goes back before it was received.
 */
function saidBy({ kind, since, receivedAt, overAt }: ReturnFacts, cameAt: string, from: number, to: number): OfUnits[] {
  const said = (moment: string | undefined, circumstance: OfUnits['circumstance']) =>
    moment === undefined ? [] : [{ since: laterOf(moment, cameAt), circumstance, from, to }]
  return [
    ...said(since, { returnBasis: kind === 'voluntary-return' ? 'voluntary' : 'statutory' }),
    ...said(receivedAt, { returned: true }),
    ...said(overAt, { returnBasis: undefined, returned: undefined }),
  ]
}

const laterOf = (one: string, other: string) => (hadCome(one, Temporal.Instant.from(other)) ? other : one)
