import { BOLD, REGULAR, renderPdf, TEXT, TITLE } from '@vilkar/mail/pdf.ts'
import type { Document } from './documents.ts'

const HEADING = 11
const ESCAPED = /\\(\W)/g

/** Made once while this process lives, and kept: by the hash of the text, for each edition and language has its own. */
const made = new Map<string, Promise<Buffer>>()

/** The terms or the form as PDF. `on` is the first day of the edition, so that the same text is the same bytes. */
export const pdfOfDocument = (document: Document, by: Maker): Promise<Buffer> =>
  made.getOrInsertComputed(document.sha256, () => render(document, by))

type Maker = { author: string; on: string }

/** Markdown as terms have it: a title, headings, and paragraphs between blank lines. */
function render({ locale, content }: Document, { author, on }: Maker) {
  const [first = '', ...blocks] = content.trim().split(/\n{2,}/)
  const title = first.replace(/^# /, '')
  return renderPdf({ title: `${title}, ${author}`, author, locale, on }, (pdf) => {
    pdf.font(BOLD).fontSize(TITLE).text(title).moveDown()
    for (const block of blocks) {
      const heading = /^#+ (.*)$/.exec(block)?.[1]
      if (heading === undefined) pdf.font(REGULAR).fontSize(TEXT)
      else pdf.font(BOLD).fontSize(HEADING)
      pdf.text((heading ?? block).replace(ESCAPED, '$1')).moveDown(0.6)
    }
  })
}
