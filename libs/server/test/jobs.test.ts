import assert from 'node:assert/strict'
import { freshDatabase } from '@vilkar/testing/database.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { createJobs } from '../jobs.ts'
import { createLog } from '../log.ts'
import { createDatabase, createPool } from '../postgres.ts'

const log = createLog('jobs', 'silent')
const databaseUrl = await freshDatabase()
const pool = createPool(databaseUrl)
t.teardown(() => pool.end())
const db = createDatabase<object>(pool)
const jobs = await createJobs({ databaseUrl, log })
t.teardown(() => jobs.stop())

type Data = { n: number }
/** A kind of job of the test's own, and what it was run with. */
async function jobsThat(name: string, run: (data: Data, attempt: number) => Promise<void> = async () => {}) {
  const done: number[] = []
  await jobs.define<Data>({
    name,
    run: async (data) => {
      done.push(data.n)
      await run(data, done.length)
    },
  })
  return done
}
const stored = async (name: string) =>
  (await pool.query('select count(*)::int as count from jobs.job where name = $1', [name])).rows[0].count

t.test('a job exists only if the transaction that asks for it commits', async (t) => {
  const done = await jobsThat('commits')
  await db.transaction().execute((trx) => jobs.enqueue(trx, 'commits', [{ data: { n: 1 } }, { data: { n: 2 } }]))
  await t.rejects(
    db.transaction().execute(async (trx) => {
      await jobs.enqueue(trx, 'commits', [{ data: { n: 3 } }])
      throw new Error('thought better of it')
    }),
    /better/,
  )
  jobs.wake()
  await eventually('both jobs', async () => done.length === 2)
  t.strictSame(done.toSorted(), [1, 2])
  t.equal(await stored('commits'), 2)
})

t.test('a job is not run before its transaction commits', async () => {
  const done = await jobsThat('waits')
  await db.transaction().execute(async (trx) => {
    await jobs.enqueue(trx, 'waits', [{ data: { n: 1 } }])
    await jobs.enqueue(trx, 'waits', [])
    jobs.wake()
    assert.equal(await stored('waits'), 0)
  })
  jobs.wake()
  await eventually('the job', async () => done.length === 1)
})

t.test('a job that fails is tried again with the same data until it works', async (t) => {
  const done = await jobsThat('fails', async (_data, attempt) => {
    if (attempt === 1) throw new Error('not yet')
  })
  await db.transaction().execute((trx) => jobs.enqueue(trx, 'fails', [{ data: { n: 7 } }]))
  jobs.wake()
  await eventually('the second try', async () => {
    jobs.wake()
    const { rows } = await pool.query(`select state, retry_count from jobs.job where name = 'fails'`)
    return rows[0].state === 'completed' && rows[0].retry_count === 1
  })
  t.strictSame(done, [7, 7])
})

t.test('a job can be asked for later', async (t) => {
  const done = await jobsThat('later')
  await db
    .transaction()
    .execute((trx) => jobs.enqueue(trx, 'later', [{ data: { n: 1 }, startAfterSeconds: 3_600 }, { data: { n: 2 } }]))
  jobs.wake()
  await eventually('the job of now', async () => done.length === 1)
  t.strictSame(done, [2])
  const { rows } = await pool.query(
    `select state from jobs.job where name = 'later' and start_after > now() + interval '59 minutes'`,
  )
  t.strictSame(rows, [{ state: 'created' }])
})

t.test('jobs that are named alike are one until it begins', async (t) => {
  const done: number[] = []
  const begun = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const run = async ({ n }: Data) => {
    done.push(n)
    begun.resolve()
    await goOn.promise
  }
  await jobs.define<Data>({ name: 'merged', concurrency: 1, mergeBy: ({ n }) => `${n % 10}`, run })
  const ask = (n: number) => db.transaction().execute((trx) => jobs.enqueue(trx, 'merged', [{ data: { n } }]))
  await ask(1)
  jobs.wake()
  await begun.promise
  for (const n of [11, 21, 2]) await ask(n)
  goOn.resolve()
  jobs.wake()
  await eventually('what was asked for', async () => done.length === 3)
  t.strictSame(done.toSorted(), [1, 11, 2])
})

t.test('an approval of a customer is not written into the log', async (t) => {
  const written: string[] = []
  const spy = createLog('jobs', 'warn', { write: (line: string) => void written.push(line) })
  spy.warn({ data: { orderId: 'o', hint: { approvalToken: 'secret' } } }, 'a job failed')
  t.match(written.join(), /a job failed/)
  t.notMatch(written.join(), /secret/)
})

t.test('a queue that nobody declared takes no job', async (t) => {
  await t.rejects(
    db.transaction().execute((trx) => jobs.enqueue(trx, 'undeclared', [{ data: { n: 1 } }])),
    /undeclared|queue/i,
  )
})

t.test('an instance that only enqueues leaves the work to others', async (t) => {
  const another = await createJobs({ databaseUrl, log, work: false })
  t.teardown(() => another.stop())
  const wrong: number[] = []
  const define = { name: 'handed-over', run: async ({ n }: Data) => void wrong.push(n) }
  await another.define(define)
  await db.transaction().execute((trx) => another.enqueue(trx, 'handed-over', [{ data: { n: 1 } }]))
  another.wake()
  const done = await jobsThat('handed-over')
  await eventually('the worker to do it', async () => done.length === 1)
  t.strictSame(wrong, [])
})

t.test('a job that is done goes after an hour, also from a queue that kept its jobs for a week', async (t) => {
  const name = 'goes'
  const before = await createJobs({ databaseUrl, log, work: false })
  await before.define<Data>({ name, run: async () => {} })
  await before.stop()
  await pool.query('update jobs.queue set deletion_seconds = 604800 where name = $1', [name])
  await jobsThat(name)
  const { rows } = await pool.query('select deletion_seconds, retention_seconds from jobs.queue where name = $1', [
    name,
  ])
  t.strictSame(rows, [{ deletion_seconds: 600, retention_seconds: 1_209_600 }])
  await db.transaction().execute((trx) => jobs.enqueue(trx, name, [{ data: { n: 1 } }, { data: { n: 2 } }]))
  jobs.wake()
  const completed = () => pool.query(`select id from jobs.job where name = $1 and state = 'completed'`, [name])
  await eventually('both', async () => (await completed()).rowCount === 2)
  const [old] = (await completed()).rows
  await pool.query(`update jobs.job set completed_on = now() - interval '61 minutes' where id = $1`, [old.id])
  await pool.query('update jobs.queue set maintain_on = null')
  await eventually('the older to be gone', async () => (await completed()).rowCount === 1)
  t.not((await completed()).rows[0].id, old.id)
})
