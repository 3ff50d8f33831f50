import { styleText } from 'node:util'
import { nameOf, type Reason } from './words.ts'

const MOMENT_WIDTH = 11
const LINE_WIDTH = 110

/**
 * Prints a story a line at a time: what happened, then the sentences that it rests on. Each sentence is printed out once;
 * a later step that rests on it only names it.
 */
export function createTimeline(print: (line: string) => void) {
  const told = new Set<string>()
  const quiet = (text: string) => styleText('dim', text)

  return function tell(step: string, text: string, ...reasons: Reason[]) {
    const cites = new Map(reasons.flatMap((reason) => reason.cites).map((cite) => [nameOf(cite), cite.text]))
    const again = [...cites.keys()].filter((name) => told.has(name))
    const known = again.length > 0 ? ` (${again.join(', ')})` : ''
    const [first = '', ...more] = wrap(text + known, LINE_WIDTH - MOMENT_WIDTH)
    print(`${styleText('bold', step.padEnd(MOMENT_WIDTH))}${first}`)
    for (const line of more) print(indented(line))
    for (const [name, sentence] of cites) {
      if (told.has(name)) continue
      told.add(name)
      for (const line of wrap(`${name}: ${sentence}`, LINE_WIDTH - MOMENT_WIDTH - 2))
        print(quiet(indented(`  ${line}`)))
    }
  }
}
export type Tell = ReturnType<typeof createTimeline>

const indented = (line: string) => ' '.repeat(MOMENT_WIDTH) + line

/** Breaks a text into lines of at most so many characters, between words only. */
function wrap(text: string, width: number) {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = ''
    }
    line += (line === '' ? '' : ' ') + word
  }
  return [...lines, line]
}
