import { BOLD, type Pdf, REGULAR, renderPdf, TEXT, TITLE } from '@vilkar/mail/pdf.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { guaranteeNoticeOfTheUnion } from '@vilkar/terms/statute/guarantee-notice.ts'

/** In points. */
const [CODE, YEARS, LEAD] = [110, 44, 12]

/** What a label of a guarantee of durability says: its title, the goods, for how long, and what stands under them, a line each. */
export type Label = { title: string; goods: string; years: string; lines: readonly string[]; link: string }
type Maker = { author: string; on: string }

/** A QR code (ISO/IEC 18004) as a picture; made once for each address. */
const codes = new Map<string, Promise<Buffer>>()
const codeOf = (link: string) =>
  codes.getOrInsertComputed(link, async () => {
    const { default: bwip } = await import('bwip-js')
    return bwip.toBuffer({ bcid: 'qrcode', text: link, scale: 4 })
  })

/** Made once for each seller and edition while this process lives: it says the same to everybody. */
const notices = new Map<string, Promise<Buffer>>()

/**
 * The notice of the legal guarantee as PDF: its words in their order with the QR code where they name it. Not the Commission's drawing, which is
 * not at hand (decision 67).
 */
export const noticePdf = (by: Maker): Promise<Buffer> =>
  notices.getOrInsertComputed(`${by.author} ${by.on}`, () => drawNotice(by))

async function drawNotice({ author, on }: Maker) {
  const { language, title, parts } = guaranteeNoticeOfTheUnion
  const links = new Map<string, Buffer>()
  for (const { link } of parts) if (link) links.set(link, await codeOf(link))
  return renderPdf({ title, author, locale: language, on }, (pdf) => {
    pdf.font(BOLD).fontSize(TITLE).text(title).moveDown()
    for (const [i, { text, points = [], steps = [], link }] of parts.entries()) {
      pdf.font(i === 0 ? BOLD : REGULAR).fontSize(i === 0 ? LEAD : TEXT)
      pdf.text(text)
      pdf.font(REGULAR).fontSize(TEXT)
      if (points.length > 0) pdf.moveDown(0.3).list(points, { bulletRadius: 1.5 })
      if (steps.length > 0) pdf.moveDown(0.3).list(steps, { listType: 'numbered' })
      if (link) draw(pdf, link, links.get(link)!)
      pdf.moveDown(0.8)
    }
  })
}

/** The labels of guarantees of durability as PDF, each with its QR code. Not the Commission's drawing either. */
export async function labelsPdf(labels: readonly Label[], { author, on, locale }: Maker & { locale: Locale }) {
  const codes = await Promise.all(labels.map(({ link }) => codeOf(link)))
  const { title } = labels[0]!
  return renderPdf({ title: `${title}, ${author}`, author, locale, on }, (pdf) => {
    for (const [i, { goods, years, lines, link }] of labels.entries()) {
      if (i > 0) pdf.addPage()
      pdf.font(BOLD).fontSize(TITLE).text(title)
      pdf.fontSize(YEARS).text(years).fontSize(LEAD).text(goods).moveDown(0.5)
      pdf.font(REGULAR).fontSize(TEXT).text(lines.join('\n\n'))
      draw(pdf, link, codes[i]!)
    }
  })
}

/** The code, and under it where it leads. */
function draw(pdf: Pdf, link: string, code: Buffer) {
  pdf.moveDown(1)
  const [{ left }, top] = [pdf.page.margins, pdf.y]
  pdf.image(code, left, top, { fit: [CODE, CODE] })
  pdf.y = top + CODE
  pdf.moveDown(0.5).text(link.replace(/^https:\/\//, ''), left, pdf.y, { link })
}
