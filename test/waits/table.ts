/** A row of the table of waits: the constant that ends the wait, in its file, and how long it is said to be. */
export type Row = { file: string; constant: string; seconds: number }

const ROW = /^\|[^|]+\|\s*([\d.]+) (ms|s|min|h)\s*\|\s*`([^`]+)`: `([\w.]+)`\s*\|/gm
const SECONDS: Record<string, number> = { ms: 0.001, s: 1, min: 60, h: 3_600 }

export const rowsOf = (markdown: string): Row[] =>
  [...markdown.matchAll(ROW)].map(([, value, unit, file, constant]) => ({
    file: file!,
    constant: constant!,
    seconds: Number(value) * SECONDS[unit!]!,
  }))

/** How many seconds a constant of a file is: what ends in _SECONDS or Seconds counts those, anything else milliseconds. */
export function secondsOf(text: string, constant: string) {
  const found = new RegExp(`\\b${constant}\\s*[=:]\\s*([\\d_]+(?:\\s*\\*\\s*[\\d_]+)*)`).exec(text)
  if (found === null) return undefined
  const value = found[1]!
    .split('*')
    .map((factor) => Number(factor.replaceAll('_', '').trim()))
    .reduce((product, factor) => product * factor, 1)
  return /seconds$/i.test(constant) ? value : value / 1_000
}
