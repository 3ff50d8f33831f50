import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { ComposeDocumentMail } from '../deps.ts'
import { rateInWords } from '../order/mails/order-in-words.ts'
import { type DocumentContent, findContent } from './content.ts'
import { pdfName, pdfOf } from './pdf.ts'
import { words } from './words.ts'

/** The mail that brings a sales document as PDF, and shows how its amount is worked out, in the language of the order. */
export async function composeDocument(content: DocumentContent): Promise<Composed> {
  const { locale, series, number, orderNumber, currency, gross, seller } = content
  const say = words[locale]
  const amount = formatMoney(locale, gross, currency)
  const paragraphs = [
    say.opening[series](amount),
    calculation(content).join('\n'),
    say.attached[series](number),
    signatureOf(seller, locale),
  ]
  return {
    locale,
    subject: say.subject[series]({ number, order: orderNumber, amount }),
    text: paragraphs.join('\n\n'),
    attachments: [{ filename: pdfName(content), content: await pdfOf(content), contentType: 'application/pdf' }],
  }
}

/** Goods and delivery with VAT, a line each, and what they come to. Delivery is one line, whatever rates it bears. */
function calculation({ locale, currency, series, lines, rates, gross, exported }: DocumentContent): string[] {
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const delivery = lines.filter(({ kind }) => kind === 'delivery')
  const freight = delivery.reduce((sum, line) => sum + line.gross, 0)
  return [
    ...lines
      .filter(({ kind }) => kind === 'goods')
      .map((line) => `${line.quantity} × ${line.name}: ${money(line.gross)}`),
    ...(delivery.length > 0 ? [`${say.delivery}, ${delivery[0]!.name}: ${money(freight)}`] : []),
    `${say.total[series]}: ${money(gross)}`,
    ...(exported
      ? [say.exported]
      : rates
          .filter(({ rate }) => rate > 0)
          .map(({ rate, vat }) => `${say.vatWithin} ${rateInWords(locale, rate)}: ${money(vat)}`)),
  ]
}

/** The mail that brings the document of a ledger entry. */
export const composeDocumentMail: ComposeDocumentMail = async ({ db }, order, { detail: { entryId } }) => {
  const content = await findContent(db, order, (document) => document.entryId === entryId)
  if (content === undefined) throw new Error(`Order ${order.id} has no document of the ledger's entry ${entryId}.`)
  return composeDocument(content)
}
