import { type PersonalData, type PersonalDatum, staysBecause } from '@vilkar/contracts/personal-data.ts'
import type { Kept } from '@vilkar/contracts/privacy.ts'
import type { RawBuilder } from 'kysely'

/** What leads to the records of some orders: the orders, and the ids of all that is kept about them, the orders among it. */
export type Ids = { orders: string[]; about: string[] }

/** The rows of a table that are about these orders, as a condition of SQL over its columns. */
export type Reach = (ids: Ids) => RawBuilder<unknown>

/**
 * A service as it holds personal data: its map, and how the rows of each table of it are reached. `ofCases`: what goes while the order
 * stays, once its returns and complaints have had their time.
 */
export type Holding = {
  map: PersonalData
  reaches: Record<string, Reach>
  ofCases?: { tables: readonly string[]; events: readonly string[] }
}

type Spot = { column: string; path: string[] }
/** A column that holds personal data: where in its JSON, whole if nowhere in particular; `given`: where the row says who brought it. */
export type Place = Spot & { datum: PersonalDatum; given?: Spot & { says: string } }

/** What is done otherwise than by the map's columns: `erase.ts` says how. */
const BY_OTHER_MEANS = ['outbox', 'inbox', 'jobs.job', 'jobs.job_common']

const splitPlace = (name: string) => {
  const [whole = '', ...path] = name.split('->')
  const dot = whole.lastIndexOf('.')
  return { table: whole.slice(0, dot), column: whole.slice(dot + 1), path }
}

const givenOf = ({ givenWhere }: PersonalDatum): Pick<Place, 'given'> => {
  if (givenWhere === undefined) return {}
  const [column = '', ...path] = givenWhere.place.split('->')
  return { given: { column, path, says: givenWhere.says } }
}

/** The places of each table that hold personal data. */
export function placesByTable({ columns }: PersonalData): Map<string, Place[]> {
  const places = Object.entries(columns).map(([name, datum]) => ({ ...splitPlace(name), datum, ...givenOf(datum) }))
  return Map.groupBy(
    places.filter(({ table }) => !BY_OTHER_MEANS.includes(table)),
    ({ table }) => table,
  )
}

/** Whether an erasure that keeps this takes a datum. */
export const isTaken = (datum: PersonalDatum, keeps: readonly Kept[]) =>
  staysBecause(datum) === undefined && !(datum.keptFor !== undefined && keeps.includes(datum.keptFor))

/** The places of each table that an erasure which keeps this takes. */
export function takenByTable({ map, ofCases }: Holding, keeps: readonly Kept[]): [string, Place[]][] {
  const concerned = (table: string) => !keeps.includes('order') || (ofCases?.tables.includes(table) ?? false)
  return [...placesByTable(map)]
    .filter(([table]) => concerned(table))
    .map(([table, places]): [string, Place[]] => [table, places.filter(({ datum }) => isTaken(datum, keeps))])
    .filter(([, places]) => places.length > 0)
}

/** By the name of each event, the paths of what an erasure takes of it. */
export function eventPaths({ map, ofCases }: Holding, keeps: readonly Kept[]): Record<string, string[][]> {
  const concerned = (event: string) => !keeps.includes('order') || (ofCases?.events.includes(event) ?? false)
  const fields = Object.entries(map.eventFields).filter(([, datum]) => isTaken(datum, []))
  const paths = fields.map(([name]) => name.split('.')).map(([event = '', ...path]) => ({ event, path }))
  const byEvent = Map.groupBy(
    paths.filter(({ event }) => concerned(event)),
    ({ event }) => event,
  )
  return Object.fromEntries([...byEvent].map(([event, each]) => [event, each.map(({ path }) => path)]))
}

/** What is wrong with a holding: a sentence for each table that an erasure takes something of and cannot reach, or reaches in vain. */
export function holdingFaults({ map, reaches }: Holding): string[] {
  const tables = placesByTable(map)
  const taken = [...tables].filter(([, places]) => places.some(({ datum }) => isTaken(datum, []))).map(([name]) => name)
  return [
    ...taken
      .filter((table) => !Object.hasOwn(reaches, table))
      .map((table) => `${table} holds personal data that are erased, and nothing says how its rows are reached.`),
    ...Object.keys(reaches)
      .filter((table) => !tables.has(table))
      .map((table) => `${table} is reached, and holds no personal data.`),
  ]
}
