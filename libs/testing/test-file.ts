import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { type FinalResults, Parser, type Result } from 'tap-parser'

/** A test as its file told of it. A test with tests in it is a group; its own failed assertions are then its `faults`. */
export type TestReport = { name: string; ok: boolean; skipped: boolean; faults: Fault[]; tests: TestReport[] }
export type Fault = { message: string; diagnostics?: Record<string, unknown> }

/** What came of a test file: its tests, why it failed as a whole if it did, and what it cost. */
export type FileReport = {
  file: string
  tests: TestReport[]
  faults: Fault[]
  /** What it wrote beside its report, standard error included. */
  output: string
  seconds: number
  /** Of its own process, and of those that it started and waited for; undefined when it was killed. */
  processorSeconds?: number
}

/** After its own timeout tap names the test that hangs and ends; whoever does not even do that is killed after this. */
const GRACE_MS = 15_000
const OUTPUT_LIMIT = 20_000
const PROCESSOR_TIME = 'processor milliseconds: '
/**
 * Runs in each test file: tells at its end, as a comment of its report, what it cost. Where proc(5) is, that of the processes that it
 * started and that have ended is in it: `cutime` and `cstime`, in hundredths of a second.
 */
const tellProcessorTime = `data:text/javascript,${encodeURIComponent(`
  import { existsSync, readFileSync, writeSync } from 'node:fs'
  process.once('exit', () => {
    const { user, system } = process.cpuUsage()
    const times = existsSync('/proc/self/stat') ? readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ') : []
    const ofChildren = times.slice(13, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0)
    writeSync(1, '# ${PROCESSOR_TIME}' + Math.round((user + system) / 1000 + ofChildren) + '\\n')
  })`)}`

/**
 * Runs one file of tap tests in a process of its own, started by plain Node, and reads its report. A file that cannot be
 * loaded, reports nothing, has no test, tells of fewer tests than it planned, or does not end in time has failed.
 */
export async function runTestFile(file: string, { timeoutMs, env = {}, graceMs = GRACE_MS }: TestFileOptions) {
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', tellProcessorTime, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, TAP_TIMEOUT: String(timeoutMs / 1_000) },
  })
  let late = false
  const timer = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, timeoutMs + graceMs)
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`))
    child.once('close', (code, signal) =>
      resolve(signal !== null ? `was ended by ${signal}` : code === 0 ? undefined : `ended with code ${code}`),
    )
  })
  const [report, errors, end] = await Promise.all([readReport(child.stdout), text(child.stderr), ended])
  clearTimeout(timer)
  const { root, extra, processorSeconds } = report
  const faults = [...root.faults]
  if (late) faults.push({ message: `did not end within ${(timeoutMs + graceMs) / 1_000} s` })
  else if (end !== undefined && isSound(root)) faults.push({ message: end })
  if (faults.length === 0 && root.tests.length === 0) faults.push({ message: 'has no test' })
  return {
    ...{ file, tests: root.tests, faults, processorSeconds },
    output: `${extra}${errors}`.slice(-OUTPUT_LIMIT),
    seconds: (performance.now() - started) / 1_000,
  } satisfies FileReport
}
export type TestFileOptions = { timeoutMs: number; env?: Record<string, string>; graceMs?: number }

const isSound = ({ ok, faults }: TestReport) => ok && faults.length === 0

async function readReport(stdout: NodeJS.ReadableStream) {
  let extra = ''
  let processorSeconds: number | undefined
  const parser = new Parser()
  const root = follow(parser, '')
  parser.on('extra', (line: string) => {
    extra += line
  })
  parser.on('comment', (line: string) => {
    const [, told] = line.split(PROCESSOR_TIME)
    if (told !== undefined) processorSeconds = Number(told) / 1_000
  })
  const complete = new Promise<void>((resolve) => parser.once('complete', () => resolve()))
  for await (const chunk of stdout) parser.write(chunk as Buffer)
  parser.end()
  await complete
  return { root, extra, processorSeconds }
}

/** Gathers what a parser hears, with its tests and theirs; complete when the parser is. */
function follow(parser: Parser, name: string): TestReport {
  const report: TestReport = { name, ok: true, skipped: false, faults: [], tests: [] }
  const skips: TestReport[] = []
  let assertions = 0
  let latest: TestReport | undefined
  parser.on('child', (child: Parser) => {
    latest = follow(child, child.name)
    report.tests.push(latest)
  })
  parser.on('assert', ({ ok, name, skip, diag, closingTestPoint }: Result) => {
    if (closingTestPoint && latest !== undefined) {
      // It sums up a test: told as a fault only where nothing in the test says why it failed.
      if (!ok && isSound(latest) && countTests(latest.tests).failed === 0) latest.faults.push(faultOf(name, diag))
      Object.assign(latest, { name, ok })
      return
    }
    if (skip) skips.push({ name, ok, skipped: true, faults: [], tests: [] })
    else assertions += 1
    if (!ok) report.faults.push(faultOf(name, diag))
  })
  parser.once('complete', ({ ok, failures, bailout }: FinalResults) => {
    report.ok &&= ok
    // Among tests, what is skipped is a test; among assertions it is one of them.
    if (report.tests.length > 0 || parser.level === 0) report.tests.push(...skips)
    else report.skipped = skips.length > 0 && assertions === 0
    for (const failure of failures) if (!('ok' in failure)) report.faults.push({ message: String(failure.tapError) })
    if (bailout) report.faults.push({ message: `bailed out: ${bailout}` })
  })
  return report
}

const faultOf = (message: string, diagnostics: unknown): Fault =>
  typeof diagnostics === 'object' && diagnostics !== null
    ? { message, diagnostics: diagnostics as Record<string, unknown> }
    : { message }

/** How many tests passed, failed and were skipped. A group is counted only when it failed by a fault of its own. */
export function countTests(tests: TestReport[]) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const test of tests) {
    const inner = countTests(test.tests)
    for (const key of ['passed', 'failed', 'skipped'] as const) counts[key] += inner[key]
    const failed = !test.ok || test.faults.length > 0
    if (test.tests.length === 0) counts[failed ? 'failed' : test.skipped ? 'skipped' : 'passed'] += 1
    else if (test.faults.length > 0 || (failed && inner.failed === 0)) counts.failed += 1
  }
  return counts
}
