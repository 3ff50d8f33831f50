/** A table of Markdown as the formatter of the house sets it: every column as wide as its widest cell, the first row its head. */
export function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)))
  const line = (row: string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`
  const [head, ...rest] = rows
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n')
}
