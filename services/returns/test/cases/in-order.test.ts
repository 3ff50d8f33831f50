import { foldersOf } from '@vilkar/server/migrate-as-owner.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { asOwner, freshDatabase } from '@vilkar/testing/database.ts'
import t from 'tap'
import { type CaseQuery, casesAsked } from '../../cases/list.ts'
import type { Database } from '../../database.ts'
import { migrations } from '../../service.ts'

const pool = createPool(asOwner(await freshDatabase(...foldersOf(migrations))), { max: 2, unhurried: true })
const db = createDatabase<Database>(pool)
t.teardown(() => db.destroy())

/** Half of them are open, a quarter wait for their payment. */
const CASES = 6_000
await pool.query(`
  insert into order_facts (order_id, facts, personal)
  select md5(n::text)::uuid, jsonb_build_object('number', 'SG-' || n, 'currency', 'NOK'), '{}' from generate_series(1, ${CASES}) n`)
await pool.query(`
  insert into return_case (id, order_id, kind, status, opened_at, closed_at, due_on, awaits, awaits_since, owed, patience)
  select md5('case ' || n)::uuid, md5(n::text)::uuid, 'withdrawal', 'sent', now() - n * interval '1 minute',
    case when n % 2 = 0 then now() end, current_date + n % 60, case when n % 4 = 1 then 'payment' end, case when n % 4 = 1 then now() end, 100, 'PT0S'
  from generate_series(1, ${CASES}) n`)
await pool.query('analyze return_case, order_facts')

async function planOf(query: Omit<CaseQuery, 'limit'>) {
  const { sql, parameters } = casesAsked(db, query).limit(101).compile()
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...parameters])
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

const after = (await casesAsked(db, { status: 'open' }).offset(1_000).limit(1).executeTakeFirstOrThrow()).id
for (const [name, query, index] of [
  ['open cases', { status: 'open' }, 'return_case_open_in_order'],
  ['a later page of them', { status: 'open', after }, 'return_case_open_in_order'],
  ['refunds that are to be paid', { unpaidOn: '2026-06-10' }, 'return_case_owed_in_order'],
] as const)
  t.test(`${name} are read in their order, and no more of them than a page`, async (t) => {
    const plan = await planOf(query)
    t.match(plan, new RegExp(`Index Scan using ${index}`))
    const [ofCases] = plan.split('SubPlan') as [string]
    t.notMatch(ofCases, /Sort/, 'the few tags of one case are, and not the cases')
  })

t.test('of one person the orders are found first, and no case of anybody else is read', async (t) => {
  await pool.query(`
    insert into order_event (order_id, event_id, service, type, subject, happened_at, tracking_number)
    select md5((n % ${CASES})::text)::uuid, md5('event ' || n)::uuid, 'shipping', 'ShipmentDispatched', md5(n::text)::uuid, now(), 'SPOR-' || n
    from generate_series(1, ${10 * CASES}) n`)
  for (const query of [{ status: 'open', q: 'noen@example.com' }, { q: 'SG-7' }] as const) {
    const plan = await planOf(query)
    t.match(plan, 'return_case_by_order')
    t.notMatch(plan, /Seq Scan on return_case|return_case_open_in_order/)
  }
})
