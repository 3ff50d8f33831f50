import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { lossSettled, returnIdOfLoss } from '../order-facts/lost.ts'
import { decideLoss } from '../refund/decide-refund.ts'

type Lost = { reportId: string; shipmentId: string; lines: LinePart[]; settledAt: string }

/** What would be decided to be paid back, if the customer chose their money for what was lost. */
export function foreseeLoss(facts: OrderFacts, { reportId, shipmentId, lines, settledAt }: Lost) {
  const { orderId } = facts
  const settled = { reportId, shipmentId, orderId, choice: 'refund' as const, lines, settledAt }
  const after = { ...facts, ...lossSettled(facts, settled as never) } as OrderFacts
  return decideLoss({ returnId: returnIdOfLoss(reportId), at: settledAt, settledAt, facts: after, lines }).data
}
