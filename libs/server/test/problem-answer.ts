import assert from 'node:assert/strict'
import { type Kysely, sql } from 'kysely'

/** What a route answered: its status, headers and parsed body. */
// biome-ignore lint/suspicious/noExplicitAny: a body is whatever a route answers; the assertions say what it should be.
export type Answer = { status: number; headers: Record<string, unknown>; body: any }

/** The answer is this problem (RFC 9457), and its detail says so in words that help. */
export function assertProblem({ status, headers, body }: Answer, expected: number, code: string, detail: RegExp) {
  assert.equal(status, expected, JSON.stringify(body))
  assert.match(String(headers['content-type']), /^application\/problem\+json/)
  assert.equal(body.type, `/problems/${code}`)
  assert.equal(body.status, expected)
  assert.match(body.detail, detail)
}

/** How many rows each table of the service holds. */
async function countRows(db: Kysely<never>) {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I', tablename) as name from pg_tables where schemaname = 'public' order by 1`.execute(db)
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::int as count from ${name}`)
  const { rows } = await sql.raw<{ name: string; count: number }>(counts.join(' union all ')).execute(db)
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

/** What the work adds to each table, less the tables to which it adds nothing: `{}` when it changes none. */
export async function rowsAdded<Tables>(db: Kysely<Tables>, work: () => Promise<unknown>) {
  const before = await countRows(db as never)
  await work()
  const after = await countRows(db as never)
  const added = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
  return Object.fromEntries(added.filter(([, count]) => count !== 0))
}

/** The work leaves no row in any table, and takes none away. */
export const changesNothing = async <Tables>(db: Kysely<Tables>, work: () => Promise<unknown>) =>
  assert.deepEqual(await rowsAdded(db, work), {})
