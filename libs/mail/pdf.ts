import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Font } from 'fontkit'
import type PDFDocument from 'pdfkit'

/** Letters of most of Europe; the fonts that every reader has know Western Europe only. */
const font = (name: string) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)
export const REGULAR = font('DejaVuSans')
export const BOLD = font('DejaVuSans-Bold')

const FONTS = [REGULAR, BOLD]

export const MARGIN = 50
export const [TITLE, TEXT] = [18, 9]

export type Pdf = InstanceType<typeof PDFDocument>

type Made = {
  title: string
  author: string
  locale: Locale
  on: string
  size?: 'A4' | 'A6'
  /** Around what is written, in points. */
  margin?: number
}

/** A4, unless it is said, in our fonts, written by `write`. `on` is the day that it says it was made: the same words are the same bytes. */
export async function renderPdf(
  { title, author, locale, on, size = 'A4', margin = MARGIN }: Made,
  write: (pdf: Pdf) => void,
): Promise<Buffer> {
  const [{ default: Document }, ...fonts] = await Promise.all([import('pdfkit'), ...FONTS.map(fontOf)])
  const pdf = new Document({
    ...{
      size,
      margin,
      font: null as never,
      lang: locale === 'nb' ? 'nb-NO' : 'en-GB',
      displayTitle: true,
    },
    info: { Title: title, Author: author, CreationDate: new Date(on) },
  })
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => pdf.on('end', resolve).on('error', reject))
  // The types of pdfkit do not know that it takes a font that was read already.
  for (const [at, name] of FONTS.entries()) pdf.registerFont(name, fonts[at] as never)
  pdf.font(REGULAR).fontSize(TEXT)
  write(pdf)
  pdf.end()
  await ended
  return Buffer.concat(chunks)
}

/** What a font file holds, read once while this process lives: to read one takes longer than to write a page. */
const read = new Map<string, Promise<Font>>()

/**
 * A font for one document. What the file says is shared, but not the glyphs: each knows the letter that it was first asked for by,
 * and then stands for that letter in what is copied from the document.
 */
async function fontOf(path: string): Promise<Font> {
  const font = await read.getOrInsertComputed(path, readFont)
  return Object.create(font, { _glyphs: { value: {} } })
}

async function readFont(path: string): Promise<Font> {
  const { create } = await import('fontkit')
  return create(await readFile(path)) as Font
}
