/**
 * The test command: starts one PostgreSQL for the whole run, runs the test files (all of them, or those named on the
 * command line) with Node's own runner, and ends with a line `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startPostgres } from './embedded-postgres.ts'

const TEST_TIMEOUT_MS = 120_000

const named = process.argv.slice(2)
const files =
  named.length > 0
    ? named
    : globSync('{libs,services,infra,test}/**/*.test.ts', { exclude: ['**/node_modules/**'] }).sort()
const directory = await mkdtemp(join(tmpdir(), 'vilkar-test-'))
// initdb runs as the user postgres when we are root, and must be able to enter the folder.
await chmod(directory, 0o755)
const postgres = await startPostgres({ directory: join(directory, 'postgres'), durable: false })

const runner = spawn(
  process.execPath,
  [
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-timeout=${TEST_TIMEOUT_MS}`,
    '--test-concurrency=3',
    ...files,
  ],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TEST_POSTGRES: postgres.url('postgres'), FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
  },
)
const counts = { pass: 0, fail: 0, cancelled: 0 }
const ended = new Promise<number>((resolve) => runner.once('close', (code) => resolve(code ?? 1)))
for await (const line of createInterface({ input: runner.stdout })) {
  console.log(line)
  const [, name, count] = /^ℹ (pass|fail|cancelled) (\d+)$/.exec(line) ?? []
  if (name !== undefined) counts[name as keyof typeof counts] = Number(count)
}
const code = await ended
await postgres.stop()
await rm(directory, { recursive: true, force: true })

const failed = counts.fail + counts.cancelled
console.log(`${counts.pass} passed, ${failed} failed`)
process.exit(code !== 0 || failed > 0 || counts.pass === 0 ? 1 : 0)
