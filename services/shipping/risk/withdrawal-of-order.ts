import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { agreedFor } from '@vilkar/terms/order/agreements.ts'
import type { AgreementFacts } from '@vilkar/terms/ruling/agreed.ts'
import type { OrderToShip } from '../database.ts'
import { isMadeGood } from '../shipment/damage.ts'
import { type RequestedShipment, whereaboutsOf } from '../shipment/state.ts'
import { hadCome } from './facts-of-shipment.ts'

type Facts = Pick<OrderToShip, 'country' | 'disclosures' | 'lines' | 'agreements'>
const PLAIN = { madeToOrder: false, hygieneSealed: false }

/**
 * Whether the goods of a line may be withdrawn from at a moment, and until when, if that is known: the period of an order begins with
 * the last of its parcels (angrerettloven § 21). What is not known of an order leaves the right open. `withdrawnFrom`: since when nothing of a shipment is
 * owed any more.
 */
export function withdrawalOfOrder(
  order: Facts,
  shipments: readonly RequestedShipment[],
  withdrawnFrom: (shipment: RequestedShipment) => string | undefined,
) {
  const { country = 'NO', disclosures, agreements = [] } = order
  const { customerKind, terms } = shipments[0]!.requested
  const last = lastReceiptOf(shipments, withdrawnFrom)
  const givenAt = disclosures?.withdrawalInformationGivenAt
  /** The agreements of a moment: what is agreed holds from when it was, and not before. */
  const agreedBy = (at: Temporal.Instant) => agreements.filter(({ agreedAt }) => hadCome(agreedAt, at))

  const traitsOf = new Map(order.lines.map((line) => [line.lineId, line.traits ?? PLAIN]))
  const kindOf = (lineId: string) => JSON.stringify(traitsOf.get(lineId) ?? PLAIN)

  const ruling = (
    lineId: string,
    declared: { lastReceivedAt?: Temporal.Instant; replacedAt?: Temporal.Instant; declaredAt: Temporal.Instant },
    agreed: AgreementFacts[],
  ) =>
    termsOf(terms.edition).withdrawal({
      ...{ customerKind, country, ...declared },
      traits: traitsOf.get(lineId) ?? PLAIN,
      informationGiven: disclosures?.withdrawalInformation ?? true,
      informationGivenAt: givenAt === undefined ? undefined : Temporal.Instant.from(givenAt),
      agreed: agreedFor({ agreements: agreed }, termsOf(terms.edition)).withdrawalDays,
    })
  const periods = new Map<string, ReturnType<typeof ruling> | undefined>()
  const periodOf = (lineId: string, agreed: AgreementFacts[], replacedAt?: Temporal.Instant) =>
    periods.getOrInsertComputed(
      `${kindOf(lineId)} ${replacedAt} ${agreed.map(({ agreementId }) => agreementId)}`,
      () => {
        if (last === undefined) return undefined
        const received = Temporal.Instant.from(last)
        return ruling(lineId, { lastReceivedAt: received, replacedAt, declaredAt: received }, agreed)
      },
    )
  const isWithin = (period: ReturnType<typeof periodOf>, at: Temporal.Instant) =>
    period!.outcome !== 'refused' && (period!.until === undefined || Temporal.Instant.compare(at, period!.until) < 0)

  return {
    /** The same for lines whose goods may be withdrawn from alike. */
    kindOf,
    /** Whether it may be withdrawn from then. What came for defective goods has days of its own, which no Act says and a person looks at. */
    standsAt(lineId: string, at: Temporal.Instant, replacedAt?: Temporal.Instant) {
      const agreed = agreedBy(at)
      if (!hadCome(last, at))
        return { withdrawalOpen: ruling(lineId, { declaredAt: at }, agreed).outcome !== 'refused' }
      if (isWithin(periodOf(lineId, agreed), at)) return { withdrawalOpen: true }
      if (replacedAt === undefined) return { withdrawalOpen: false }
      return { withdrawalOpen: isWithin(periodOf(lineId, agreed, replacedAt), at), withdrawalInDoubt: true }
    },
    /** When the right may end or be there again: the first instants at which it is too late, and when anything was agreed. */
    changesOf(lineId: string, replacedAt?: Temporal.Instant) {
      const heard = agreements.map(({ agreedAt }) => Temporal.Instant.from(agreedAt))
      const moments = replacedAt === undefined ? [undefined] : [undefined, replacedAt]
      const ends = [[], ...heard.map(agreedBy)].flatMap((agreed) =>
        moments.map((moment) => periodOf(lineId, agreed, moment)?.until),
      )
      return [...heard, ...ends.filter((end) => end !== undefined)]
    },
    /** When the last of the order came. */
    last,
  }
}

/** When the last of an order came; undefined while something is to come. */
function lastReceiptOf(
  shipments: readonly RequestedShipment[],
  withdrawnFrom: (shipment: RequestedShipment) => string | undefined,
) {
  // What goes to the customer for a complaint is no parcel of the order: its other goods do not wait for it.
  const ordered = shipments.filter(({ requested: { cure } }) => cure === undefined)
  const coming = ordered.filter((each) => whereaboutsOf(each) !== 'stopped' && !isMadeGood(each))
  // What was withdrawn from before it came is owed no more (§ 23). Whether the days of the rest run from its own receipt or from that notice no Act
  // says: the later is the consumer's.
  const receipts = coming.map((each) => each.receivedAt ?? withdrawnFrom(each))
  // Of an order that was stopped whole, nothing comes.
  return receipts.includes(undefined) ? undefined : latest(receipts as string[])
}

const latest = (moments: string[]) => moments.toSorted(Temporal.Instant.compare).at(-1)
