import { BOLD, REGULAR, renderPdf } from '@vilkar/mail/pdf.ts'
import { countryName } from '@vilkar/terms/sellers/seller.ts'
import type { ParcelContent } from './content.ts'
import { receiverLines } from './parties.ts'
import { words } from './words.ts'

/** In points, on A6. */
const MARGIN = 20
const [HEADING, RECEIVER, SENDER] = [14, 13, 8]
/** The bar code is as high as this, or as wide: its modules are 0.2 to 0.4 mm. */
const BAR: [number, number] = [255, 70]
const BAR_HEIGHT_MM = 22

/** The label of a parcel as PDF on A6: who sends it, who gets it, and the parcel's number as Code 128 (ISO/IEC 15417). */
export async function parcelLabel(content: ParcelContent): Promise<Buffer> {
  const { locale, orderNumber, seller, requestedOn, carrier, scanned } = content
  const say = words[locale]
  const { default: bwip } = await import('bwip-js')
  const bar = await bwip.toBuffer({ bcid: 'code128', text: scanned, height: BAR_HEIGHT_MM, scale: 3 })
  const title = `${say.label}, ${say.order.toLowerCase()} ${orderNumber}`
  const { name, address } = seller
  const made = { title, author: name, locale, on: requestedOn, size: 'A6', margin: MARGIN } as const
  return renderPdf(made, (pdf) => {
    if (carrier) pdf.font(BOLD).fontSize(HEADING).text(carrier).moveDown(0.5)
    pdf.font(BOLD).fontSize(SENDER).text(say.from).font(REGULAR)
    pdf
      .text(
        [name, address.street, `${address.postalCode} ${address.city}`, countryName(locale, address.country)].join(
          '\n',
        ),
      )
      .moveDown()
    pdf.font(BOLD).text(say.to).fontSize(RECEIVER).text(receiverLines(content).join('\n')).moveDown()
    pdf.image(bar, { fit: BAR, align: 'center' })
    pdf.font(REGULAR).fontSize(SENDER).moveDown(0.5).text(scanned, { align: 'center' })
    pdf.text(`${say.order} ${orderNumber}`, { align: 'center' })
  })
}

/** What the file is called. */
export const labelName = ({ locale, orderNumber }: ParcelContent) => `${words[locale].file.label}-${orderNumber}.pdf`
