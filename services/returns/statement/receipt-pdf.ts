import type { Attachment } from '@vilkar/mail/mail.ts'
import { BOLD, REGULAR, renderPdf, TEXT, TITLE } from '@vilkar/mail/pdf.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import type { PlacedOrder } from '../order-facts/projection.ts'
import { localeOf, statementInWords } from './in-words.ts'
import type { StoredStatement } from './statement.ts'

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

/** The receipt as a file that can be kept and checked: what was said, the day and the time (angrerettloven § 20 a). */
export async function receiptPdf(
  statement: StoredStatement,
  { order, seller, check }: { order: PlacedOrder; seller: Pick<Seller, 'name'>; check: string },
): Promise<Attachment> {
  const locale = localeOf(statement, order)
  const say = words[locale]
  const on = statement.receivedAt
  const content = await renderPdf({ title: say.title, author: seller.name, locale, on }, (pdf) => {
    pdf.font(BOLD).fontSize(TITLE).text(say.title).font(REGULAR).fontSize(TEXT).moveDown()
    pdf.text(say.confirms(seller.name)).moveDown()
    pdf.text(statementInWords(statement, order).join('\n')).moveDown()
    pdf.text(say.check).text(check, { link: check })
  })
  return { filename: `${say.file}-${order.facts.number}.pdf`, content, contentType: 'application/pdf' }
}
