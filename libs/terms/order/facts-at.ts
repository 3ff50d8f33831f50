import { withCures } from './cures.ts'
import type { LineFacts, OrderFacts, ParcelFacts, ReturnFacts, StopFacts } from './facts.ts'

/**
 * The facts of an order as they stood at a moment: what comes later had not happened. A receipt that is still to come is what
 * is expected. The very same facts when nothing in them is later. It is for questions about a moment: a decision counts all
 * that is known, since the clock of whoever decided before may be ahead.
 */
export function factsAt(facts: OrderFacts, at: Temporal.Instant): OrderFacts {
  const ahead = (moment: string | undefined) => moment !== undefined && isAhead(moment, at)
  const known = (moment: string | undefined) => (ahead(moment) ? undefined : moment)
  const parcelAt = (parcel: ParcelFacts): ParcelFacts =>
    ahead(parcel.handedOverAt) || ahead(parcel.receivedAt)
      ? {
          ...parcel,
          handedOverAt: known(parcel.handedOverAt),
          receivedAt: known(parcel.receivedAt),
          expectedAt: ahead(parcel.receivedAt) ? parcel.receivedAt : parcel.expectedAt,
        }
      : parcel
  const returnAt = (each: ReturnFacts): ReturnFacts =>
    [each.goodsReceivedAt, each.proofOfSendingAt, each.collectionOfferedAt].some(ahead)
      ? {
          ...each,
          goodsReceivedAt: known(each.goodsReceivedAt),
          proofOfSendingAt: known(each.proofOfSendingAt),
          collectionOfferedAt: known(each.collectionOfferedAt),
        }
      : each
  const stopAt = (stop: StopFacts): StopFacts =>
    ahead(stop.concludedAt) ? { ...stop, concludedAt: undefined, stopped: undefined, left: undefined } : stop
  const lineAt = (line: LineFacts): LineFacts => {
    const { defect, replacedAt, repairedAt, cures = [] } = line
    if (![defect?.noticedAt, defect?.showedAt, replacedAt, repairedAt].some(ahead)) return line
    const noticed = ahead(defect?.noticedAt) || ahead(defect?.showedAt) ? undefined : defect
    const done = cures.filter(({ receivedAt }) => !ahead(receivedAt))
    const putRight = { ...line, defect: noticed, replacedAt: known(replacedAt), repairedAt: known(repairedAt) }
    return line.cures ? withCures(putRight, done) : putRight
  }

  const { formedAt, cancelledAt, disclosures } = facts
  const informedAhead = ahead(disclosures.withdrawalInformationGivenAt)
  return {
    ...facts,
    formedAt: known(formedAt),
    cancelledAt: known(cancelledAt),
    ...(ahead(facts.additionalPeriod?.setAt) && { additionalPeriod: undefined }),
    disclosures: informedAhead ? { ...disclosures, withdrawalInformationGivenAt: undefined } : disclosures,
    lines: mapped(facts.lines, lineAt),
    parcels: mapped(facts.parcels, parcelAt),
    returns: mapped(
      facts.returns.some((each) => ahead(each.noticeReceivedAt))
        ? facts.returns.filter((each) => !ahead(each.noticeReceivedAt))
        : facts.returns,
      returnAt,
    ),
    ...(facts.agreements && { agreements: facts.agreements.filter(({ agreedAt }) => !ahead(agreedAt)) }),
    ...(facts.stops && {
      stops: mapped(
        facts.stops.some((each) => ahead(each.requestedAt))
          ? facts.stops.filter((each) => !ahead(each.requestedAt))
          : facts.stops,
        stopAt,
      ),
    }),
  }
}

const isAhead = (moment: string, at: Temporal.Instant) =>
  Temporal.Instant.from(moment).epochMilliseconds > at.epochMilliseconds

/** As `map`, without a new list when nothing in it changes. */
function mapped<Item>(items: Item[], change: (item: Item) => Item): Item[] {
  const changed = items.map(change)
  return changed.every((item, n) => item === items[n]) ? items : changed
}
