import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import { senderOf } from '@vilkar/terms/sellers/sender-of.ts'
import { composeAgreementMail } from '../agreement/mails/compose.ts'
import { readAgreement, type StoredAgreement } from '../agreement/store.ts'
import { composeComplaintMail } from '../complaint/mails/compose.ts'
import { type RefusedTold as ComplaintRefusedTold, complaintRefused } from '../complaint/mails/judged.ts'
import type { ComplaintMail } from '../complaint/mails/kinds.ts'
import { readComplaint, type StoredComplaint } from '../complaint/store.ts'
import type { Deps } from '../deps.ts'
import { composeExchangeMail } from '../exchange/mails/compose.ts'
import type { ExchangeMail } from '../exchange/mails/kinds.ts'
import { readExchange, type StoredExchange } from '../exchange/store.ts'
import { isGoodsBackMail } from '../goods-back/mails/kinds.ts'
import { type LabelTold, returnLabel } from '../goods-back/mails/return-label.ts'
import { composeLossMail, type LossTold } from '../loss/mails/compose.ts'
import { readLoss } from '../loss/store.ts'
import { orderPageOf } from '../order-facts/order-link.ts'
import type { PlacedOrder } from '../order-facts/projection.ts'
import { readOrder } from '../order-facts/store.ts'
import { composeOverrideMail } from '../override/mails/compose.ts'
import { readOverride, type StoredOverride } from '../override/store.ts'
import { composePayoutMail } from '../payout/mails/compose.ts'
import type { PayoutMail } from '../payout/mails/kinds.ts'
import { readPayout, type StoredPayout } from '../payout/store.ts'
import * as statements from '../statement/mails/compose.ts'
import { composeVoluntaryMail, type VoluntaryMailed } from '../voluntary-return/mails/compose.ts'
import type { VoluntaryMail } from '../voluntary-return/mails/kinds.ts'
import { type RefusedTold, voluntaryRefused } from '../voluntary-return/mails/refused.ts'
import { readVoluntaryReturn } from '../voluntary-return/store.ts'

type Reading = Pick<Deps, 'db' | 'pool' | 'links' | 'settings' | 'clock'>
type Ordered = { order: PlacedOrder; seller: Seller; page?: string; at: Temporal.Instant }
/** What a mail of this service is about. */
export type About =
  | statements.About
  | ({ kind: 'voluntary-return' } & Pick<VoluntaryMailed, 'stored'> & Ordered)
  | ({ kind: 'complaint'; stored: StoredComplaint } & Ordered)
  | ({ kind: 'loss' } & Ordered)
  | ({ kind: 'exchange'; stored: StoredExchange } & Ordered)
  | ({ kind: 'override'; stored: StoredOverride } & Ordered)
  | ({ kind: 'payout'; stored: StoredPayout } & Ordered)
  | ({ kind: 'agreement'; stored: StoredAgreement } & Ordered)
  | ({ kind: 'order' } & Ordered)

/** Reads what a mail is about. */
export async function readAbout(deps: Reading, aboutId: string): Promise<About> {
  const stored = await readVoluntaryReturn(deps.db, aboutId)
  if (stored) return { kind: 'voluntary-return', stored, ...(await ordered(deps, stored.state.requested.orderId)) }
  const complaint = await readComplaint(deps.db, aboutId)
  if (complaint)
    return { kind: 'complaint', stored: complaint, ...(await ordered(deps, complaint.state.received.orderId)) }
  const loss = await readLoss(deps.db, aboutId)
  if (loss) return { kind: 'loss', ...(await ordered(deps, loss.state.orderId)) }
  const exchange = await readExchange(deps.db, aboutId)
  if (exchange) return { kind: 'exchange', stored: exchange, ...(await ordered(deps, exchange.state.agreed.orderId)) }
  const override = await readOverride(deps.db, aboutId)
  if (override) return { kind: 'override', stored: override, ...(await ordered(deps, override.state.proposed.orderId)) }
  const payout = await readPayout(deps.db, aboutId)
  if (payout) return { kind: 'payout', stored: payout, ...(await ordered(deps, payout.state.proposed.orderId)) }
  const agreement = await readAgreement(deps.db, aboutId)
  if (agreement) return { kind: 'agreement', stored: agreement, ...(await ordered(deps, agreement.state.orderId)) }
  if (await readOrder(deps.pool, aboutId)) return { kind: 'order', ...(await ordered(deps, aboutId)) }
  return statements.readAbout(deps, aboutId)
}

async function ordered(deps: Reading, orderId: string): Promise<Ordered> {
  const order = (await readOrder(deps.pool, orderId))!
  const page = await orderPageOf(deps, order)
  return { order, seller: sellerOf(order.facts.terms.edition), ...(page && { page }), at: deps.clock.now() }
}

/** The words of a mail; `detail` is what was decided. */
export function composeMail(kind: string, about: About, detail?: object): Composed {
  const { order: ordered } = about
  if (isGoodsBackMail(kind) && ordered) return returnLabel(ordered.facts, detail as LabelTold, about.page)
  if (about.kind === 'return' || about.kind === 'statement') return statements.composeMail(kind, about, detail)
  const { order, page, at } = about
  if (about.kind === 'order')
    return kind === 'complaint-refused'
      ? complaintRefused(detail as ComplaintRefusedTold, order.facts, at, page)
      : voluntaryRefused(detail as RefusedTold, order.facts, at, page)
  if (about.kind === 'exchange') return composeExchangeMail(about.stored, kind as ExchangeMail, order.facts, page)
  if (about.kind === 'override') return composeOverrideMail(about.stored, order.facts, page)
  if (about.kind === 'payout') return composePayoutMail(about.stored, kind as PayoutMail, order.facts, page)
  if (about.kind === 'agreement') return composeAgreementMail(about.stored, order.facts, page)
  if (about.kind === 'loss') return composeLossMail(order.facts, detail as LossTold, page)
  if (about.kind === 'complaint') {
    const mailed = { stored: about.stored, facts: order.facts, ...(page && { page }) }
    return composeComplaintMail(mailed, kind as Exclude<ComplaintMail, 'complaint-refused'>, detail)
  }
  const { stored } = about
  const of = kind as Exclude<VoluntaryMail, 'voluntary-return-refused'>
  return composeVoluntaryMail({ stored, facts: order.facts, ...(page && { page }) }, of, detail)
}

/** Who sends a mail: the seller of the order. */
export const senderOfMail = ({ seller }: Pick<About, 'seller'>, mailFrom: string | undefined) =>
  senderOf(seller, mailFrom)
