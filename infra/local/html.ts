import { escapeHtml } from '@vilkar/mail/mail.ts'

/** Markup that is safe to send: everything that was put into it is escaped. */
export type Html = { markup: string }
type Part = Html | string | number | undefined | false | Part[]

/** A tagged template: what is put in is escaped, unless it is markup of this kind itself; `false` and undefined leave nothing. */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Html => ({
  markup: texts.map((text, index) => text + (index < parts.length ? markupOf(parts[index]) : '')).join(''),
})

function markupOf(part: Part): string {
  if (part === undefined || part === false) return ''
  if (Array.isArray(part)) return part.map(markupOf).join('')
  return typeof part === 'object' ? part.markup : escapeHtml(String(part))
}
