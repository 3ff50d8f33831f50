import { vatPartsOf } from '@vilkar/contracts/parts.ts'
import type { PaymentLine } from '@vilkar/payments/port.ts'
import { apportion } from '@vilkar/terms/amounts/apportion.ts'
import { vatOutOf } from '@vilkar/terms/amounts/vat.ts'
import { dueFor, isSettled } from '../order/payment.ts'
import type { PlacedOrder } from '../order/state.ts'
import { stoppedOf } from '../order/units.ts'

/** The order's lines and its delivery, a line per rate of VAT, as a payment provider wants them; their totals add up to the order's total. */
export const paymentLines = ({ lines, delivery }: PlacedOrder['placed']): PaymentLine[] => [
  ...lines.map(({ sku, name, quantity, unitPrice, total, vatRate, vat }) => ({
    kind: 'physical' as const,
    reference: sku,
    name,
    quantity,
    unitPrice,
    discount: unitPrice * quantity - total,
    total,
    taxRate: vatRate,
    tax: vat,
  })),
  ...vatPartsOf(delivery).map(({ rate, gross }) =>
    paymentLine('shipping_fee', delivery.option, delivery.name, 1, gross, rate),
  ),
]

/** What of an order is captured or refunded, in minor units: parts of lines, and of the delivery. */
export type Portion = { lines: { lineId: string; quantity: number; amount: number }[]; deliveryAmount: number }

/** All of an order. */
export const wholeOf = ({ lines, delivery }: PlacedOrder['placed']): Portion => ({
  lines: lines.map(({ lineId, quantity, total }) => ({ lineId, quantity, amount: total })),
  deliveryAmount: delivery.price,
})

/** A share of an order that no shipment or return says more of: of each line as much as of the whole; delivery takes the rest. */
export function shareOf(placed: PlacedOrder['placed'], amount: number): Portion {
  const lines = wholeOf(placed).lines.flatMap((line) => {
    const share = Math.floor((line.amount * amount) / placed.totals.total)
    return share > 0 ? [{ ...line, amount: share }] : []
  })
  return { lines, deliveryAmount: lines.reduce((left, line) => left - line.amount, amount) }
}

/**
 * What of an order was not taken yet and is to be: all of it, less what left in shipments that are paid for and what never
 * leaves. When more was taken than those came to (by hand, or early), a share of the order.
 */
export function untaken(state: PlacedOrder): Portion {
  const { placed, shipments } = state
  const taken = shipments.filter(({ shipmentId }) => isSettled(state, shipmentId)).flatMap((shipment) => shipment.lines)
  const { lines } = without(wholeOf(placed), [...taken, ...stoppedOf(state)])
  const goods = lines.reduce((sum, { amount }) => sum + amount, 0)
  const left = dueFor(state)
  return left < goods ? shareOf(placed, left) : { lines, deliveryAmount: left - goods }
}

/** A portion less these units of its lines. */
export const without = ({ lines, deliveryAmount }: Portion, units: Portion['lines']): Portion => ({
  lines: lines.flatMap(({ lineId, ...whole }) => {
    const gone = units.filter((line) => line.lineId === lineId)
    const quantity = gone.reduce((left, line) => left - line.quantity, whole.quantity)
    const amount = gone.reduce((left, line) => left - line.amount, whole.amount)
    return quantity > 0 ? [{ lineId, quantity, amount }] : []
  }),
  deliveryAmount,
})

/** What a portion comes to. */
export const totalOf = ({ lines, deliveryAmount }: Portion) =>
  lines.reduce((sum, { amount }) => sum + amount, deliveryAmount)

/** Of each line of a portion, and of its delivery (''), no more than there is. */
export const atMost = ({ lines, deliveryAmount }: Portion, most: (lineId: string) => number): Portion => ({
  lines: lines.map((line) => ({ ...line, amount: Math.min(line.amount, Math.max(0, most(line.lineId))) })),
  deliveryAmount: Math.min(deliveryAmount, Math.max(0, most(''))),
})

/** What two portions have in common: of each line, and of the delivery, the smaller amount; a line that is nothing is left out. */
export function inBoth(one: Portion, other: Portion): Portion {
  const { lines, deliveryAmount } = atMost(one, (lineId) => amountIn(other, lineId))
  return { lines: lines.filter(({ amount }) => amount > 0), deliveryAmount }
}

/** What is left of a portion when that of another is taken off, line by line; a line of which nothing is left is left out. */
export const less = ({ lines, deliveryAmount }: Portion, other: Portion): Portion => ({
  lines: lines.flatMap((line) => {
    const amount = line.amount - amountIn(other, line.lineId)
    return amount > 0 ? [{ ...line, amount }] : []
  }),
  deliveryAmount: Math.max(0, deliveryAmount - other.deliveryAmount),
})

/** What a line of a portion comes to, or its delivery (''). */
const amountIn = ({ lines, deliveryAmount }: Portion, lineId: string) =>
  lines.reduce((sum, line) => (line.lineId === lineId ? sum + line.amount : sum), lineId === '' ? deliveryAmount : 0)

/** A portion less `amount`, which is taken of every line and of the delivery alike, so that the VAT of both adds up. */
export function lessShare({ lines, deliveryAmount }: Portion, amount: number): Portion {
  const total = lines.reduce((sum, line) => sum + line.amount, deliveryAmount)
  const rests = [...lines.map((line) => line.amount), deliveryAmount].map(
    (of) => of - Math.floor((of * amount) / total),
  )
  let over = rests.reduce((sum, rest) => sum + rest, 0) - (total - amount)
  const left = rests.map((rest) => {
    if (over === 0 || rest === 0) return rest
    over -= 1
    return rest - 1
  })
  return {
    lines: lines.flatMap((line, index) => (left[index]! > 0 ? [{ ...line, amount: left[index]! }] : [])),
    deliveryAmount: left.at(-1)!,
  }
}

/** A portion in two: `amount` of it, line by line and delivery last, and what is left. */
export function parted({ lines, deliveryAmount }: Portion, amount: number): { taken: Portion; left: Portion } {
  let wanted = amount
  const most = (available: number) => {
    const part = Math.min(available, wanted)
    wanted -= part
    return part
  }
  const shares = lines.map((line) => ({ line, part: most(line.amount) }))
  const delivery = most(deliveryAmount)
  const of = (amountOf: (share: (typeof shares)[number]) => number) =>
    shares.flatMap((share) => (amountOf(share) > 0 ? [{ ...share.line, amount: amountOf(share) }] : []))
  return {
    taken: { lines: of(({ part }) => part), deliveryAmount: delivery },
    left: { lines: of(({ line, part }) => line.amount - part), deliveryAmount: deliveryAmount - delivery },
  }
}

/**
 * A part of an order as payment lines; they add up to the amounts given. The tax of each is that of its own rate, as providers check
 * it line by line; the VAT that counts is that of the sales documents.
 */
export function portionLines({ lines, delivery }: PlacedOrder['placed'], portion: Portion): PaymentLine[] {
  const goods = portion.lines.map(({ lineId, quantity, amount }) => {
    const { sku, name, vatRate } = lines.find((line) => line.lineId === lineId)!
    // Of a price that is lowered no unit goes back: it stands as one thing.
    return paymentLine('physical', sku, name, Math.max(1, quantity), amount, vatRate)
  })
  const parts = vatPartsOf(delivery)
  const shares = apportion(
    portion.deliveryAmount,
    parts.map(({ gross }) => gross),
  )
  const delivered = parts.flatMap(({ rate }, at) =>
    shares[at]! > 0 ? [paymentLine('shipping_fee', delivery.option, delivery.name, 1, shares[at]!, rate)] : [],
  )
  return [...goods, ...delivered]
}

function paymentLine(
  kind: PaymentLine['kind'],
  reference: string,
  name: string,
  quantity: number,
  total: number,
  taxRate: number,
): PaymentLine {
  const unitPrice = Math.ceil(total / quantity)
  return {
    kind,
    reference,
    name,
    quantity,
    unitPrice,
    discount: unitPrice * quantity - total,
    total,
    taxRate,
    tax: vatOutOf({ gross: total, rate: taxRate }).vat,
  }
}
