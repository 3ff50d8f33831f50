import { readFile } from 'node:fs/promises'
import { setImmediate as turn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { termsOf } from '../editions/registry.ts'
import { clausesIn, underEdition } from './asked-edition.ts'
import type { Answer } from './runner.ts'

/** A worked case with how it is asked. */
type Asked = { id: string; topic: string; title: string; ask?: (edition: string) => unknown }
/** What a part of an answer is under each of two editions; undefined where there is none. */
export type Part = { part: string; before?: unknown; now?: unknown }
type Told = Omit<Asked, 'ask'>
/** A case whose answer differs; `clauses` are the sentences that either answer rests on. */
export type Differing = Told & { parts: Part[]; clauses: string[] }
/** A case without an answer under one of the editions, or under any: `why` is a sentence. */
export type Unjudged = Told & { why: string }
export type Comparison = { cases: number; same: number; differing: Differing[]; unjudged: Unjudged[] }

const bankOf = (name: string) => readFile(new URL(name, import.meta.url), 'utf8')

/** The two banks of worked cases beside this file. What they need is loaded piece by piece, the largest by themselves. */
async function worked(): Promise<Asked[]> {
  const { readCases } = await import('./runner.ts')
  await turn()
  const { answerTo, isSteps, readFactsCases } = await import('./facts.ts')
  await turn()
  await import('./topics/privacy.ts')
  await turn()
  const { topics } = await import('./topics.ts')
  const rules = await bankOf('cases.csv')
  await turn()
  const ofRules = readCases(rules).map(({ id, topic, title, facts }) => ({
    ...{ id, topic, title },
    ask: () => topics[topic]!(structuredClone(facts) as never),
  }))
  const orders = await bankOf('facts.csv')
  await turn()
  const ofOrders = readFactsCases(orders).map((each): Asked => {
    const { id, topic, basis, facts } = each
    return { id, topic, title: basis, ...(!isSteps(each) && { ask: (edition) => answerTo(facts, edition) }) }
  })
  return [...ofRules, ...ofOrders]
}

/**
 * Every worked case judged under two editions. It takes half a second of the process in all: after each case others have their
 * turn. Throws for an edition that does not exist.
 */
export async function compareEditions(before: string, now: string): Promise<Comparison> {
  for (const id of [before, now]) termsOf(id)
  const told: Comparison = { cases: 0, same: 0, differing: [], unjudged: [] }
  for (const { ask, ...each } of await worked()) {
    await turn()
    told.cases++
    if (ask === undefined) {
      told.unjudged.push({ ...each, why: 'It happens across services, and a test of its own shows it.' })
      continue
    }
    const [old, current] = [before, now].map((edition) => judged(edition, ask)) as [Judged, Judged]
    const why = [old, current].find(({ error }) => error !== undefined)?.error
    if (why !== undefined) {
      told.unjudged.push({ ...each, why })
      continue
    }
    const parts = partsBetween(old, current)
    if (parts.length === 0) told.same++
    else told.differing.push({ ...each, parts, clauses: [...new Set([...old.clauses, ...current.clauses])].sort() })
  }
  return told
}

type Judged = { answer: Answer; clauses: string[]; error?: string }
function judged(edition: string, ask: NonNullable<Asked['ask']>): Judged {
  try {
    const { answer, clauses } = underEdition(edition, () => ask(edition))
    const plain = JSON.parse(JSON.stringify(answer)) as unknown
    return {
      answer: Object.fromEntries(leavesOf(plain)),
      clauses: [...new Set([...clauses, ...clausesIn(plain)])].sort(),
    }
  } catch (error) {
    return { answer: {}, clauses: [], error: error instanceof Error ? error.message : String(error) }
  }
}

/** What stands beside an answer and is none: what it rests on is compared by its numbers, and which edition it is of differs anyway. */
const BESIDE = new Set(['reasons', 'terms', 'cites'])

/** Each part of an answer that has no parts, by its path, such as `lines.0.withdrawal.until`. */
function leavesOf(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value)
    .filter(([name]) => !BESIDE.has(name))
    .flatMap(([name, part]) => leavesOf(part, path === '' ? name : `${path}.${name}`))
}

function partsBetween(old: Judged, current: Judged): Part[] {
  const names = [...new Set([...Object.keys(old.answer), ...Object.keys(current.answer)])]
  const parts = names
    .filter((name) => !isDeepStrictEqual(old.answer[name], current.answer[name]))
    .map((part) => ({ part, before: old.answer[part], now: current.answer[part] }))
  if (isDeepStrictEqual(old.clauses, current.clauses)) return parts
  return [...parts, { part: 'clauses', before: old.clauses.join(', '), now: current.clauses.join(', ') }]
}
