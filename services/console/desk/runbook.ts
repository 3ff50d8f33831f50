import { readFileSync } from 'node:fs'
import { lazily } from '@vilkar/server/lazily.ts'
import { html } from 'hono/html'
import type { Html } from '../pages/show.ts'

const FILE = new URL('../../../docs/runbook.md', import.meta.url)

/** What the runbook says, by the name of each of its parts, which is that of an alarm; empty where the file was not brought along. */
const parts = lazily(() => {
  try {
    return partsOf(readFileSync(FILE, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return new Map<string, string>()
  }
})

/** The parts of a runbook: what stands under each heading of the third degree. */
export const partsOf = (text: string): Map<string, string> =>
  new Map(
    text
      .split(/^(?=#{1,3} )/m)
      .map((part) => /^### (\S+)\n+([\s\S]*)$/.exec(part))
      .flatMap((found) => (found === null ? [] : [[found[1]!, found[2]!.trim()] as const])),
  )

/** What the runbook says of an alarm, in its own language; undefined where it says nothing. */
export function runbookOf(kind: string): Html | undefined {
  const text = parts().get(kind)
  if (text === undefined) return undefined
  return html`<div class="stack" lang="en">${text.split(/\n{2,}/).map((paragraph) => html`<p>${inWords(paragraph)}</p>`)}</div>`
}

/** Markdown of the runbook as markup: what stands out, and what is typed; links are their words. Everything else is escaped. */
function inWords(paragraph: string): Html {
  const pieces = paragraph.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1').split(/(\*\*[^*]+\*\*|`[^`]+`)/)
  return html`${pieces.map((piece) => {
    if (piece.startsWith('**') && piece.endsWith('**') && piece.length > 4)
      return html`<strong>${piece.slice(2, -2)}</strong>`
    if (piece.startsWith('`') && piece.endsWith('`') && piece.length > 2)
      return html`<code>${piece.slice(1, -1)}</code>`
    return piece
  })}`
}
