import type { TermsPin } from '@vilkar/contracts/parts.ts'
import type { RefundDecided, WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'

type Declared = Omit<WithdrawalDeclared['data'], 'personal' | 'terms'> & { terms: TermsPin }

/** The refund is due at the latest fourteen days after the notice, or when withholding ends if that is later (§ 24). */
export function decideRefund(
  declared: Declared,
  at: string,
  back: { goodsReceivedAt?: string; proofOfSendingAt?: string },
): RefundDecided {
  const { returnId, orderId, terms, refundEstimate: amount, deliveryAmount, currency, lines, declaredAt } = declared
  const { dueOn, reasons } = termsOf(terms.edition).refundDue({
    noticeReceivedAt: Temporal.Instant.from(declaredAt),
    ...(back.goodsReceivedAt && { goodsReceivedAt: Temporal.Instant.from(back.goodsReceivedAt) }),
    ...(back.proofOfSendingAt && { proofOfSendingAt: Temporal.Instant.from(back.proofOfSendingAt) }),
  })
  return {
    type: 'RefundDecided',
    data: {
      returnId,
      orderId,
      amount,
      deliveryAmount,
      currency,
      lines,
      decidedAt: at,
      dueOn: dueOn!.toString(),
      reasons,
    },
  }
}
