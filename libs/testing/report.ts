import { inspect } from 'node:util'
import { countTests, type Fault, type FileReport, type TestReport } from './test-file.ts'

const SLOWEST = 10
const DEEP = { depth: 6 }
/** Of a difference or another text about a failure, what is shown of it. */
const TEXT_LINES = 60
/** What stands between tap and the test, as tap itself does. */
const OWN_FRAMES = /^.*libs\/testing\/beforehand\/.*\n?/gm
/** What tap tells beside these is said in other words already. */
export const SAID_ELSEWHERE = new Set([
  'at',
  'stack',
  'source',
  'diff',
  'compare',
  'test',
  'tapCaught',
  'jobId',
  'time',
])

/** The passed, failed and skipped of a file. A file that failed as a whole counts as one more that failed. */
export function countFile({ tests, faults }: FileReport) {
  const counts = countTests(tests)
  if (faults.length > 0) counts.failed += 1
  return counts
}

/** What is printed of a file when it has ended: one line, and each test that failed with its reasons. */
export function describeFile(report: FileReport) {
  const { passed, failed, skipped } = countFile(report)
  const figures = [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`]
  const head = `${failed > 0 ? '✗' : '✓'} ${report.file}: ${figures.filter(Boolean).join(', ')} in ${seconds(report.seconds)}${ownTime(report)}`
  if (failed === 0) return head
  const output = report.output.trim()
  return [
    head,
    ...report.faults.map((fault) => indent(describeFault(fault), 2)),
    ...report.tests.flatMap((test) => describeFailed(test, [])),
    ...(output === '' ? [] : [indent(`The file wrote:\n${indent(output, 2)}`, 2)]),
    '',
  ].join('\n')
}

/** The slowest files: by the clock, which load stretches, with the processor time of the file's process and its children. */
export function describeSlowest(reports: FileReport[]) {
  const slowest = reports.toSorted((one, other) => other.seconds - one.seconds).slice(0, SLOWEST)
  const lines = slowest.map(({ file, seconds: taken, processorSeconds }) => {
    return `  ${seconds(taken).padStart(8)}  ${file}${ownTime({ processorSeconds })}`
  })
  return ['The slowest files:', ...lines].join('\n')
}

const ownTime = ({ processorSeconds }: Pick<FileReport, 'processorSeconds'>) =>
  processorSeconds === undefined ? '' : `, ${seconds(processorSeconds)} of processor time`

/** What a run took of the processors: its files, what they started, and PostgreSQL. */
export const describeCost = (processorSeconds: number) =>
  `All of it: ${seconds(processorSeconds)} of processor time, PostgreSQL's with it`

const seconds = (count: number) => `${count.toFixed(1)} s`
const indent = (text: string, spaces: number) => text.replace(/^(?=.)/gm, ' '.repeat(spaces))

function describeFailed(test: TestReport, within: string[]): string[] {
  const path = [...within, test.name]
  const inner = test.tests.flatMap((one) => describeFailed(one, path))
  if (test.faults.length === 0) return inner
  const faults = test.faults.map((fault) => indent(describeFault(fault), 4))
  return [`  ✗ ${path.join(' > ')}`, ...faults, ...inner]
}

function describeFault({ message, diagnostics = {} }: Fault) {
  const { diff, source } = diagnostics
  const stack = typeof diagnostics.stack === 'string' && diagnostics.stack.replace(OWN_FRAMES, '')
  const rest = Object.entries(diagnostics).filter(([name]) => !SAID_ELSEWHERE.has(name))
  const details = rest.map(([name, value]) => `${name}: ${typeof value === 'string' ? value : inspect(value, DEEP)}`)
  const texts = [...details, diff ?? source, stack].filter((text) => typeof text === 'string')
  const lines = texts.flatMap((text) => indent(text.trimEnd(), 2).split('\n').slice(0, TEXT_LINES))
  return [message, ...lines].join('\n')
}
