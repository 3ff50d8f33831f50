import { freshDatabase } from '@vilkar/testing/database.ts'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { laterThan } from '../migrate.ts'
import { createDatabase, createPool } from '../postgres.ts'
import { isStalePlan } from '../statements.ts'
import { transact } from '../transact.ts'

type Tables = { thing: { id: number; size: number }; other: { id: number; size: number } }

/** Two connections, and two tables of one row each that both have asked for. */
async function twoTables(t: Test) {
  const pool = createPool(await freshDatabase(), { max: 2 })
  t.teardown(() => pool.end())
  const db = createDatabase<Tables>(pool)
  for (const table of ['thing', 'other']) await pool.query(`create table ${table} as select 1 as id, 2 as size`)
  const ask = (of: Pick<typeof db, 'selectFrom'>, table: keyof Tables) =>
    of.selectFrom(table).select('size').where('id', '=', 1).executeTakeFirstOrThrow()
  const askOnBoth = () =>
    Promise.all(
      [1, 2].map(() => db.transaction().execute(async (trx) => [await ask(trx, 'thing'), await ask(trx, 'other')])),
    )
  await askOnBoth()
  const widen = async () => {
    for (const table of ['thing', 'other']) await pool.query(`alter table ${table} alter column size type bigint`)
  }
  return { pool, db, ask, widen }
}

t.test('a statement whose plan is stale is prepared anew and sent again, once', async (t) => {
  const { pool, db, ask, widen } = await twoTables(t)
  await widen()
  const answers = await Promise.all([ask(db, 'thing'), ask(db, 'other'), ask(db, 'thing')])
  t.strictSame(answers, [{ size: 2 }, { size: 2 }, { size: 2 }])
  const text = 'select size from thing where id = $1 /* by the pool */'
  t.equal((await pool.query(text, [1])).rows[0].size, 2)
  await pool.query('alter table thing alter column size type text')
  t.equal((await pool.query(text, [1])).rows[0].size, '2', 'also where a pool asks')
  await t.rejects(pool.query('select size from thing where nothing = $1', [1]), { code: '42703' })
})

t.test('within a transaction all of it is done again, once, however many of its statements are stale', async (t) => {
  const { pool, db, ask, widen } = await twoTables(t)
  await widen()
  let runs = 0
  const wakes: unknown[] = []
  const sizes = await transact({ db, wake: (trx) => void wakes.push(trx) }, async (trx) => {
    runs += 1
    await sql`insert into thing (id, size) values (2, 3)`.execute(trx)
    return [await ask(trx, 'thing'), await ask(trx, 'other')]
  })
  t.strictSame(sizes, [{ size: 2 }, { size: 2 }])
  t.strictSame([runs, wakes.length], [2, 1])
  t.equal((await pool.query('select from thing where id = 2')).rowCount, 1, 'what it wrote is there once')
})

t.test('one that may not be repeated hears why, and whatever comes after it works', async (t) => {
  const { db, ask, widen } = await twoTables(t)
  await widen()
  const work = () => db.transaction().execute((trx) => ask(trx, 'thing'))
  t.ok(isStalePlan(await work().catch((error) => error)))
  t.strictSame(await work(), { size: 2 })
  t.notOk(isStalePlan(await sql`select 1 / 0`.execute(db).catch((error) => error)))
})

t.test('what has run beyond a version is let be if it is later, of libraries and of the service alike', (t) => {
  const own = ['000-a.sql', '005-b.sql', '010-c.sql', '130-d.sql']
  t.strictSame(laterThan(own, []), [])
  t.strictSame(laterThan(own, [...own, '006-new.sql', '131-new.sql']), ['006-new.sql', '131-new.sql'])
  const full = [...own, '009-last.sql']
  t.strictSame(laterThan(full, [...full, '009.1-new.sql']), ['009.1-new.sql'])
  for (const strange of ['004-gone.sql', '005-renamed.sql', '120-gone.sql', '130-renamed.sql', 'nameless.sql']) {
    t.throws(
      () => laterThan(own, [...own, strange, '131-new.sql']),
      new RegExp(`: ${strange}\\. It is the database of`),
    )
  }
  t.end()
})
