import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { RefundDecided, ReturnClosed } from '@vilkar/contracts/returns.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'

/** The facts of a loss that is paid back. Money in minor units of the order's currency. */
export type DecidedLoss = {
  status: 'refund-decided' | 'closed'
  orderId: string
  currency: Currency
  refund: Pick<RefundDecided['data'], 'amount' | 'dueOn' | 'decidedAt' | 'reasons'>
  /** What was decided later for the delivery alone, since the rest of the order was cancelled. */
  deliveryRefund?: Pick<RefundDecided['data'], 'deliveryRefundId' | 'amount' | 'dueOn' | 'decidedAt' | 'reasons'>
  closed?: Pick<ReturnClosed['data'], 'amount' | 'closedAt'>
}
export type Loss = { status: 'new' } | DecidedLoss

type Command<Type extends string, Data> = { type: Type; data: { returnId: string; at: string } & Data }
export type LossCommand =
  /** `settledAt` is when the customer chose their money; `facts` are what is known of the order, here and below. */
  | Command<'DecideLoss', { facts: OrderFacts; lines: LinePart[]; settledAt: string }>
  /** Nothing of the order comes any more: the rest of it was cancelled. */
  | Command<'RefundDelivery', { facts: OrderFacts; deliveryRefundId: string; requestedAt: string }>
  | Command<'CloseLoss', { amount: number }>
