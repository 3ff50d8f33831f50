import { inspect } from 'node:util'
import { SAID_ELSEWHERE } from './report.ts'
import type { Fault, FileReport, TestReport } from './test-file.ts'

/** What is shown of each failed test below its name. */
const LINES_EACH = 12
/** What all of them take together, so that they fit into the end of a long print; where many failed, each is shown in fewer lines. */
const LINES_TOGETHER = 40
const WIDTH = 200

/** A failed test: the names of the groups that it stands in and its own, and the lines that say why. */
type Failure = { file: string; name: string; why: string[] }

/**
 * The end of a run in which something failed: each failed test by its file and name, with what was expected and what was found. There are as
 * many as `countFile` counts. Undefined when all passed.
 */
export function describeFailures(reports: readonly FileReport[]) {
  const failures = reports.flatMap(failuresOf)
  if (failures.length === 0) return undefined
  const room = Math.min(LINES_EACH, Math.floor(LINES_TOGETHER / failures.length) - 1)
  const lines = failures.flatMap(({ file, name, why }) => [
    `  ✗ ${file}: ${name}`,
    ...why.slice(0, Math.max(room, 0)).map((line) => `      ${line.slice(0, WIDTH)}`),
  ])
  return ['The failed tests:', ...lines].join('\n')
}

function failuresOf({ file, tests, faults, output }: FileReport): Failure[] {
  const ofTests = tests.flatMap((test) => failedIn(test, [])).map((failed) => ({ file, ...failed }))
  if (faults.length === 0) return ofTests
  const wrote = linesOf(output).slice(1 - LINES_EACH)
  return [{ file, name: 'the file as a whole', why: [...faults.flatMap(whyOf), ...wrote] }, ...ofTests]
}

function failedIn(test: TestReport, within: string[]): Omit<Failure, 'file'>[] {
  const path = [...within, test.name]
  const inner = test.tests.flatMap((one) => failedIn(one, path))
  const isOwn = test.faults.length > 0 || (!test.ok && inner.length === 0)
  return isOwn ? [{ name: path.join(' > '), why: test.faults.flatMap(whyOf) }, ...inner] : inner
}

/** What is wrong, where, and what was expected and found: of a difference the lines that differ, where it is long. */
function whyOf({ message, diagnostics = {} }: Fault) {
  const { diff, stack, source } = diagnostics
  const told = typeof diff === 'string' ? differingIn(diff) : detailsOf(diagnostics)
  const where = typeof stack === 'string' ? linesOf(stack).slice(0, 1) : []
  return [...linesOf(message), ...where, ...(told.length > 0 ? told : markedIn(source))]
}

function differingIn(diff: string) {
  const lines = linesOf(diff).filter((line) => !/^(---|\+\+\+|@@) /.test(line))
  return lines.length < LINES_EACH - 1 ? lines : lines.filter((line) => /^[-+]/.test(line))
}

function detailsOf(diagnostics: Record<string, unknown>) {
  const { found, doNotWant } = diagnostics
  const rest = Object.entries(diagnostics).filter(([name]) => !SAID_ELSEWHERE.has(name))
  return rest.flatMap(([name, value]) =>
    name === 'found' && typeof found === 'string'
      ? `found: ${around(found, doNotWant)}`
      : linesOf(`${name}: ${typeof value === 'string' ? value : inspect(value)}`),
  )
}

/** Of a long text, the part in which stands what should not. */
function around(text: string, unwanted: unknown) {
  const at = unwanted instanceof RegExp ? text.search(unwanted) : text.indexOf(String(unwanted))
  const from = Math.max(0, at - WIDTH / 2)
  return `${from > 0 ? '…' : ''}${text.slice(from, from + WIDTH)}`.replaceAll('\n', ' ')
}

/** The line of source that tap points at. */
function markedIn(source: unknown) {
  if (typeof source !== 'string') return []
  const lines = linesOf(source)
  const mark = lines.findIndex((line) => /^-+\^$/.test(line))
  return mark > 0 ? [lines[mark - 1]!.trim()] : []
}

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '')
