import type { Attachment } from '@vilkar/mail/mail.ts'
import { BOLD, REGULAR, renderPdf, TEXT, TITLE } from '@vilkar/mail/pdf.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { PlacedFacts } from '../order-facts/projection.ts'
import type { LabelRow } from './label-store.ts'

const words = {
  nb: {
    title: 'Returetikett',
    from: 'Fra',
    to: 'Til',
    code: 'Kode for innlevering',
    order: 'Ordre',
    file: 'returetikett',
  },
  en: {
    title: 'Return label',
    from: 'From',
    to: 'To',
    code: 'Code for handing in',
    order: 'Order',
    file: 'return-label',
  },
}
const BAR_HEIGHT_MM = 18
const QR_SCALE = 4
const [BAR_WIDTH, QR_WIDTH] = [300, 110]

/** The label to print: whom it comes from and goes to, the number that the carrier scans as a bar code, and the code to show as QR. */
export async function labelPdf(
  { carrier, tracking_number: trackingNumber, code, personal, issued_at, case_id }: LabelRow,
  { locale, number, terms }: PlacedFacts,
): Promise<Attachment> {
  const say = words[locale]
  const { name, address } = sellerOf(terms.edition)
  const { default: bwip } = await import('bwip-js')
  const bar = await bwip.toBuffer({ bcid: 'code128', text: trackingNumber!, height: BAR_HEIGHT_MM, includetext: true })
  const qr = await bwip.toBuffer({ bcid: 'qrcode', text: code ?? trackingNumber!, scale: QR_SCALE })
  const { from } = personal
  const on = Temporal.Instant.from(issued_at!).toString()
  const content = await renderPdf({ title: say.title, author: name, locale, on }, (pdf) => {
    pdf.font(BOLD).fontSize(TITLE).text(`${say.title} · ${carrier}`).font(REGULAR).fontSize(TEXT).moveDown()
    const place = (whose: string, lines: (string | undefined)[]) =>
      pdf.font(BOLD).text(whose).font(REGULAR).text(lines.filter(Boolean).join('\n')).moveDown()
    if (from) place(say.from, [from.name, from.street, `${from.postalCode} ${from.city}`, from.country])
    place(say.to, [name, address.street, `${address.postalCode} ${address.city}`, address.country])
    pdf.text(`${say.order} ${number}`).text(case_id).moveDown()
    pdf.image(bar, { width: BAR_WIDTH }).moveDown()
    if (code) pdf.font(BOLD).text(`${say.code}: ${code}`).font(REGULAR).moveDown()
    pdf.image(qr, { width: QR_WIDTH })
  })
  return { filename: `${say.file}-${number}.pdf`, content, contentType: 'application/pdf' }
}
