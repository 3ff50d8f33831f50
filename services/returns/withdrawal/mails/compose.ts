import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { senderOf } from '@vilkar/terms/sellers/sender-of.ts'
import type { Deps } from '../../deps.ts'
import { readOrder } from '../../order-facts/store.ts'
import { readReturn } from '../store.ts'
import type { ReturnMail } from './kinds.ts'
import { composeProofRejected } from './proof-rejected.ts'
import { receipt } from './receipt.ts'
import { type RefundTold, refundDecided } from './refund-decided.ts'

type Read = Pick<Deps, 'db' | 'pool'>

/** The words of a mail about a return; `detail` is what was decided. */
export async function composeReturnMail(
  { db, pool }: Read,
  kind: ReturnMail,
  returnId: string,
  detail?: object,
): Promise<Composed> {
  const stored = (await readReturn(db, returnId))!
  const order = (await readOrder(pool, stored.state.declared.orderId))!
  switch (kind) {
    case 'withdrawal-receipt':
      return receipt(stored, order)
    case 'refund-decided':
      return refundDecided(stored, order, detail as RefundTold)
    case 'proof-rejected':
      return composeProofRejected(stored, order.facts)
  }
}

/** Who sends the mails about a return: the seller of the order. */
export async function senderOfReturn({ db, pool }: Read, returnId: string, mailFrom: string | undefined) {
  const { state } = (await readReturn(db, returnId))!
  const { facts } = (await readOrder(pool, state.declared.orderId))!
  return senderOf(sellerOf(facts.terms.edition), mailFrom)
}
