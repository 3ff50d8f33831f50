/**
 * The test command: starts one PostgreSQL for the whole run, runs the test files (all of them, or those named on the
 * command line), several short ones in one process, tells which files took longest and which tests failed, and ends with a
 * line `N passed, N failed`. What is counted is tests: not their assertions, and not the groups that they stand in.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { batchesOf, guessedSeconds, isShared } from './batches.ts'
import { msOfEndedProcesses } from './beforehand/processor-time.ts'
import { startPostgres } from './embedded-postgres.ts'
import { describeFailures } from './failures.ts'
import { FILE_TIMEOUT_MS } from './patience.ts'
import { CLAIMS } from './ports.ts'
import { countFile, describeCost, describeFile, describeSlowest } from './report.ts'
import { makeRunFolder } from './run-folder.ts'
import { type FileReport, runTestFiles } from './test-file.ts'

/** Whole stories wait for processes, sockets and disks half of their time: two files for each processor keep it at work. */
const CONCURRENCY = Math.max(3, 2 * availableParallelism())
/** Where Node keeps what it compiled, for all files and runs: a third of the processor time of a short file. */
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url))
/** How long each file took when it last ran here, in seconds: what takes longest starts first, so that nobody waits for it in the end. */
const TOOK = fileURLToPath(new URL('../../node_modules/.cache/test-seconds.json', import.meta.url))

const took = readTook()
const named = process.argv.slice(2)
const files =
  named.length > 0
    ? named
    : globSync('{libs,services,infra,test}/**/*.test.ts', { exclude: ['**/node_modules/**'] }).sort()
const directory = await makeRunFolder()
const postgres = await startPostgres({
  directory: join(directory, 'postgres'),
  durable: false,
  flags: ['autovacuum=off', 'jit=off', 'file_copy_method=clone'],
})

const env = {
  TEST_POSTGRES: postgres.url('postgres'),
  ...{ TMPDIR: directory, PORT_CLAIMS: CLAIMS },
  NODE_COMPILE_CACHE: COMPILED,
}
const reports: FileReport[] = []
const queue = batchesOf(files.map(planOf)).values()
async function work() {
  for (const batch of queue) {
    const ended = await runTestFiles(batch, {
      timeoutMs: FILE_TIMEOUT_MS,
      env,
    })
    reports.push(...ended)
    for (const report of ended) console.log(describeFile(report))
  }
}
await Promise.all(Array.from({ length: CONCURRENCY }, work))
await postgres.stop()
await rm(directory, { recursive: true, force: true })

for (const { file, seconds, faults } of reports) if (faults.length === 0) took[file] = Math.round(seconds * 10) / 10
writeFileSync(TOOK, JSON.stringify(took))

const total = { passed: 0, failed: 0, skipped: 0 }
for (const report of reports)
  for (const [key, count] of Object.entries(countFile(report))) total[key as keyof typeof total] += count
if (reports.length > 1) console.log(`\n${describeSlowest(reports)}\n\n${describeCost(msOfEndedProcesses() / 1_000)}\n`)
const failures = describeFailures(reports)
if (failures !== undefined) console.log(`${failures}\n`)
if (total.skipped > 0) console.log(`${total.skipped} skipped`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0

function planOf(file: string) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const shared = text !== undefined && isShared(file, text)
  return { file, isShared: shared, seconds: took[file] ?? guessedSeconds(file, shared, text) }
}

/** Nothing, where it cannot be read: the order of files is a matter of speed alone. */
function readTook(): Record<string, number> {
  try {
    return JSON.parse(readFileSync(TOOK, 'utf8'))
  } catch {
    return {}
  }
}
