import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type FinalResults, Parser, type Result } from 'tap-parser'
import { PROCESSOR_TIME } from './beforehand/processor-time.ts'

/** A test as its file told of it. A test with tests in it is a group; its own failed assertions are then its `faults`. */
export type TestReport = {
  name: string
  ok: boolean
  skipped: boolean
  faults: Fault[]
  tests: TestReport[]
  /** How long it took, once it has ended. */
  seconds?: number
}
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
const SHARED_PROCESS = fileURLToPath(new URL('one-process/run.ts', import.meta.url))
const BEFOREHAND = new URL('beforehand/run.ts', import.meta.url).href

/**
 * Runs one file of tap tests in a process of its own, started by plain Node, and reads its report. A file that cannot be
 * loaded, reports nothing, has no test, tells of fewer tests than it planned, or does not end in time has failed.
 */
export async function runTestFile(file: string, options: TestFileOptions): Promise<FileReport> {
  const { report, errors, end, late, seconds } = await runProcess(
    { words: [file], limitMs: options.timeoutMs, fileLevel: 0 },
    options,
  )
  const { root, extra, spent } = report
  const faults = [...root.faults]
  if (late) faults.push({ message: late })
  else if (end !== undefined && isSound(root)) faults.push({ message: end })
  if (faults.length === 0 && root.tests.length === 0) faults.push({ message: 'has no test' })
  const output = `${extra}${errors}`.slice(-OUTPUT_LIMIT)
  return { file, tests: root.tests, faults, processorSeconds: spent.at(-1), output, seconds }
}

/**
 * Runs files one after the other in one process that they share, which spares each the loading of what all need, and reads a report of each. One that
 * takes the process down with it has failed, and so have those that were not reached.
 */
export async function runTestFiles(files: string[], options: TestFileOptions): Promise<FileReport[]> {
  if (files.length === 1) return [await runTestFile(files[0]!, options)]
  const run = await runProcess(
    { words: [SHARED_PROCESS, ...files], limitMs: options.timeoutMs * files.length, fileLevel: 1 },
    options,
  )
  const { root, extra, spent } = run.report
  const output = `${extra}${run.errors}`.slice(-OUTPUT_LIMIT)
  const ended = run.late ?? run.end ?? root.faults.at(0)?.message ?? 'ended'
  const isAllSound = root.tests.length === files.length && root.tests.every((each) => countTests([each]).failed === 0)
  return files.map((file, i) => {
    const told = root.tests[i]
    const faults = [...(told?.faults ?? [])]
    if (told === undefined) faults.push({ message: `was not reached: the process that it shared ${ended}` })
    else if (told.tests.length === 0 && faults.length === 0) faults.push({ message: 'has no test' })
    // All tests pass and the process fails: whose fault it is cannot be told, so the last one has it.
    else if (i === files.length - 1 && isAllSound && run.end !== undefined) faults.push({ message: run.end })
    return { file, tests: told?.tests ?? [], faults, processorSeconds: spent[i], output, seconds: told?.seconds ?? 0 }
  })
}

/** A command line for Node, how long it may take, and at which depth of its report a file stands: it is the report, or a test of it. */
type Run = { words: string[]; limitMs: number; fileLevel: 0 | 1 }

/** Runs Node, and reads the report that it writes: with what it wrote beside, and how it ended. */
async function runProcess(
  { words, limitMs, fileLevel }: Run,
  { timeoutMs, env = {}, graceMs = GRACE_MS }: TestFileOptions,
) {
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', BEFOREHAND, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, TAP_TIMEOUT: String(timeoutMs / 1_000) },
  })
  let late: string | undefined
  const timer = setTimeout(() => {
    late = `did not end within ${(limitMs + graceMs) / 1_000} s`
    child.kill('SIGKILL')
  }, limitMs + graceMs)
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`))
    child.once('close', (code, signal) =>
      resolve(signal !== null ? `was ended by ${signal}` : code === 0 ? undefined : `ended with code ${code}`),
    )
  })
  const [report, errors, end] = await Promise.all([readReport(child.stdout, fileLevel), text(child.stderr), ended])
  clearTimeout(timer)
  return { report, errors, end, late, seconds: (performance.now() - started) / 1_000 }
}
export type TestFileOptions = { timeoutMs: number; env?: Record<string, string>; graceMs?: number }

const isSound = ({ ok, faults }: TestReport) => ok && faults.length === 0

async function readReport(stdout: NodeJS.ReadableStream, fileLevel: number) {
  let extra = ''
  const spent: number[] = []
  const parser = new Parser()
  const root = follow(parser, '', fileLevel)
  parser.on('extra', (line: string) => {
    extra += line
  })
  parser.on('comment', (line: string) => {
    const [, told] = line.split(PROCESSOR_TIME)
    if (told !== undefined) spent.push(Number(told) / 1_000)
  })
  const complete = new Promise<void>((resolve) => parser.once('complete', () => resolve()))
  for await (const chunk of stdout) parser.write(chunk as Buffer)
  parser.end()
  await complete
  return { root, extra, spent }
}

/** Gathers what a parser hears, with its tests and theirs; complete when the parser is. */
function follow(parser: Parser, name: string, fileLevel: number): TestReport {
  const report: TestReport = { name, ok: true, skipped: false, faults: [], tests: [] }
  const skips: TestReport[] = []
  let assertions = 0
  let latest: TestReport | undefined
  parser.on('child', (child: Parser) => {
    latest = follow(child, child.name, fileLevel)
    report.tests.push(latest)
  })
  parser.on('assert', ({ ok, name, skip, diag, closingTestPoint, time }: Result) => {
    if (closingTestPoint && latest !== undefined) {
      // It sums up a test: told as a fault only where nothing in the test says why it failed.
      if (!ok && isSound(latest) && countTests(latest.tests).failed === 0) latest.faults.push(faultOf(name, diag))
      Object.assign(latest, { name, ok, ...(typeof time === 'number' && { seconds: time / 1_000 }) })
      return
    }
    if (skip) skips.push({ name, ok, skipped: true, faults: [], tests: [] })
    else assertions += 1
    if (!ok) report.faults.push(faultOf(name, diag))
  })
  parser.once('complete', ({ ok, failures, bailout }: FinalResults) => {
    report.ok &&= ok
    // Among tests, what is skipped is a test; among assertions it is one of them.
    if (report.tests.length > 0 || parser.level === fileLevel) report.tests.push(...skips)
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
