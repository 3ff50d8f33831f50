import { readFileSync } from 'node:fs'
import type { Happened, Kept } from '../diary.ts'
import { afterDay, dayOf } from './days.ts'

/** A sentence of a policy, or of the law beside it, as a row of `sentences.csv`. */
export type Sentence = {
  controller: string
  record: string
  /** The period begins with the latest of these. */
  from: string
  /** What it is about only, or what begins the period again. */
  when: string
  /** No longer, and no shorter, than that: a period, `FY+` one from the end of the year, `now`, or `-` for none. */
  most: string
  least: string
  /** What becomes of it when the person asks for erasure. */
  /** `accounts-alone`: it keeps the accounts of a record, and nothing else of it. */
  asked: 'goes' | 'stays' | 'accounts' | 'accounts-alone' | 'organisation'
  source: string
  sentence: string
}

const COLUMNS = 10

/** The sentences of each play. Throws on a row that is no row. */
export function readSentences(file: URL = new URL('sentences.csv', import.meta.url)) {
  const plays = new Map<string, Sentence[]>()
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)) {
    const cells = line.split(';')
    if (cells.length !== COLUMNS) throw new Error(`Not ${COLUMNS} cells: ${line}`)
    const [play, controller, record, from, when, most, least, asked, source, sentence] = cells as string[] & [string]
    const row = { controller, record, from, when, most, least, asked, source, sentence } as Sentence
    plays.getOrInsertComputed(play, () => []).push(row)
  }
  return plays
}

/** Until when a record must be there and from when on it must not, in milliseconds; undefined where nothing says so. */
export type Promised = {
  most?: number
  least?: number
  /** The same of what accounts need of it, whatever its person asks for. */
  accounts?: number
  accountsMost?: number
  /** Whatever its person asks for, it stays until then. */
  stays?: number
  says?: Sentence
}

/** The end of a period that began at a moment: of one in hours a moment, of any other the end of its last day. */
function endOf(period: string, began: number): number | undefined {
  if (period === '-') return undefined
  if (period === 'now') return began
  if (period.startsWith('PT')) return began + Temporal.Duration.from(period).total('milliseconds')
  const day = dayOf(began)
  if (!period.startsWith('FY+')) return afterDay(day.add(period))
  return afterDay(Temporal.PlainDate.from({ year: day.year, month: 12, day: 31 }).add(period.slice(3)))
}

const lastOf = (happened: readonly Happened[], what: string) =>
  happened.reduce<number | undefined>(
    (last, each) => (each.what === what ? Math.max(last ?? 0, each.at) : last),
    undefined,
  )

const fits = ({ when }: Sentence, { longLived }: Kept) =>
  !(when === 'long-lived' && !longLived) && !(when === 'short-lived' && longLived)

/** The end of a period that begins again with each event of a kind that comes before it is over. */
function againOf({ when }: Sentence, happened: readonly Happened[], period: string, end: number | undefined) {
  if (end === undefined || !when.startsWith('again: ')) return end
  const again = happened.filter(({ what }) => what === when.slice('again: '.length)).map(({ at }) => at)
  return again
    .toSorted((a, b) => a - b)
    .reduce((until, at) => (at < until ? Math.max(until, endOf(period, at)!) : until), end)
}

const max = (a: number | undefined, b: number | undefined) =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b)

/** What the sentences promise of a record: each ground may keep it, and has it kept, for its own time. */
export function promisedOf(sentences: readonly Sentence[], kept: Kept): Promised {
  const found: Promised = {}
  let open = false
  for (const row of sentences) {
    if (row.record !== kept.kind || !fits(row, kept)) continue
    const began = lastOf(kept.happened, row.from)
    if (began === undefined) continue
    const least = againOf(row, kept.happened, row.least, endOf(row.least, began))
    const most = againOf(row, kept.happened, row.most, endOf(row.most, began))
    if (row.asked === 'accounts' || row.asked === 'accounts-alone') {
      found.accounts = max(found.accounts, least)
      found.accountsMost = max(found.accountsMost, most)
    }
    if (row.asked === 'stays') found.stays = max(found.stays, most)
    if (row.asked === 'organisation') open = true
    if (row.asked === 'accounts-alone') continue
    if (most !== undefined && (found.most === undefined || most > found.most)) found.says = row
    found.most = max(found.most, most)
    found.least = max(found.least, least)
  }
  const isOrganisations = open || sentences.some((row) => row.record === kept.kind && row.asked === 'organisation')
  return isOrganisations ? { ...found, stays: Number.POSITIVE_INFINITY } : found
}
