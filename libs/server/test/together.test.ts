import { gathering } from '@vilkar/messaging/gather.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import t from 'tap'
import { createDatabase, createPool } from '../postgres.ts'
import { createTogether } from '../together.ts'

type Tables = { counter: { name: string; value: number } }

const pool = createPool(await freshDatabase())
t.teardown(() => pool.end())
const db = createDatabase<Tables>(pool)
await sql`create table counter (name text primary key, value int not null check (value < 10))`.execute(db)

/** How many transactions committed, how often counters were read, and what adds to one: it reads, then writes what it read and more. */
function aHouse() {
  const seen = { commits: 0, reads: 0 }
  const together = createTogether({ db, wake: () => void seen.commits++ })
  const read = gathering(async (trx: Transaction<Tables>, names: string[]) => {
    seen.reads += 1
    const rows = await trx
      .selectFrom('counter')
      .select(['name', 'value'])
      .where('name', 'in', names)
      .forUpdate()
      .execute()
    return names.map((name) => rows.find((row) => row.name === name)?.value ?? 0)
  })
  const add = (name: string, by = 1) =>
    together(name, async (trx) => {
      const value = (await read(trx, name)) + by
      await trx
        .insertInto('counter')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute()
      return value
    })
  return { add, seen }
}
const valueNow = async (on: Kysely<Tables>, name: string) =>
  (await on.selectFrom('counter').select('value').where('name', '=', name).executeTakeFirst())?.value

t.test('what comes while a transaction is under way shares the next one, and is asked together', async (t) => {
  const { add, seen } = aHouse()
  const names = ['a', 'b', 'c', 'd', 'e']
  t.strictSame(await Promise.all(names.map((name) => add(name))), [1, 1, 1, 1, 1])
  t.ok(seen.commits <= 2, `${seen.commits} commits`)
  t.ok(seen.reads <= 2, `${seen.reads} reads`)
  for (const name of names) t.equal(await valueNow(db, name), 1)
})

t.test('pieces about the same thing see what those before them did', async (t) => {
  const { add } = aHouse()
  const results = await Promise.all(Array.from({ length: 6 }, () => add('same')))
  t.strictSame(results, [1, 2, 3, 4, 5, 6])
  t.equal(await valueNow(db, 'same'), 6)
})

t.test('one that fails undoes none of its neighbours, and happens not at all', async (t) => {
  const { add } = aHouse()
  const ended = await Promise.allSettled([add('left'), add('too much', 10), add('right')])
  t.strictSame(
    ended.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  t.strictSame(await Promise.all(['left', 'too much', 'right'].map((name) => valueNow(db, name))), [1, undefined, 1])
})

t.test(
  'one that throws before it asks for anything waits for the others to end, so that none works on a closed transaction',
  async (t) => {
    const { add } = aHouse()
    const together = createTogether({ db, wake: () => {} })
    const slow = (name: string) =>
      together(name, async (trx) => {
        await sql`select pg_sleep(0.05)`.execute(trx)
        await trx.insertInto('counter').values({ name, value: 1 }).execute()
      })
    const broken = together('broken', async () => {
      throw new Error('no')
    })
    const ended = await Promise.allSettled([slow('first'), broken, slow('second'), add('third')])
    t.strictSame(
      ended.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    )
    t.equal(await valueNow(db, 'second'), 1)
  },
)
