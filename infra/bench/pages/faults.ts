import { createPool } from '@vilkar/server/postgres.ts'
import type { TestBed } from '../test-bed.ts'

const ID = `('01' || substr(md5(random()::text), 1, 6) || '-' || substr(md5(random()::text), 1, 4) || '-7' || substr(md5(random()::text), 1, 3) || '-8' || substr(md5(random()::text), 1, 3) || '-' || substr(md5(random()::text), 1, 12))::uuid`
const FAULTS = 250
/** One event of so many could not be applied, and one mail of so many was taken by nobody. */
const someOf = (table: string, key: string) =>
  `${key} in (select ${key} from ${table} order by ${key} desc limit ${FAULTS})`

const alarms = (kind: string, about: 'order_id' | 'about', from: string) => `
  insert into alarm (id, ${about}, kind, detail, raised_at, resolved_at, resolution)
  select ${ID}, key${about === 'about' ? '::text' : ''}, '${kind}', '{}', now() - n * interval '1 hour', case when n > ${FAULTS} then now() end,
    case when n > ${FAULTS} then 'It was seen to.' end
  from (select key, row_number() over () as n from (${from}) keys (key) limit ${10 * FAULTS}) numbered`
const dead = `
  update inbox set applied = false, attempts = 20, dead_at = now(), last_error = 'It could not be applied.', envelope = '{}'
  where ${someOf('inbox', 'event_id')}`
const unsent = `
  update mail set status = 'queued', waits_until = null, created_at = least(created_at, now() - interval '2 hours')
  where ${someOf('mail', 'id')}`

/** What calls for a person when something goes wrong: full lists of alarms, of events that were not applied and of mails that nobody took. */
const FAULTY = {
  orders: [
    alarms('payment-declined-operation', 'order_id', 'select id from orders'),
    alarms('reconciliation-drift', 'order_id', 'select id from orders offset 1000'),
    ...[dead, unsent],
  ],
  shipping: [alarms('dead-letter', 'about', 'select id from shipment'), dead],
  returns: [alarms('return-uninspected', 'about', 'select id from return'), dead, unsent],
  privacy: [alarms('erasure-unanswered', 'about', 'select id from erasure')],
}

/** Who looked at whom, once an order. */
const LOOKS = `
  insert into look (id, at, subject, what, about)
  select ${ID}, now() - n * interval '2 minutes', 'staff-' || n % 20, 'order', ${ID} from generate_series(1, $1::int) n`

/** Has things gone wrong, and staff looked, in the databases themselves. */
export async function addFaults({ postgres }: TestBed, orders: number) {
  const run = async (database: string, work: (pool: ReturnType<typeof createPool>) => Promise<unknown>) => {
    const pool = createPool(postgres.url(database), { max: 1, unhurried: true, named: false })
    try {
      await pool.query('set session_replication_role = replica')
      await work(pool)
      await pool.query('vacuum analyze')
    } finally {
      await pool.end()
    }
  }
  for (const [service, statements] of Object.entries(FAULTY))
    await run(service, async (pool) => {
      for (const statement of statements) await pool.query(statement)
    })
  await run('console', (pool) => pool.query(LOOKS, [orders]))
}
