import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { administer, type Postgres, startPostgres } from '../embedded-postgres.ts'

const folder = await mkdtemp(join(tmpdir(), 'vilkar-postgres-'))
const directory = join(folder, 'first')
const answers = (postgres: Postgres) => administer(postgres.url('postgres'), 'select 1')
let first: Postgres
t.before(async () => {
  // PostgreSQL does not run as root, and whom it runs as must be able to enter the folder.
  await chmod(folder, 0o755)
  first = await startPostgres({ directory, durable: false })
})
t.teardown(async () => {
  await first.stop()
  await rm(folder, { recursive: true, force: true })
})

t.test('a second start in the same folder is refused, and the first goes on', async () => {
  await assert.rejects(startPostgres({ directory, durable: false }), {
    message: `${directory} is in use by process ${process.pid}.`,
  })
  await answers(first)
})

t.test('a start in a copy of the folder leaves the server of the original alone', async () => {
  const copy = join(folder, 'copy')
  await promisify(execFile)('cp', ['-a', directory, copy])
  const second = await startPostgres({ directory: copy, durable: false })
  await Promise.all([answers(first), answers(second)])
  await second.stop()
  await answers(first)
})

t.test('a server whose owner was killed is stopped by the next start, which then has the folder', async () => {
  await first.stop()
  const owner = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { startPostgres } from ${JSON.stringify(new URL('../embedded-postgres.ts', import.meta.url).href)}
       await startPostgres({ directory: ${JSON.stringify(directory)}, durable: false })
       console.log('up')`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await once(owner.stdout, 'data')
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  first = await startPostgres({ directory, durable: false })
  await answers(first)
})
