import { isDeepStrictEqual } from 'node:util'
import { erased } from '@vilkar/contracts/erased.ts'
import type { Category } from '@vilkar/contracts/personal-data.ts'
import { readableMail } from '@vilkar/mail/readable-mail.ts'
import { type Kysely, sql } from 'kysely'
import { type Holding, type Ids, type Place, placesByTable } from './places.ts'

/** A datum as it stands: its place, by the map's name for it, and the value, JSON or text; of a mail what can be read of it. */
export type Found = { place: string; category: Category; value: unknown }

/**
 * What a service holds of the person of some orders: the places of its map, in its order, and then what the log tells, in the order in
 * which it was told. Not who of the staff did something, which is about them. What was erased is not there any more.
 */
export async function collect<Tables>(given: Kysely<Tables>, { map, reaches }: Holding, ids: Ids): Promise<Found[]> {
  const db = given as unknown as Kysely<never>
  const found: Found[] = []
  for (const [table, all] of placesByTable(map)) {
    const places = all.filter(({ datum }) => datum.category !== 'staff')
    const reach = reaches[table]
    if (reach === undefined || places.length === 0) continue
    const columns = [...new Set(places.flatMap(({ column, given }) => [column, ...(given ? [given.column] : [])]))]
    const read = columns.map((column) => sql`${valueIn(column)} as ${sql.ref(column)}`)
    const { rows } = await sql<Record<string, unknown>>`
      select ${sql.join(read)} from ${sql.table(table)} where ${reach(ids)}`.execute(db)
    for (const kept of rows) {
      const row = Buffer.isBuffer(kept.message) ? { ...kept, message: await readableMail(kept.message) } : kept
      found.push(...places.flatMap((place) => foundAt(table, place, row)))
    }
  }
  return [...found, ...(await collectEvents(db, map, ids))]
}

/** Mails are kept as bytes, and read as such. */
const valueIn = (column: string) => (column === 'message' ? sql.ref(column) : sql`to_jsonb(${sql.ref(column)})`)

function foundAt(table: string, { column, path, datum, given }: Place, row: Record<string, unknown>): Found[] {
  const isGiven = given !== undefined && valuesAt(row[given.column], given.path).includes(given.says)
  const category = isGiven ? 'given' : datum.category
  const place = [`${table}.${column}`, ...path].join('->')
  return valuesAt(row[column], path).map((value) => ({ place, category, value }))
}

/** What stands at a path, in every item of the lists on the way; nothing of what is absent, empty or erased. */
function valuesAt(value: unknown, [name, ...rest]: string[]): unknown[] {
  if (Array.isArray(value) && name !== undefined) return value.flatMap((item) => valuesAt(item, [name, ...rest]))
  if (name !== undefined) return isObject(value) ? valuesAt(value[name], rest) : []
  return isEmpty(value) ? [] : [value]
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
/** Nothing stands there, or nothing that says anything of a person. */
const isEmpty = (value: unknown) => value === undefined || value === '' || isDeepStrictEqual(erased(value), value)

async function collectEvents(db: Kysely<never>, { eventFields }: Holding['map'], { about }: Ids) {
  const { rows } = await sql<{ type: string; data: unknown }>`
    select type, data from outbox where aggregate_id = any(${about}::uuid[]) order by seq`.execute(db)
  const fields = Object.entries(eventFields).filter(([, { category }]) => category !== 'staff')
  return rows.flatMap(({ type, data }) =>
    fields
      .filter(([name]) => name.startsWith(`${type}.`))
      .flatMap(([name, { category }]) =>
        valuesAt(data, name.split('.').slice(1)).map((value) => ({ place: `outbox.data->${name}`, category, value })),
      ),
  )
}
