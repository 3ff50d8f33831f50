import { stripVTControlCharacters } from 'node:util'

const MAX_CELL = 120

/** Rows in columns; undefined when there are none. What services say may hold anything, and moves no cursor. */
export function table(head: string[], rows: string[][]): string | undefined {
  if (rows.length === 0) return undefined
  const lines = [head, ...rows.map((row) => row.map(plain))]
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)))
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export const plain = (text: string) =>
  stripVTControlCharacters(text)
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, MAX_CELL)

const STEPS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** How long ago a moment is, by the machine's clock, in its largest unit; nothing of no moment. */
export function ago(moment: string | undefined, now = Temporal.Now.instant()) {
  if (moment === undefined) return ''
  const seconds = Math.max(
    0,
    Math.floor((now.epochMilliseconds - Temporal.Instant.from(moment).epochMilliseconds) / 1_000),
  )
  const [unit, size] = STEPS.find(([, size]) => seconds >= size) ?? STEPS.at(-1)!
  return `${Math.floor(seconds / size)} ${unit} ago`
}
