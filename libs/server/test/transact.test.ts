import { freshDatabase } from '@vilkar/testing/database.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import t from 'tap'
import { createDatabase, createPool } from '../postgres.ts'
import { transact } from '../transact.ts'

type Tables = { thing: { id: number; changes: number } }
const WITHIN_MS = 100

const pool = createPool(await freshDatabase())
t.teardown(() => pool.end())
const db: Kysely<Tables> = createDatabase<Tables>(pool)
await sql`create table thing (id int primary key, changes int not null default 0)`.execute(db)
await sql`insert into thing values (1), (2)`.execute(db)

const change = (trx: Transaction<Tables>, id: number) =>
  trx.updateTable('thing').set({ changes: sql<number>`changes + 1` }).where('id', '=', id).execute()

t.test('of two transactions that wait for each other both are carried out, once each', async (t) => {
  const both = Promise.withResolvers<void>()
  let begun = 0
  let runs = 0
  let woken = 0
  const wake = () => {
    woken += 1
  }
  const inOrder = (first: number, second: number) =>
    transact({ db, wake }, async (trx) => {
      runs += 1
      await sql`set local deadlock_timeout = ${sql.lit(WITHIN_MS)}`.execute(trx)
      await change(trx, first)
      begun += 1
      if (begun === 2) both.resolve()
      await both.promise
      await change(trx, second)
    })
  await Promise.all([inOrder(1, 2), inOrder(2, 1)])
  t.ok(runs > 2, 'one had to give way, and ran once more')
  t.equal(woken, 2)
  t.strictSame(await db.selectFrom('thing').select('changes').execute(), [{ changes: 2 }, { changes: 2 }])
})

t.test('what else is thrown is thrown at once', async (t) => {
  let runs = 0
  const failing = transact({ db, wake() {} }, async () => {
    runs += 1
    throw new Error('No.')
  })
  await t.rejects(failing, /No\./)
  t.equal(runs, 1)
})
