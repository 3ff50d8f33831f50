import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { OrderToShip } from '../database.ts'
import { replacedIn } from '../shipment/damage.ts'
import { type RequestedShipment, whereaboutsOf } from '../shipment/state.ts'
import { withoutUnits } from '../shipment/units.ts'
import { hadCome } from './facts-of-shipment.ts'

type Facts = Pick<OrderToShip, 'country' | 'disclosures' | 'lines'>
const PLAIN = { madeToOrder: false, hygieneSealed: false }

/**
 * Whether the goods of a line may be withdrawn from at a moment, and until when, if that is known: the period of an order begins with
 * the last of its parcels (angrerettloven § 21). What is not known of an order leaves the right open.
 */
export function withdrawalOfOrder(order: Facts, shipments: readonly RequestedShipment[]) {
  const { country = 'NO', disclosures } = order
  const { customerKind, terms } = shipments[0]!.requested
  const coming = shipments.filter((each) => whereaboutsOf(each) !== 'stopped' && !isReplaced(each))
  const receipts = coming.map(({ receivedAt }) => receivedAt)
  // Of an order that was stopped whole, nothing comes.
  const last = receipts.includes(undefined) ? undefined : latest(receipts as string[])
  const givenAt = disclosures?.withdrawalInformationGivenAt

  const ruling = (lineId: string, lastReceivedAt: Temporal.Instant | undefined, declaredAt: Temporal.Instant) =>
    termsOf(terms.edition).withdrawal({
      ...{ customerKind, country, declaredAt, lastReceivedAt },
      traits: order.lines.find((line) => line.lineId === lineId)?.traits ?? PLAIN,
      informationGiven: disclosures?.withdrawalInformation ?? true,
      informationGivenAt: givenAt === undefined ? undefined : Temporal.Instant.from(givenAt),
    })
  const periods = new Map<string, ReturnType<typeof ruling> | undefined>()
  const periodOf = (lineId: string) =>
    periods.getOrInsertComputed(lineId, () =>
      last === undefined ? undefined : ruling(lineId, Temporal.Instant.from(last), Temporal.Instant.from(last)),
    )

  return {
    isOpen(lineId: string, at: Temporal.Instant) {
      if (!hadCome(last, at)) return ruling(lineId, undefined, at).outcome !== 'refused'
      const { outcome, until } = periodOf(lineId)!
      return outcome !== 'refused' && (until === undefined || Temporal.Instant.compare(at, until) < 0)
    },
    /** The first instant at which it is too late, once that is known. */
    endOf: (lineId: string) => periodOf(lineId)?.until,
    /** When the last of the order came. */
    last,
  }
}

/** Of one whose units were all lost and are sent again, nothing comes any more. */
const isReplaced = (state: RequestedShipment) =>
  state.dispatched !== undefined && withoutUnits(state.dispatched.lines, replacedIn(state)).length === 0

const latest = (moments: string[]) => moments.toSorted(Temporal.Instant.compare).at(-1)
