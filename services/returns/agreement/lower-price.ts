import type { RefundDecided } from '@vilkar/contracts/returns.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { changeInWords } from '@vilkar/terms/order/agreements.ts'
import { mostLowered } from '@vilkar/terms/order/price-back.ts'
import { mergeLines } from '../order-facts/merge-lines.ts'
import type { AgreementCommand } from './state.ts'

type Data = AgreementCommand['data']

/** Why prices cannot be lowered so: a line that the order does not have, or more than was paid for what the customer keeps. */
export function whyNotLower({ facts, changes: { lowerPrices = [], lowerDelivery = 0 } }: Data): Refusal | undefined {
  const no = (detail: string) => ({ code: 'reduction-refused', detail })
  if (mergeLines(lowerPrices).length < lowerPrices.length) return no('A line is named twice. Add up what is lowered.')
  for (const { lineId, quantity, amount } of lowerPrices) {
    if (!facts.lines.some((line) => line.lineId === lineId)) return no(`The order has no line ${lineId}.`)
    const most = mostLowered(facts, { lineId, quantity })
    if (amount > most)
      return no(`The price of these units of line ${lineId} can be lowered by ${most} at the most (minor units).`)
  }
  const isBack = facts.returns.some(({ deliveryRefunded }) => deliveryRefunded)
  const most = isBack ? 0 : facts.delivery.paid
  return lowerDelivery > most ? no(`The delivery can be lowered by ${most} at the most (minor units).`) : undefined
}

/** What is cheaper by agreement is paid back, as fast as a refund is; no unit goes back for it. */
export function lowerPriceOf({ agreementId, at, facts, agreedAt, changes }: Data): RefundDecided[] {
  const { lowerPrices: lines = [], lowerDelivery: deliveryAmount = 0 } = changes
  const amount = lines.reduce((sum, line) => sum + line.amount, deliveryAmount)
  if (amount === 0) return []
  const { orderId, currency } = facts
  const terms = termsOf(facts.terms.edition)
  const agreedOn = osloDay(Temporal.Instant.from(agreedAt)).toString()
  const text = lines.length > 0 ? changeInWords.lowerPrices(lines) : changeInWords.lowerDelivery(deliveryAmount)
  const oldTotal = facts.delivery.paid + facts.lines.reduce((sum, { total }) => sum + total, 0)
  const corrected = terms.correction({ formed: true, oldTotal, newTotal: oldTotal - amount })
  const reasons = [...terms.agreedInWriting({ agreementId, agreedOn, text }).reasons, ...corrected.reasons]
  const { dueOn } = terms.voluntaryRefundDue({ goodsReceivedAt: Temporal.Instant.from(at) })
  const data = { returnId: agreementId, orderId, currency, amount, deliveryAmount, lines, reduction: true as const }
  return [{ type: 'RefundDecided', data: { ...data, decidedAt: at, dueOn: dueOn!.toString(), reasons } }]
}
