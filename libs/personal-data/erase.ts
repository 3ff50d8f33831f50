import { ERASED, personalPathsOf, QUOTING } from '@vilkar/contracts/erased.ts'
import type { OrderDataErased } from '@vilkar/contracts/orders-erasure.ts'
import type { Kept } from '@vilkar/contracts/privacy.ts'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import { eventPaths, type Holding, type Ids, type Place, takenByTable } from './places.ts'

export type Counts = OrderDataErased['data']['counts']

/** Of a column, what PostgreSQL's catalogue says. */
type Column = { name: string; type: string; required: boolean }

/**
 * Erases what a service holds of some orders: rows that serve nothing else go, and of others what is personal is blanked, as are the events
 * of the log. Pictures are marked, and go with their files when the sweep comes by. What was erased before is not counted again.
 * Throws RangeError of a map that names what is not there or what cannot be reached.
 */
export async function erase<Tables>(
  given: Transaction<Tables>,
  holding: Holding,
  ids: Ids,
  { keeps, at }: { keeps: readonly Kept[]; at: string },
): Promise<Counts> {
  const trx = given as unknown as Transaction<never>
  const counts = { blanked: 0, deleted: 0, events: 0, files: 0 }
  for (const [table, places] of takenByTable(holding, keeps)) {
    const reach = holding.reaches[table]
    if (reach === undefined) throw new RangeError(`Nothing says how the rows of ${table} are reached.`)
    const rows = reach(ids)
    if (table === 'photo') counts.files += await countOf(trx, letPhotosGo(rows, at))
    else if (places.every(({ datum }) => datum.erased === 'row-deleted'))
      counts.deleted += await countOf(trx, sql`delete from ${sql.table(table)} where ${rows}`)
    else counts.blanked += await countOf(trx, await blanking(trx, table, places, rows))
  }
  const events = await eraseEvents(trx, eventPaths(holding, keeps), ids)
  // What waits is of what is under way, and so of an order that stays.
  if (keeps.includes('order')) return { ...counts, events }
  const { deleted, blanked } = await eraseWaiting(trx, holding, ids)
  return { ...counts, deleted: counts.deleted + deleted, blanked: counts.blanked + blanked, events }
}

const countOf = async (trx: Transaction<never>, statement: RawBuilder<unknown>) =>
  Number((await statement.execute(trx)).numAffectedRows ?? 0n)

const letPhotosGo = (rows: RawBuilder<unknown>, at: string) =>
  sql`update photo set leaving_at = ${at}, personal = '{}' where (${rows}) and leaving_at is null`

/** The statement that blanks these places of the rows, and touches none that has nothing in them. */
async function blanking(trx: Transaction<never>, table: string, places: Place[], rows: RawBuilder<unknown>) {
  const columns = new Map((await columnsOf(trx, table)).map((column) => [column.name, column]))
  const blanks = [...Map.groupBy(places, ({ column }) => column)].map(([name, of]) => {
    const column = columns.get(name)
    if (column === undefined) throw new RangeError(`There is no ${table}.${name}.`)
    return [
      sql.ref(name),
      blankOf(
        column,
        of.map(({ path }) => path),
      ),
    ] as const
  })
  const set = sql.join(blanks.map(([name, blank]) => sql`${name} = ${blank}`))
  const differs = sql.join(
    blanks.map(([name, blank]) => sql`${name} is distinct from ${blank}`),
    sql` or `,
  )
  return sql`update ${sql.table(table)} set ${set} where (${rows}) and (${differs})`
}

/** What a column has in the end: JSON its facts, others nothing, and a text that must be there says that it is erased. */
function blankOf({ name, type, required }: Column, paths: string[][]): RawBuilder<unknown> {
  const isWhole = paths.some((path) => path.length === 0)
  if (isWhole && !required) return sql`null`
  if (type === 'jsonb') return sql`erased_in(${sql.ref(name)}, ${JSON.stringify(paths)}::jsonb)`
  if (type === 'text') return sql`${ERASED}`
  throw new RangeError(`A column of type ${type} cannot be blanked: ${name}.`)
}

async function columnsOf(trx: Transaction<never>, table: string) {
  const { rows } = await sql<Column>`
    select attname as name, format_type(atttypid, null) as type, attnotnull as required
    from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`.execute(trx)
  return rows
}

/**
 * What waits, or is done and not deleted yet: events of others that were not applied, and jobs. A job does without what a provider told,
 * which it asks again.
 */
async function eraseWaiting(trx: Transaction<never>, { map }: Holding, ids: Ids) {
  const blanks = QUOTING.map((type) => sql`when ${sql.lit(type)} then ${JSON.stringify(personalPathsOf(type))}::jsonb`)
  const envelope = sql`jsonb_set(envelope, '{data}', erased_in(envelope -> 'data',
    case type ${sql.join(blanks, sql` `)} else '[["personal"]]'::jsonb end))`
  const about = sql`(aggregate_id = any(${ids.about}::uuid[]) or envelope #>> '{data,orderId}' = any(${ids.orders}::text[]))`
  const blanked = await countOf(
    trx,
    sql`update inbox set envelope = ${envelope}, last_error = null
      where not applied and ${about} and (envelope is distinct from ${envelope} or last_error is not null)`,
  )
  if (!Object.hasOwn(map.columns, 'jobs.job.data')) return { blanked, deleted: 0 }
  const named = sql`exists (select from unnest(${ids.about}::text[]) each (id) where strpos(data::text, id) > 0)`
  const deleted = await countOf(
    trx,
    sql`delete from jobs.job where state in ('completed', 'cancelled', 'failed') and ${named}`,
  )
  const waiting = await countOf(
    trx,
    sql`update jobs.job set output = null, source_output = null, data = data - 'hint'
      where ${named} and (output is not null or source_output is not null or data ? 'hint')`,
  )
  return { blanked: blanked + waiting, deleted }
}

async function eraseEvents(trx: Transaction<never>, paths: Record<string, string[][]>, { about }: Ids) {
  const { rows } = await sql<{ events: number }>`
    select erase_events(${about}::uuid[], ${JSON.stringify(paths)}::jsonb)::int as events`.execute(trx)
  return rows[0]!.events
}
