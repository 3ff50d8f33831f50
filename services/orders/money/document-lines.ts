import { vatPartsOf } from '@vilkar/contracts/parts.ts'
import { apportion } from '@vilkar/terms/amounts/apportion.ts'
import { byRate, type VatPart, vatOfNext } from '@vilkar/terms/amounts/vat.ts'
import type { PlacedOrder, Portion } from '../order/state.ts'

type Placed = PlacedOrder['placed']

/** A line of a sales document: some of an order's line, or some of its delivery that is of one rate. Minor units, `gross` with VAT. */
export type DocumentLine = VatPart & {
  kind: 'goods' | 'delivery'
  /** A SKU, or the way of delivery. */
  reference: string
  name: string
  quantity: number
}

/**
 * The lines of the next sales document of an order. `before` are the portions of the earlier documents of the same series, the
 * oldest first: the VAT of a line was rounded once, when it was priced, and is split by remainder from there, so that documents
 * in any number and of any parts hold together the VAT of the whole, and a credit note what the invoice held of it. Of a price that is
 * lowered no unit goes back: it stands as one thing.
 */
export function documentLines(placed: Placed, portion: Portion, before: readonly Portion[]): DocumentLine[] {
  const goods = portion.lines.map(({ lineId, quantity, amount }): DocumentLine => {
    const { sku, name, vatRate: rate, total, vat } = placed.lines.find((line) => line.lineId === lineId)!
    const taken = before.flatMap(({ lines }) => lines).filter((line) => line.lineId === lineId)
    const gone = taken.reduce((sum, line) => sum + line.amount, 0)
    const part = { rate, gross: amount, vat: vatOfNext({ gross: total, vat }, gone, amount) }
    return { kind: 'goods', reference: sku, name, quantity: Math.max(1, quantity), ...part }
  })
  const { option, name } = placed.delivery
  const delivered = deliveryParts(
    placed,
    portion.deliveryAmount,
    before.map(({ deliveryAmount }) => deliveryAmount),
  )
  return [
    ...goods,
    ...delivered.map((part): DocumentLine => ({ kind: 'delivery', reference: option, name, quantity: 1, ...part })),
  ]
}

/** The VAT of a document, a part per rate, the lowest rate first. */
export const vatOf = (lines: readonly DocumentLine[]): VatPart[] => byRate(lines)

/** An amount of the delivery, per rate: of each in proportion to what is left of it, so that the last takes the rest of all. */
function deliveryParts({ delivery }: Placed, amount: number, before: readonly number[]): VatPart[] {
  const whole = vatPartsOf(delivery)
  const take = (each: number, left: readonly number[]) =>
    apportion(each, each > sumOf(left) ? whole.map(({ gross }) => gross) : left)
  let left = whole.map(({ gross }) => gross)
  for (const each of before) {
    const taken = take(each, left)
    left = left.map((rest, at) => Math.max(0, rest - taken[at]!))
  }
  return take(amount, left).flatMap((gross, at) => {
    const { rate, ...part } = whole[at]!
    return gross > 0 ? [{ rate, gross, vat: vatOfNext(part, part.gross - left[at]!, gross) }] : []
  })
}

const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0)
