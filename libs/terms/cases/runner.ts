import { isDeepStrictEqual } from 'node:util'
import { parse } from 'csv-parse/sync'

/** What the house says to the facts of a case, in the words of the bank of cases: every key that a case may expect. */
export type Answer = Readonly<Record<string, unknown>>

/** From the facts of a case, parsed from JSON, to the answer. A topic declares the facts that it reads. */
export type Topic = (facts: never) => Answer

/** One row of a file of cases. The other columns (title, reason, source …) are for people. */
export type Case = { id: string; topic: string; title: string; facts: object; expected: Answer }

/** A case with what came out. `wrong` names each expected key whose value differs; `got` has those values. */
export type Verdict = Case & { wrong: string[]; got: Answer; error?: string }

const COLUMNS = ['case_id', 'topic', 'title', 'facts_json', 'expected_json']

/** The cases of a CSV file (RFC 4180, with a header). Throws a sentence that names the column or the case when it cannot. */
export function readCases(csv: string): Case[] {
  const rows = parse<Record<string, string>>(csv, { columns: true, bom: true, skip_empty_lines: true, trim: true })
  if (rows.length === 0) throw new RangeError('The file holds no cases.')
  const missing = COLUMNS.filter((column) => !(column in rows[0]!))
  if (missing.length > 0) throw new RangeError(`The file lacks the column ${missing.join(', ')}.`)
  return rows.map((row) => ({
    id: row.case_id!,
    topic: row.topic!,
    title: row.title!,
    facts: objectIn(row.case_id!, row, 'facts_json'),
    expected: objectIn(row.case_id!, row, 'expected_json') as Answer,
  }))
}

/** The JSON object in a column of a case's row. Throws a sentence that names the case when it is none. */
export function objectIn(id: string, row: Record<string, string>, column: string): object {
  try {
    const value = JSON.parse(row[column]!)
    if (typeof value === 'object' && value !== null) return value
  } catch {}
  throw new RangeError(`${id}: ${column} is not a JSON object.`)
}

/**
 * Asks the house and compares. A case passes when every key that it expects has exactly the value expected: a key that the
 * topic does not compute, a topic that does not exist and an answer that throws are failures.
 */
export function judge(each: Case, topics: Readonly<Record<string, Topic>>): Verdict {
  const topic = Object.hasOwn(topics, each.topic) ? topics[each.topic] : undefined
  const expects = Object.keys(each.expected)
  if (topic === undefined) return { ...each, wrong: expects, got: {}, error: `There is no topic ${each.topic}.` }
  try {
    const answer = topic(structuredClone(each.facts) as never)
    const wrong = expects.filter((key) => !isDeepStrictEqual(answer[key], each.expected[key]))
    if (expects.length === 0) return { ...each, wrong, got: {}, error: 'The case expects nothing.' }
    return { ...each, wrong, got: Object.fromEntries(wrong.map((key) => [key, answer[key] ?? null])) }
  } catch (error) {
    return { ...each, wrong: expects, got: {}, error: String(error) }
  }
}

export const hasFailed = ({ wrong, error }: Verdict) => wrong.length > 0 || error !== undefined

/** The report: one line per topic, then each failing case, then the line that counts them. */
export function report(verdicts: readonly Verdict[]): string {
  const failed = verdicts.filter(hasFailed)
  return [
    ...Object.entries(Object.groupBy(verdicts, ({ topic }) => topic)).map(
      ([topic, ofTopic = []]) =>
        `${topic}: ${ofTopic.filter((each) => !hasFailed(each)).length} passed, ${ofTopic.filter(hasFailed).length} failed`,
    ),
    ...failed.flatMap(({ id, topic, title, facts, expected, got, wrong, error }) => [
      '',
      `${id} ${topic}: ${title}`,
      `  facts     ${JSON.stringify(facts)}`,
      `  expected  ${JSON.stringify(expected)}`,
      `  got       ${error ?? JSON.stringify(got)}${error === undefined ? `  (differs in ${wrong.join(', ')})` : ''}`,
    ]),
    '',
    `cases: ${verdicts.length - failed.length} passed, ${failed.length} failed`,
  ].join('\n')
}
