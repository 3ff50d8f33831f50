import { createRequire } from 'node:module'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type PDFDocument from 'pdfkit'

/** Letters of most of Europe; the fonts that every reader has know Western Europe only. */
const font = (name: string) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)
export const REGULAR = font('DejaVuSans')
export const BOLD = font('DejaVuSans-Bold')

export const MARGIN = 50
export const [TITLE, TEXT] = [18, 9]

export type Pdf = InstanceType<typeof PDFDocument>

/** A4 in our fonts, written by `write`. `on` is the day that it says it was made: the same words are the same bytes. */
export async function renderPdf(
  { title, author, locale, on }: { title: string; author: string; locale: Locale; on: string },
  write: (pdf: Pdf) => void,
): Promise<Buffer> {
  const { default: Document } = await import('pdfkit')
  const pdf = new Document({
    ...{ size: 'A4', margin: MARGIN, font: REGULAR, lang: locale === 'nb' ? 'nb-NO' : 'en-GB', displayTitle: true },
    info: { Title: title, Author: author, CreationDate: new Date(on) },
  })
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => pdf.on('end', resolve).on('error', reject))
  pdf.fontSize(TEXT)
  write(pdf)
  pdf.end()
  await ended
  return Buffer.concat(chunks)
}
