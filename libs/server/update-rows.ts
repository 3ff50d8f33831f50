import { type Kysely, sql } from 'kysely'

/**
 * Writes rows of a table, each found by its `key`, a uuid, in one statement however many they are. `types`: the PostgreSQL type of
 * each column that is written; values of `jsonb` are given as JSON text.
 */
export async function updateRows<Key extends string>(
  db: Kysely<never>,
  table: string,
  types: Record<string, string>,
  rows: readonly ({ [Name in Key]: string } & object)[],
  key: Key,
) {
  const columns = Object.entries(types)
  const set = columns.map(
    ([name, type]) => sql`${sql.ref(name)} = r.${sql.ref(name)}${sql.raw(type === 'jsonb' ? '::jsonb' : '')}`,
  )
  const typed = columns.map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type === 'jsonb' ? 'text' : type)}`)
  const own = sql`${sql.table(table)}.${sql.ref(key)}`
  // The keys are named once more so that rows are found by them: joined only, a plan from when they were few reads them all.
  await sql`
    update ${sql.table(table)} set ${sql.join(set)}
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (${sql.ref(key)} uuid, ${sql.join(typed)})
    where ${own} = r.${sql.ref(key)} and ${own} = any(${rows.map((row) => row[key])}::uuid[])`.execute(db)
}
