import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { ComposeDocumentMail } from '../deps.ts'
import { rateInWords } from '../order/mails/order-in-words.ts'
import { type DocumentContent, findContent } from './content.ts'
import { pdfName, pdfOf } from './pdf.ts'
import { totalOfDocument, vatInNok, words } from './words.ts'

/** The mail that brings a sales document as PDF, and shows how its amount is worked out, in the language of the order. */
export async function composeDocument(content: DocumentContent): Promise<Composed> {
  const { locale, series, number, orderNumber, currency, gross, seller, settledBy } = content
  const say = words[locale]
  const { opening, subject } = settledBy === 'claim' ? say.claim : say
  const amount = formatMoney(locale, gross, currency)
  const paragraphs = [
    opening[series](amount),
    calculation(content).join('\n'),
    say.attached[series](number),
    signatureOf(seller, locale),
  ]
  return {
    locale,
    subject: subject[series]({ number, order: orderNumber, amount }),
    text: paragraphs.join('\n\n'),
    attachments: [{ filename: pdfName(content), content: await pdfOf(content), contentType: 'application/pdf' }],
  }
}

/** Goods and delivery with VAT, a line each, and what they come to. Delivery is one line, whatever rates it bears. */
function calculation(content: DocumentContent): string[] {
  const { locale, currency, lines, rates, gross, exported } = content
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const delivery = lines.filter(({ kind }) => kind === 'delivery')
  const freight = delivery.reduce((sum, line) => sum + line.gross, 0)
  return [
    ...lines
      .filter(({ kind }) => kind === 'goods')
      .map((line) => `${line.quantity} × ${line.name}: ${money(line.gross)}`),
    ...(delivery.length > 0 ? [`${say.delivery}, ${delivery[0]!.name}: ${money(freight)}`] : []),
    `${totalOfDocument(content)}: ${money(gross)}`,
    ...(exported
      ? [say.exported]
      : rates
          .filter(({ rate }) => rate > 0)
          .map(({ rate, vat }) => `${say.vatWithin} ${rateInWords(locale, rate)}: ${money(vat)}`)),
    ...vatInNok(content),
  ]
}

/** The mail that brings the document of a ledger entry, or that of a number. */
export const composeDocumentMail: ComposeDocumentMail = async ({ db }, order, { kind, detail }) => {
  const content = await findContent(db, order, ({ series, number, entryId }) =>
    'number' in detail ? series === kind && number === detail.number : entryId === detail.entryId,
  )
  if (content === undefined) throw new Error(`Order ${order.id} has no ${kind} ${JSON.stringify(detail)}.`)
  if (content.inNok === 'missing')
    throw new Error('The exchange rate by which the document states its VAT is not given yet.')
  return composeDocument(content)
}
