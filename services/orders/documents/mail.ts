import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { ComposeDocumentMail } from '../deps.ts'
import { type DocumentContent, findContent } from './content.ts'
import { pdfName, pdfOf } from './pdf.ts'
import { words } from './words.ts'

/** The mail that brings a sales document as PDF, in the language of the order. */
export async function composeDocument(content: DocumentContent): Promise<Composed> {
  const { locale, series, number, orderNumber, currency, gross, seller } = content
  const say = words[locale]
  const paragraphs = [
    `${say.opening[series](formatMoney(locale, gross, currency))} ${say.keep}`,
    say.settled[series],
    signatureOf(seller, locale),
  ]
  return {
    locale,
    subject: say.subject[series](number, orderNumber),
    text: paragraphs.join('\n\n'),
    attachments: [{ filename: pdfName(content), content: await pdfOf(content), contentType: 'application/pdf' }],
  }
}

/** The mail that brings the document of a ledger entry. */
export const composeDocumentMail: ComposeDocumentMail = async ({ db }, order, { detail: { entryId } }) => {
  const content = await findContent(db, order, (document) => document.entryId === entryId)
  if (content === undefined) throw new Error(`Order ${order.id} has no document of the ledger's entry ${entryId}.`)
  return composeDocument(content)
}
