import { osloDay } from '@vilkar/terms/calendar.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { countOf } from '@vilkar/terms/order/price-back.ts'

/** How far the two parts of an exchange have come. `paidBack` in minor units, once the money for what went back is back. */
export type Legs = {
  goodsBack: 'awaited' | 'paid-back' | 'over'
  newOrder: 'awaited' | 'with-customer' | 'cancelled'
  paidBack?: number
}

/** So long after the exchange goods that nobody has heard of are waited for by it: the time to send them, and as much again. */
export const WAITED_FOR_DAYS = 42

/** How far both parts have come, from what is known of their orders. */
export function legsOf(
  { returnId, agreedAt }: { returnId: string; agreedAt: string },
  original: Pick<OrderFacts, 'returns'>,
  replacing: Pick<OrderFacts, 'lines' | 'parcels' | 'cancelledAt'> | undefined,
  now: Temporal.Instant,
): Legs {
  const found = original.returns.find((each) => each.returnId === returnId)
  const paidBack = found?.refunded
  const unheardOf = found?.goodsReceivedAt === undefined && found?.proofOfSendingAt === undefined
  const lastDay = osloDay(Temporal.Instant.from(agreedAt)).add({ days: WAITED_FOR_DAYS })
  const tooLong = unheardOf && Temporal.PlainDate.compare(osloDay(now), lastDay) > 0
  const over = found === undefined || found.outcome === 'closed' || tooLong
  return {
    goodsBack: paidBack !== undefined ? 'paid-back' : over ? 'over' : 'awaited',
    newOrder: replacing?.cancelledAt
      ? 'cancelled'
      : replacing && isWithCustomer(replacing)
        ? 'with-customer'
        : 'awaited',
    ...(paidBack !== undefined && { paidBack }),
  }
}

const isWithCustomer = ({ lines, parcels }: Pick<OrderFacts, 'lines' | 'parcels'>) => {
  const received = parcels.flatMap((parcel) => (parcel.receivedAt ? parcel.lines : []))
  return lines.every(({ lineId, quantity }) => countOf(received, lineId) >= quantity)
}
