import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

/** How a promise is kept today. `library`: a rule of `libs/terms` knows it, and no service asks the rule. */
export const states = ['kept', 'text', 'library', 'missing'] as const
export type State = (typeof states)[number]

/** A promise in our words: where it stands, what keeps it, the test that shows it, and why nothing can run where it is text alone. */
export type Row = {
  section: string
  promise: string
  state: State
  /** Doors as `orders GET /terms`, events as `OrderPlaced`, files of a service as paths, rules as `terms.withdrawal`. */
  keptBy: string[]
  /** `path: title`, empty where nothing keeps it. */
  shownBy: string
  why: string
}

export type Source = { title: string; file: string; rows: Row[] }

const read = (file: string) =>
  parse(readFileSync(new URL(file, import.meta.url), 'utf8'), { columns: true }) as Record<string, string>[]

/** Every document that promises something, as `documents.csv` lists them, with its promises in the order in which they are made. */
export const sources = (): Source[] =>
  read('documents.csv').map(({ title, file }) => ({ title: title!, file: file!, rows: read(file!).map(rowOf) }))

const rowOf = (row: Record<string, string>): Row => ({
  ...{ section: row.section!, promise: row.promise!, state: row.state as State },
  keptBy: row['kept by'] ? row['kept by'].split('; ') : [],
  ...{ shownBy: row['shown by']!, why: row.why! },
})
