import { type Composed, sendMail } from '@vilkar/mail/outgoing.ts'
import { isNewest } from '@vilkar/mail/redirect.ts'
import type { Deps, DocumentMail } from '../../deps.ts'
import { readOrder } from '../handle.ts'
import type { StoredOrder } from '../state.ts'
import { composeExtraTime, type ExtraTime } from './additional-period.ts'
import { type ClaimedDetail, composeClaimed } from './claimed.ts'
import { compose } from './compose.ts'
import { confirmationBounced, confirmationTaken } from './confirmation-outcome.ts'
import { composeDamageNoted, type DamageNoted } from './damage-noted.ts'
import { composeDelay } from './delays.ts'
import { attachedDocuments, keepDocuments } from './documents.ts'
import { composeHindered, composeHindranceOver, type Hindered, type HindranceOver } from './hindered.ts'
import type { OrderMail } from './kinds.ts'
import { composeNews, type News } from './news.ts'
import { composeGoesOn, composeNotDelivered, type GoesOn, type NotDelivered } from './not-delivered.ts'
import { composePaidOut, type PaidOut } from './paid-out.ts'
import { composePayAgain } from './pay-again.ts'
import { composePriceOffered, type PriceOffered } from './price-offered.ts'
import { composeReaddressed, type Readdressed } from './readdressed.ts'
import { recallMailSettled } from './recall-outcome.ts'
import { composeRecalled, type Recalled } from './recalled.ts'
import { composeSellerEnds, type SellerEnds } from './seller-ends.ts'
import { senderOfOrder } from './sender.ts'
import { composeStopped } from './stopped.ts'
import { withPage } from './with-page.ts'
import { orderPageOf, withdrawalFunctionOf } from './withdrawal-function.ts'

/** Sends an order's mails. The contract is formed when the mail server accepts the confirmation; a refusal leaves it unformed. */
export const sendOrderMail = (deps: Deps) =>
  sendMail({
    db: deps.db,
    together: deps.together,
    mailer: deps.mailer,
    read: (orderId) => readOrder(deps.db, orderId),
    fromOf: (order) => senderOfOrder(order, deps.settings),
    clock: deps.clock,
    compose: async (kind, order, detail) =>
      withPage(await composeOrderMail(deps, order, kind as OrderMail, detail), order, await orderPageOf(deps, order)),
    async rendered(trx, { mailId, kind, about, text, attachments }) {
      if (kind !== 'confirmation') return
      const sent = new Set(attachments.map(({ content }) => content))
      const documents = await attachedDocuments(about.state.placed)
      const withdrawal = await withdrawalFunctionOf(deps, about)
      await keepDocuments(
        trx,
        mailId,
        documents.flatMap(({ document, attachment }) => (sent.has(attachment.content) ? [document] : [])),
        withdrawal && text.includes(withdrawal.notice) ? withdrawal.told : undefined,
      )
    },
    async settled(trx, { mailId, aboutId: orderId, kind, messageId, at, outcome, response }) {
      if (kind === 'recalled')
        return recallMailSettled(trx, deps, {
          mailId,
          orderId,
          outcome: outcome === 'accepted' ? 'told' : 'unreachable',
          at,
        })
      // One that was on its way to an address that has been corrected since confirms nothing.
      if (kind !== 'confirmation' || !(await isNewest(trx, { mailId, aboutId: orderId, kind }))) return
      if (outcome === 'accepted') await confirmationTaken(trx, deps, { mailId, orderId, at, messageId })
      else await confirmationBounced(trx, deps, { orderId, at, cause: response })
    },
  })

/** The words of a mail about an order. `detail` is what it says beyond what the order does. */
async function composeOrderMail(deps: Deps, order: StoredOrder, kind: OrderMail, detail?: object): Promise<Composed> {
  switch (kind) {
    case 'acknowledgement':
    case 'confirmation':
      return compose(kind, order, { at: deps.clock.now(), withdrawal: await withdrawalFunctionOf(deps, order) })
    case 'pay-again':
      return composePayAgain(order, (await deps.findPaymentPage(deps, order))?.url)
    case 'claimed': {
      const claimed = detail as ClaimedDetail
      const { number } = claimed
      const invoice = number && (await deps.composeDocumentMail(deps, order, { kind: 'invoice', detail: { number } }))
      return composeClaimed(order, claimed, invoice ? invoice.attachments![0] : undefined)
    }
    case 'stopped':
      return composeStopped(order, (detail as { requestId: string }).requestId)
    case 'seller-ends':
      return composeSellerEnds(detail as SellerEnds, order)
    case 'paid-out':
      return composePaidOut(detail as PaidOut, order)
    case 'price-offered':
      return composePriceOffered(detail as PriceOffered, order)
    case 'readdressed':
      return composeReaddressed(detail as Readdressed, order)
    case 'cancelled':
      return composeNews({ kind, detail } as News, order)
    case 'sent': {
      const { entryId } = detail as { entryId?: number }
      const invoice = entryId && (await deps.composeDocumentMail(deps, order, { kind: 'invoice', detail: { entryId } }))
      const withdrawal = await withdrawalFunctionOf(deps, order)
      return composeNews({ kind, detail } as News, order, invoice ? invoice.attachments![0] : undefined, withdrawal)
    }
    case 'invoice':
    case 'credit-note':
      return deps.composeDocumentMail(deps, order, { kind, detail: detail as DocumentMail['detail'] })
    case 'not-delivered':
      return composeNotDelivered(detail as NotDelivered, order)
    case 'delivery-goes-on':
      return composeGoesOn(detail as GoesOn, order)
    case 'damage-noted':
      return composeDamageNoted(detail as DamageNoted, order)
    case 'hindered':
      return composeHindered(detail as Hindered, order)
    case 'hindrance-over':
      return composeHindranceOver(detail as HindranceOver, order)
    case 'additional-period':
      return composeExtraTime('set', detail as ExtraTime, order)
    case 'additional-period-over':
      return composeExtraTime('over', detail as ExtraTime, order)
    case 'recalled':
      return composeRecalled(detail as Recalled, order)
    case 'delayed':
    case 'late':
    case 'delivered-late':
      return composeDelay({ kind, detail } as Parameters<typeof composeDelay>[0], order)
  }
}
