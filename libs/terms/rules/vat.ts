import { apportion } from '../amounts/apportion.ts'
import { addVat, type VatPart, vatOutOf } from '../amounts/vat.ts'
import type { Reason } from '../ruling/ruling.ts'
import { type Destination, leavesVatArea, merverdiavgiftsloven } from '../statute/merverdiavgiftsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: merverdiavgiftsloven §§ 1-2, 4-2, 5-1 and 6-21. */
const reasonsOf = (because: Because) => ({
  inside: because('within-vat-area', merverdiavgiftsloven('§ 1-2'), merverdiavgiftsloven('§ 5-1')),
  exported: because('leaves-vat-area', merverdiavgiftsloven('§ 6-21'), merverdiavgiftsloven('§ 1-2')),
  freight: because('delivery-follows-goods', merverdiavgiftsloven('§ 4-2')),
})
type Edition = Under<typeof reasonsOf>

/** Goods of one rate: what they cost together, with or without VAT as the price of the delivery is. */
export type RatedGoods = { rate: number; amount: number }

/** A price for delivering these goods, in the smallest unit. */
export type DeliveryPriced = { price: number; vat: 'incl' | 'excl'; goods: readonly RatedGoods[]; exported: boolean }

/**
 * Where goods are supplied, for VAT: what is sent out of the VAT area is sold without VAT. The buyer's kind does not matter, nor
 * does the currency.
 */
const placeOfSupply = ({ why }: Edition, to: Destination): { exported: boolean; reasons: Reason[] } =>
  leavesVatArea(to) ? { exported: true, reasons: [why.exported] } : { exported: false, reasons: [why.inside] }

/**
 * The price of a delivery in a part per rate of the goods, in proportion to what those cost, by largest remainder: freight is a
 * cost of delivering the goods and bears their rate (Skatteetaten's VAT handbook, 4-2.2: 15 % for food, none for books). Goods that
 * cost nothing count alike. Of an export the price loses the VAT that it would hold here, and bears none.
 */
function deliveryVat(
  { why }: Edition,
  { price, vat, goods, exported }: DeliveryPriced,
): { parts: VatPart[]; reasons: Reason[] } {
  const sums = new Map<number, number>()
  for (const { rate, amount } of goods) sums.set(rate, (sums.get(rate) ?? 0) + amount)
  const rates = [...sums.keys()].sort((a, b) => a - b)
  const shares = apportion(
    price,
    rates.map((rate) => sums.get(rate)!),
  )
  const parts = rates.map((rate, at) => {
    const gross = vat === 'incl' ? shares[at]! : addVat({ net: shares[at]!, rate })
    return { rate, gross, vat: vatOutOf({ gross, rate }).vat }
  })
  const priced = parts.filter(({ gross }) => gross > 0)
  if (!exported) return { parts: priced.length > 0 ? priced : parts.slice(0, 1), reasons: [why.freight] }
  return {
    parts: [{ rate: 0, gross: priced.reduce((sum, part) => sum + part.gross - part.vat, 0), vat: 0 }],
    reasons: [why.freight],
  }
}

export const vatRules = rulesOf(reasonsOf, { placeOfSupply, deliveryVat })
