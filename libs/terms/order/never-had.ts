import type { ParcelFacts, ReturnFacts, Units } from './facts.ts'

/** Units of a line that came back without the customer having had them, and when the customer last withdrew from any of the line. */
export type NeverHad = { units: number; withdrawnAt?: Temporal.Instant }

/**
 * Units of a line that came back out of parcels that nobody received: the customer withdrew from them on their way and did not take them. They
 * are not waited for any more. Which units a customer withdrew from nobody says; a parcel comes back whole, so it is one that did once more units
 * are back than the received parcels, and the other ones, can have had. In doubt it is waited for, which leaves every right open.
 */
export function neverHad(
  lineId: string,
  {
    parcels,
    standing,
    isReceived,
  }: {
    parcels: readonly ParcelFacts[]
    standing: readonly ReturnFacts[]
    isReceived: (parcel: ParcelFacts) => boolean
  },
): NeverHad {
  const back = standing.filter(({ right, goodsReceivedAt }) => right !== 'loss' && goodsReceivedAt !== undefined)
  const unitsBack = countOf(back, lineId)
  if (unitsBack === 0) return { units: 0 }
  const underway = parcels
    .filter((parcel) => !parcel.replaced && !isReceived(parcel))
    .map((parcel) => countOf([parcel], lineId))
  const had = countOf(parcels.filter(isReceived), lineId)
  const all = underway.reduce((sum, units) => sum + units, 0)
  const came = underway.filter((units) => units <= unitsBack && unitsBack > had + all - units)
  const units = Math.min(
    unitsBack,
    came.reduce((sum, each) => sum + each, 0),
  )
  if (units === 0) return { units }
  const notices = back.flatMap(({ right, lines, noticeReceivedAt, goodsReceivedAt }) =>
    right === undefined && lines.some((each) => each.lineId === lineId) ? [noticeReceivedAt ?? goodsReceivedAt!] : [],
  )
  const [last] = notices.map((each) => Temporal.Instant.from(each)).toSorted((a, b) => Temporal.Instant.compare(b, a))
  return { units, ...(last && { withdrawnAt: last }) }
}

const countOf = (containers: readonly { lines: readonly Units[] }[], lineId: string) =>
  containers
    .flatMap(({ lines }) => lines)
    .reduce((sum, each) => (each.lineId === lineId ? sum + each.quantity : sum), 0)
