/** A clause as printed: its number, its heading and its numbered sentences. */
export type Chapter = { number: string; title: string; sentences: { number: string; text: string }[] }

/** The terms as printed, taken apart: a title, an introduction, and the clauses in their order. */
export type Printed = { title: string; introduction: string; chapters: Chapter[] }

const TITLE = /^# (.+)$/
const HEADING = /^## (\d+) (.+)$/
const SENTENCE = /^(\d+\.\d+) (.+)$/

/**
 * Takes the Markdown of an edition apart. It knows the four kinds of line that terms are made of and nothing else: the title,
 * clause headings, numbered sentences, and the introduction before the first clause.
 */
export function printed(markdown: string): Printed {
  const terms: Printed = { title: '', introduction: '', chapters: [] }
  const introduction: string[] = []
  for (const line of markdown.split('\n').filter((each) => each !== '')) {
    const [, title] = TITLE.exec(line) ?? []
    const [, clause, heading] = HEADING.exec(line) ?? []
    const [, sentence, text] = SENTENCE.exec(line) ?? []
    if (title !== undefined) terms.title = title
    else if (clause !== undefined) terms.chapters.push({ number: clause, title: heading!, sentences: [] })
    else if (sentence !== undefined) terms.chapters.at(-1)?.sentences.push({ number: sentence, text: text! })
    else introduction.push(line)
  }
  return { ...terms, introduction: introduction.join(' ') }
}
