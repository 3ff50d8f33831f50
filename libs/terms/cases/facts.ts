import { isDeepStrictEqual } from 'node:util'
import { parse } from 'csv-parse/sync'
import { editionAt, editionById, sellers } from '../editions/registry.ts'
import { completeFacts, placedAtOf, type ToldFacts } from '../order/complete-facts.ts'
import { entitlements } from '../order/entitlements.ts'
import { placeOf } from '../ruling/ruling.ts'
import { reasonsIn } from './asked-edition.ts'
import { named } from './named-rules.ts'
import { type Answer, objectIn, type Verdict } from './runner.ts'

/**
 * A case of `facts.csv`. Its facts are those of an order as `POST /eligibility` takes them, or `{ function, … }` for a rule by
 * name, or `{ steps }` for something that happens across services, told in words and shown by a test of its own.
 */
export type FactsCase = { id: string; topic: string; facts: object; expected: Answer; basis: string }

/** Whether a file of cases has the columns of this kind. */
export const holdsFacts = (csv: string) => /^﻿?id,topic,facts,expected,basis\r?$/m.test(csv.split('\n', 1)[0]!)

/** The cases of a CSV file (RFC 4180, with a header). Throws a sentence that names the case when one cannot be read. */
export function readFactsCases(csv: string): FactsCase[] {
  const rows = parse<Record<string, string>>(csv, { columns: true, bom: true, skip_empty_lines: true, trim: true })
  if (rows.length === 0) throw new RangeError('The file holds no cases.')
  return rows.map((row) => ({
    id: row.id!,
    topic: row.topic!,
    facts: objectIn(row.id!, row, 'facts'),
    expected: objectIn(row.id!, row, 'expected') as Answer,
    basis: row.basis!,
  }))
}

export const isSteps = ({ facts }: FactsCase) => 'steps' in facts

/**
 * Asks the house and compares. A key that a case expects is a path into the answer (`lines.0.risk.bearer`), where null says
 * that there is nothing, or a question about its reasons: `#cites`, a section that one of them cites; `#text of § 29`, words that
 * stand in that section as it is cited; `#codeAbsent`, a reason that is not among them.
 */
export function judgeFacts(each: FactsCase): Verdict {
  const { id, topic, facts, expected } = each
  const verdict = { id, topic, title: each.basis, facts, expected }
  const expects = Object.keys(expected)
  try {
    const got = differing(JSON.parse(JSON.stringify(answerTo(facts))), expected)
    const wrong = Object.keys(got)
    return { ...verdict, wrong, got, ...(expects.length === 0 && { error: 'The case expects nothing.' }) }
  } catch (error) {
    return { ...verdict, wrong: expects, got: {}, error: String(error) }
  }
}

/** What an answer, parsed from JSON, says otherwise to the keys that a case expects, in the words of `judgeFacts`; nothing where it agrees. */
export const differing = (answer: unknown, expected: Answer): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(expected)
      .map((key) => [key, found(answer, key, expected[key])] as const)
      .filter(([key, got]) => !isDeepStrictEqual(got, expected[key])),
  )

/** What the house answers to the facts of a case: of an order by the edition of its day, unless another is named. */
export function answerTo(facts: object, id?: string): unknown {
  if ('function' in facts) {
    const { function: name, ...asked } = facts as { function: string }
    return named(name, asked)
  }
  const { at: moment, ...told } = facts as ToldFacts & { at: string }
  const at = Temporal.Instant.from(moment)
  const placedAt = Temporal.Instant.from(placedAtOf(told, at))
  const edition = id === undefined ? editionAt(placedAt, sellers()[0]!.id) : knownEdition(id)
  return entitlements(completeFacts(told, { edition: edition.id, sha256: edition.sha256 }, at), at)
}

function knownEdition(id: string) {
  const edition = editionById(id)
  if (edition === undefined) throw new RangeError(`there is no edition ${id} of any terms`)
  return edition
}

const TEXT_OF = '#text of '

/** What an answer says to a key. A question about reasons gives what was expected when it holds, and else what there is. */
function found(answer: unknown, key: string, expected: unknown): unknown {
  const reasons = reasonsIn(answer)
  const cites = reasons.flatMap((reason) => reason.cites)
  if (key.startsWith(TEXT_OF)) {
    const texts = cites.filter((cite) => placeOf(cite) === key.slice(TEXT_OF.length)).map(({ text }) => text)
    return texts.some((text) => text.includes(String(expected))) ? expected : texts
  }
  switch (key) {
    case '#cites':
      return cites.some((cite) => placeOf(cite) === expected) ? expected : cites.map(placeOf)
    case '#codeAbsent':
      return reasons.every(({ code }) => code !== expected) ? expected : reasons.map(({ code }) => code)
    default:
      return key.split('.').reduce<unknown>((part, step) => (part as Record<string, unknown>)?.[step], answer) ?? null
  }
}
