import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freshDatabase } from '@vilkar/testing/database.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { startProxy } from '@vilkar/testing/proxy.ts'
import t from 'tap'
import { createJobs } from '../jobs.ts'
import { createLog } from '../log.ts'
import { createDatabase, createPool } from '../postgres.ts'

/** Within which a job of a process that died is another's. */
/** It is 15 s on a machine that does nothing else (decision 30), and three minutes without a sign of life. */
const TAKEN_OVER_WITHIN_MS = 60_000

const log = createLog('jobs', 'silent')
const databaseUrl = await freshDatabase()
const pool = createPool(databaseUrl)
t.teardown(() => pool.end())
const db = createDatabase<object>(pool)

t.test('the job of a process that is killed is done by another as soon as its sign of life is missed', async (t) => {
  const asking = await createJobs({ databaseUrl, log, work: false })
  t.teardown(() => asking.stop())
  await asking.define({ name: 'held', run: async () => {} })
  await db.transaction().execute((trx) => asking.enqueue(trx, 'held', [{ data: { n: 1 } }]))
  const holder = worker(t, { HOLDS: 'yes' })
  await eventually('the job to be begun', async () => holder.output().includes('begun 1'))
  const other = worker(t, {})
  await db.transaction().execute((trx) => asking.enqueue(trx, 'held', [{ data: { n: 2 } }]))
  await eventually('the other to work', async () => /(begun|done) 2/.test(holder.output() + other.output()))

  holder.child.kill('SIGKILL')
  const killedAt = performance.now()
  await eventually('the job to be done', async () => other.output().includes('done 1'))
  t.ok(performance.now() - killedAt < TAKEN_OVER_WITHIN_MS, `it took ${Math.round(performance.now() - killedAt)} ms`)
})

t.test('that a job is done is said again when the connection broke, and the job is not run twice', async (t) => {
  const to = new URL(databaseUrl)
  const proxy = await startProxy({ host: to.hostname, port: Number(to.port) })
  t.teardown(() => proxy.stop())
  to.port = String(proxy.port)
  const jobs = await createJobs({ databaseUrl: to.href, log, migrate: false })
  t.teardown(() => jobs.stop())
  const runs: number[] = []
  await jobs.define<{ n: number }>({
    name: 'cut',
    run: async ({ n }) => {
      runs.push(n)
      proxy.cut()
    },
  })
  await db.transaction().execute((trx) => jobs.enqueue(trx, 'cut', [{ data: { n: 1 } }]))
  jobs.wake()
  await eventually('it to be noted as done', async () => {
    const { rows } = await pool.query(`select state, retry_count from jobs.job where name = 'cut'`)
    return rows[0].state === 'completed' && rows[0].retry_count === 0
  })
  t.strictSame(runs, [1])
})

/** A process of its own that works on the jobs of this file's database. */
function worker(t: { teardown(handler: () => unknown): unknown }, environment: Record<string, string>) {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  const child: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL('fixtures/job-worker.ts', import.meta.url))],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH, NODE_COMPILE_CACHE, DATABASE_URL: databaseUrl, ...environment },
    },
  )
  t.teardown(() => child.kill('SIGKILL'))
  let output = ''
  child.stdout!.on('data', (text) => {
    output += String(text)
  })
  return { child, output: () => output }
}
