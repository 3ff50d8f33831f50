import type { Attachment } from '@vilkar/mail/mail.ts'
import { BOLD, REGULAR, renderPdf, TEXT, TITLE } from '@vilkar/mail/pdf.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import type { PlacedOrder } from '../order-facts/projection.ts'
import { localeOf, saidInWords, statementInWords } from './in-words.ts'
import type { StoredStatement } from './statement.ts'

/** A receipt as a file, in whole. */
export type ReceiptFile = Attachment & { content: Buffer }

const words = {
  nb: {
    title: 'Kvittering for melding om angrerett',
    confirms: (seller: string) => `${seller} bekrefter å ha mottatt denne meldingen:`,
    check: 'At kvitteringen er ekte, kan hvem som helst se her:',
    file: 'angremelding',
  },
  en: {
    title: 'Receipt for a notice of withdrawal',
    confirms: (seller: string) => `${seller} confirms that this notice was received:`,
    check: 'That this receipt is genuine, anybody can see here:',
    file: 'notice-of-withdrawal',
  },
}

type Of = { seller: Pick<Seller, 'name'>; check: string }

/** The receipt as a file that can be kept and checked: what was said, the day and the time (angrerettloven § 20 a). */
export const receiptPdf = (statement: StoredStatement, { order, ...of }: Of & { order: PlacedOrder }) =>
  write(statement, {
    ...{ ...of, locale: localeOf(statement, order), about: order.facts.number },
    said: statementInWords(statement, order),
  })

/** The same for whoever has the link of a receipt: what was said as it was said, whether or not there is such an order. */
export const openReceiptPdf = (statement: StoredStatement, of: Of) =>
  write(statement, {
    ...{ ...of, locale: localeOf(statement, undefined), about: statement.id },
    said: saidInWords(statement),
  })

async function write(
  { receivedAt: on }: StoredStatement,
  { seller, check, locale, about, said }: Of & { locale: Locale; about: string; said: string[] },
): Promise<ReceiptFile> {
  const say = words[locale]
  const content = await renderPdf({ title: say.title, author: seller.name, locale, on }, (pdf) => {
    pdf.font(BOLD).fontSize(TITLE).text(say.title).font(REGULAR).fontSize(TEXT).moveDown()
    pdf.text(say.confirms(seller.name)).moveDown()
    pdf.text(said.join('\n')).moveDown()
    pdf.text(say.check).text(check, { link: check })
  })
  return { filename: `${say.file}-${about}.pdf`, content, contentType: 'application/pdf' }
}
