import { BOLD, type Pdf, REGULAR, renderPdf, TEXT, TITLE } from '@vilkar/mail/pdf.ts'
import type { ParcelContent } from './content.ts'
import { receiverLines, senderLines } from './parties.ts'
import { words } from './words.ts'

/** The slip that goes into a parcel, as PDF: the same bytes for the same content. */
export function packingSlip(content: ParcelContent): Promise<Buffer> {
  const { locale, orderNumber, seller, requestedOn } = content
  const say = words[locale]
  const title = `${say.slip}, ${say.order.toLowerCase()} ${orderNumber}`
  return renderPdf({ title, author: seller.name, locale, on: requestedOn }, (pdf) => {
    pdf.font(BOLD).fontSize(TITLE).text(say.slip).font(REGULAR).fontSize(TEXT).moveDown()
    pdf.text(`${say.order}: ${orderNumber}\n${say.shipment}: ${content.shipmentId}`).moveDown()
    const headings = [say.seller, say.to].map((text) => ({ text, font: { src: BOLD, size: TEXT } }))
    const parties = [senderLines(content), receiverLines(content)].map((lines) => lines.join('\n'))
    pdf.table({ defaultStyle: { border: false, padding: 0 }, data: [headings, parties] })
    pdf.moveDown()
    writeLines(pdf, content)
    for (const [heading, text] of notesOf(content)) {
      if (heading) pdf.font(BOLD).text(heading).font(REGULAR)
      pdf.text(text).moveDown()
    }
  })
}

/** What is in the parcel, a line each. The heading stands in bold. */
function writeLines(pdf: Pdf, { locale, lines }: ParcelContent) {
  const right = { x: 'right', y: 'top' } as const
  pdf.table({
    columnStyles: ['*', 120, 62],
    defaultStyle: { border: { top: 0, right: 0, bottom: 0.5, left: 0 }, borderColor: '#999', padding: 4 },
    data: [
      words[locale].columns.map((text, at) => ({
        text,
        font: { src: BOLD, size: TEXT },
        ...(at === 2 && { align: right }),
      })),
      ...lines.map(({ name, sku, quantity }) => [name, sku, { text: String(quantity), align: right }]),
    ],
  })
  pdf.font(REGULAR).fontSize(TEXT).moveDown()
}

/** What a customer is to know, each under its heading. */
function notesOf({
  locale,
  seller,
  toFollow,
  instead,
  needManual,
  manualsInside,
  manualsOnline,
  withdrawal,
}: ParcelContent): [string, string][] {
  const say = words[locale]
  const { email, phone } = seller
  const still = [say.toFollow, ...toFollow.map(({ quantity, name }) => `${quantity} × ${name}`)].join('\n')
  const manual = [
    ...(needManual.length > 0 ? [say.readManual(needManual.join(', '))] : []),
    ...(manualsInside.length > 0 ? [say.manualInside(manualsInside.join(', '))] : []),
    ...manualsOnline.map(({ name, url }) => say.manualOnline(name, url)),
    say.manualIsWith(email, manualsInside.length + manualsOnline.length > 0),
  ]
  const withdraw = withdrawal && [
    withdrawal.formByMail ? say.formByMail : say.askForForm(email),
    ...(withdrawal.page ? [say.withdrawHere(withdrawal.page)] : []),
  ]
  return [
    ...(instead ? [['', say.instead[instead]] as [string, string]] : []),
    ...(toFollow.length > 0 ? [['', still] as [string, string]] : []),
    [say.manual, manual.join('\n')],
    ...(withdraw ? [[say.withdrawal, withdraw.join('\n')] as [string, string]] : []),
    ['', say.wrong(email, phone)],
  ]
}

/** What the file is called. */
export const slipName = ({ locale, orderNumber }: ParcelContent) => `${words[locale].file.slip}-${orderNumber}.pdf`
