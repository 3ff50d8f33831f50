import { fileURLToPath } from 'node:url'
import t from 'tap'
import { describeFailures } from '../failures.ts'
import { countFile } from '../report.ts'
import { type FileReport, runTestFile, type TestReport } from '../test-file.ts'

const run = (name: string) =>
  runTestFile(fileURLToPath(new URL(`fixtures/${name}.ts`, import.meta.url)), { timeoutMs: 60_000 })

const fileOf = (test: Partial<TestReport>, more: Partial<FileReport> = {}): FileReport => ({
  ...{ file: 'a.test.ts', faults: [], output: '', seconds: 1, ...more },
  tests: [{ name: 'a test', ok: false, skipped: false, faults: [], tests: [], ...test }],
})
const said = (...faults: TestReport['faults']) => describeFailures([fileOf({ faults })])!

t.test('a run ends with each failed test, by file and name, with what was expected and found', async (t) => {
  const reports = [await run('passing'), await run('failing'), await run('throwing')]
  const told = describeFailures(reports)!.split('\n')
  t.equal(told[0], 'The failed tests:')
  t.strictSame(
    told
      .slice(1)
      .filter((line) => line.includes('✗'))
      .map((line) => line.replace(/ \S*fixtures\//, ' ')),
    ['  ✗ failing.ts: sums > are wrong', '  ✗ throwing.ts: a test that throws'],
  )
  t.match(told[2], /one and one/)
  t.match(told[3], /failing\.ts:8:/)
  t.strictSame(told.slice(4, 6), ['      -3', '      +2'])
  t.match(told.join('\n'), /thrown in a test/)
  t.equal(describeFailures([reports[0]!]), undefined)
})

t.test('a file that failed as a whole is told with the end of what it wrote', async (t) => {
  const report = await run('crashing')
  t.equal(countFile(report).failed, 1)
  const told = describeFailures([report])!
  t.match(told, /crashing\.ts: the file as a whole\n +thrown at the top\n +libs.*crashing\.ts:1:7/)
})

t.test('there are as many as are counted, and a test that failed without a word is one', async (t) => {
  const inner = (ok: boolean): TestReport => ({ name: 'inner', ok, skipped: false, faults: [], tests: [] })
  for (const report of [
    fileOf({}),
    fileOf({ tests: [inner(true)] }),
    fileOf({ tests: [inner(false), inner(false)] }),
    fileOf({ tests: [inner(false)], faults: [{ message: 'of the group' }] }),
    fileOf({}, { faults: [{ message: 'ended with code 1' }] }),
    fileOf({ ok: true }),
  ])
    t.equal(describeFailures([report])?.match(/✗/g)?.length ?? 0, countFile(report).failed)
})

t.test('what is told of one is short', async (t) => {
  const diff = ['--- expected', '+++ actual', '@@ -1 +1 @@', ...Array.from({ length: 90 }, (_, i) => ` same ${i}`)]
  t.match(said({ message: 'm', diagnostics: { diff: [...diff, '-old', '+new'].join('\n') } }), /m\n +-old\n +\+new$/)
  const changes = Array.from({ length: 90 }, (_, i) => `+line ${i}`).join('\n')
  t.equal(said({ message: 'm', diagnostics: { diff: changes } }).split('\n').length, 2 + 12)

  const found = `${'a'.repeat(5_000)}kari${'b'.repeat(5_000)}`
  const unwanted = said({ message: 'm', diagnostics: { found, doNotWant: /kari/ } })
  t.match(unwanted, /found: …a+karib+\n +doNotWant: \/kari\//)
  t.ok(unwanted.length < 500)

  const source = 't.pass()\n  t.ok(isOpen)\n----^\n})\n'
  t.match(
    said({ message: 'm', diagnostics: { source, stack: 'a.test.ts:3:5\nb.ts:1:1' } }),
    /m\n +a\.test\.ts:3:5\n +t\.ok\(isOpen\)$/,
  )
})

t.test('many fit into the end of a print, and none is left out', async (t) => {
  const report = fileOf({ faults: [{ message: Array.from({ length: 30 }, (_, i) => `line ${i}`).join('\n') }] })
  for (const [count, lines] of [
    [1, 1 + 13],
    [4, 1 + 4 * 10],
    [20, 1 + 20 * 2],
    [300, 1 + 300],
  ] as const)
    t.equal(describeFailures(Array.from({ length: count }, () => report))!.split('\n').length, lines, `${count}`)
})
