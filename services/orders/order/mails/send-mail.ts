import { sendMail } from '@vilkar/mail/outgoing.ts'
import { isNewest } from '@vilkar/mail/redirect.ts'
import { sha256Of } from '@vilkar/terms/order/told.ts'
import type { Deps } from '../../deps.ts'
import { handle, readOrder } from '../handle.ts'
import { type ClaimedDetail, composeClaimed } from './claimed.ts'
import { compose } from './compose.ts'
import { attachedDocuments, documentsOf, keepDocuments } from './documents.ts'
import { composeNews, isNews, type News } from './news.ts'
import { composePayAgain } from './pay-again.ts'
import { senderOfOrder } from './sender.ts'
import { composeStopped } from './stopped.ts'

/** Sends an order's mails. The contract is formed when the mail server accepts the confirmation; a refusal leaves it unformed. */
export const sendOrderMail = (deps: Deps) =>
  sendMail({
    db: deps.db,
    mailer: deps.mailer,
    fromOf: async (orderId) => senderOfOrder(await readOrder(deps.db, orderId), deps.settings),
    clock: deps.clock,
    async compose(kind, orderId, detail) {
      const stored = await readOrder(deps.db, orderId)
      if (kind === 'pay-again') return composePayAgain(stored, (await deps.findPaymentPage(deps, stored))?.url)
      if (isNews(kind)) return composeNews({ kind, detail } as News, stored)
      if (kind === 'invoice' || kind === 'credit-note')
        return deps.composeDocumentMail(deps, stored, { kind, detail: detail as { entryId: number } })
      if (kind === 'claimed') return composeClaimed(stored, detail as ClaimedDetail)
      if (kind === 'stopped') return composeStopped(stored, (detail as { requestId: string }).requestId)
      return compose(kind as 'acknowledgement' | 'confirmation', stored)
    },
    async rendered(trx, { mailId, kind, aboutId, attachments }) {
      if (kind !== 'confirmation') return
      const { state } = await readOrder(trx, aboutId)
      const sent = new Set(attachments.map(({ content }) => sha256Of(content)))
      const documents = (await attachedDocuments(state.placed)).map(({ document }) => document)
      await keepDocuments(
        trx,
        mailId,
        documents.filter(({ sha256 }) => sent.has(sha256)),
      )
    },
    async settled(trx, { mailId, aboutId: orderId, kind, messageId, at, outcome, response }) {
      // One that was on its way to an address that has been corrected since confirms nothing.
      if (kind !== 'confirmation' || !(await isNewest(trx, { mailId, aboutId: orderId, kind }))) return
      if (outcome === 'accepted') {
        const documents = await documentsOf(trx, mailId)
        await handle(trx, { type: 'ConfirmContract', data: { orderId, at, messageId, documents } }, deps)
      } else await handle(trx, { type: 'BounceConfirmation', data: { orderId, at, cause: response } }, deps)
    },
  })
