import { createPool } from '@vilkar/server/postgres.ts'
import type pg from 'pg'
import type { TestBed } from '../test-bed.ts'
import type { Matter } from './matters.ts'
import type { Kind, Model } from './models.ts'
import { type Copying, templateOf } from './template.ts'

/**
 * Where rows of orders and of matters stand. What is no row of theirs (products, editions, leases, what is kept once a content) stays as it is,
 * and answers to keys, quotes and jobs have their end soon.
 */
const TABLES = {
  orders: [
    ...['orders', 'outbox', 'payment_session', 'money_operation', 'payment_account', 'line_account', 'ledger_entry'],
    ...['sales_document', 'credit_note_invoice', 'payout', 'mail', 'inbox', 'inbox_head'],
  ],
  shipping: [
    ...['order_to_ship', 'shipment', 'stops', 'expected_return', 'inbound_parcel', 'outbox', 'inbox', 'inbox_head'],
  ],
  returns: [
    ...['order_facts', 'order_event', 'return', 'return_case', 'complaint', 'agreement', 'payout', 'case_note'],
    ...['statement', 'statement_answer', 'mail', 'outbox', 'inbox', 'inbox_head'],
  ],
  privacy: [
    ...[
      'order_held',
      'holding',
      'sale',
      'request',
      'breach',
      'data_hold',
      'erasure',
      'processor',
      'inbox',
      'inbox_head',
    ],
  ],
} as const
type Service = keyof typeof TABLES

/** Of a hundred orders; the rest came back by nobody's wish. */
const SHARES: Partial<Record<Kind, number>> = {
  ...{ unpaid: 2, waiting: 3, onItsWay: 3, withdrawn: 3, paidBack: 5, complained: 2, offered: 2 },
}
/** Rows of applied events are kept for thirty days of the 150 over which orders are spread. */
const INBOX_SHARE = 0.2
const DAYS_SECONDS = 150 * 86_400
/** The first eight digits of an id of version 7 count so many seconds. */
const ID_SECONDS = 65.536

type Played = { models: Model[]; matters: Matter[] }
/** How many orders there are to be, and a moment before the first of those that are copied. */
type Many = { orders: number; begun: Temporal.Instant }
type Row = { table: string; text: string }
/** What is copied: the rows about an id, for the numbers up to `last` of which the condition holds, as SQL. */
type Seed = { id: string; words?: Model; last: number; where: string }

/**
 * Makes many orders of each model, and many of each matter, by copying their rows under ids, numbers, names, addresses and days of their
 * own, in the databases and past the services: no event is told of them. They are spread over 150 days. Nothing else may write meanwhile.
 */
export async function multiply({ postgres }: TestBed, { models, matters }: Played, { orders, begun }: Many) {
  const seeds = (service: Service): Seed[] => [
    ...models.map((words) => ({ id: words.id, words, last: orders, where: whereOf(words.kind) })),
    ...matters
      .filter((matter) => matter.service === service)
      .map(({ id, many }) => ({ id, last: Math.min(many, orders), where: 'true' })),
  ]
  await Promise.all(
    (Object.keys(TABLES) as Service[]).map(async (service) => {
      const pool = createPool(postgres.url(service), { max: 1, unhurried: true, named: false })
      try {
        // Triggers and keys to other tables were kept when the models were written.
        await pool.query(`set session_replication_role = replica`)
        await copyRows(pool, service, seeds(service), { orders, begun })
        await pool.query('vacuum analyze')
      } finally {
        await pool.end()
      }
    }),
  )
}

/** Which orders are of a kind; of the largest one there is one. */
function whereOf(kind: Kind) {
  if (kind === 'large') return 'false'
  let from = 0
  for (const [each, share] of Object.entries(SHARES)) {
    if (each === kind) return `n % 100 >= ${from} and n % 100 < ${from + share}`
    from += share
  }
  return `n % 100 >= ${from}`
}

async function copyRows(pool: pg.Pool, service: Service, seeds: Seed[], { orders, begun }: Many) {
  const rows: Row[] = []
  for (const table of TABLES[service]) {
    const found = await pool.query<{ text: string }>(`select to_jsonb(row)::text as text from ${table} row`)
    rows.push(...found.rows.map(({ text }) => ({ table, text })))
  }
  const taken = new Set<Row>()
  const steps = Math.max(1, Math.floor(DAYS_SECONDS / ID_SECONDS / orders))
  const copying = { service, steps, idSeconds: ID_SECONDS, begun }
  for (const seed of seeds)
    for (const row of rowsOf(rows, seed.id)) {
      if (taken.has(row)) throw new Error(`A row of ${row.table} is of two models: ${row.text.slice(0, 200)}`)
      taken.add(row)
      await copyRow(pool, row, { ...copying, words: seed.words }, seed)
    }
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** The rows that have an id in them, or one of an id that stands beside it. */
function rowsOf(rows: Row[], id: string): Set<Row> {
  const ids = new Set([id])
  const found = new Set<Row>()
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const row of rows) {
      if (found.has(row)) continue
      const inRow = row.text.match(UUID) ?? []
      if (!inRow.some((each) => ids.has(each))) continue
      found.add(row)
      for (const each of inRow) ids.add(each)
    }
  }
  return found
}

async function copyRow(pool: pg.Pool, { table, text }: Row, copying: Copying, { last, where }: Seed) {
  const { template, values } = templateOf(table, text, copying)
  const columns = await columnsOf(pool, table)
  const most = table === 'inbox' ? Math.ceil(last * INBOX_SHARE) : last
  await pool.query(
    `insert into ${table} (${columns.join(', ')}) overriding system value
     select ${columns.map((column) => `copy.${column}`).join(', ')}
     from generate_series(1, ${most}) n,
       lateral jsonb_populate_record(null::${table}, format($1::text, ${values.join(', ')})::jsonb) copy
     where ${where}`,
    [template],
  )
}

/** The columns of a table that can be written. */
async function columnsOf(pool: pg.Pool, table: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  )
  return rows.map(({ name }) => name)
}
