import { fileURLToPath } from 'node:url'
import t from 'tap'
import { countFile, describeFile } from '../report.ts'
import { runTestFile, runTestFiles } from '../test-file.ts'

const ENOUGH = { timeoutMs: 60_000 }
/** For what hangs: tap names it in the end, if it is given the time to start and to say so on a slow machine. */
const SHORT = { timeoutMs: 5_000, graceMs: 55_000 }
/** For what hears nothing and has to be killed. */
const KILLED = { timeoutMs: 3_000, graceMs: 2_000 }

const pathOf = (name: string) => fileURLToPath(new URL(`fixtures/${name}.ts`, import.meta.url))
const run = (name: string, options = ENOUGH) => runTestFile(pathOf(name), options)

t.test('tests are counted, and not their groups or assertions; what failed is told with its reason', async (t) => {
  const report = await run('failing')
  t.strictSame(countFile(report), { passed: 1, failed: 1, skipped: 1 })
  const told = describeFile(report)
  t.match(told, /✗ .*failing\.ts: 1 passed, 1 failed, 1 skipped/)
  t.match(told, /✗ sums > are wrong\n +one and one/)
  t.match(told, /-3\n +\+2\n/)
  t.match(told, /failing\.ts:8:/)
  t.notMatch(told, /are right|are left out/)
  t.ok(report.processorSeconds! > 0)
})

t.test('a file is told to have failed', async (t) => {
  for (const [name, when, counts, reason, options] of [
    ['throwing', 'when a test throws', { passed: 0, failed: 1 }, /a test that throws\n +thrown in a test/],
    ['forsaking', 'when nobody hears of an error', { passed: 1 }, /no promise\n +rejected in vain/],
    ['throwing-late', 'when a callback throws', { passed: 1, failed: 1 }, /callback throws\n +thrown in a callback/],
    ['crashing', 'when it cannot be loaded', { passed: 0, failed: 1 }, /thrown at the top\n[\s\S]*crashing\.ts:\d/],
    ['empty', 'when it has no test', { passed: 0, failed: 1 }, /has no test/],
    ['unfinished', 'when it ends amid a test', { passed: 1, failed: 2 }, /a test that is cut off/],
    ['leaving', 'when all pass and its process fails', { passed: 1, failed: 1 }, /ended with code 3/],
    // Its time and the file's end at the same moment: tap tells of one of them, or of both.
    ['hanging', 'when a test hangs', { passed: 0 }, /a test that hangs\n +timeout!/, SHORT],
    ['deaf', 'when it must be killed', { passed: 0, failed: 1 }, /did not end within 5 s/, KILLED],
    ['absent', 'when there is no such file', { passed: 0, failed: 1 }, /Cannot find module/],
  ] as const)
    t.test(when, async (t) => {
      const report = await run(name, options)
      t.hasStrict(countFile(report), counts)
      t.ok(countFile(report).failed > 0)
      t.match(describeFile(report), reason)
    })
})

t.test('files that share a process are told of one by one, each as if it were alone', async (t) => {
  const names = ['failing', 'throwing', 'empty', 'skipping', 'passing']
  const together = await runTestFiles(names.map(pathOf), ENOUGH)
  const alone = await Promise.all(names.map((name) => run(name)))
  t.strictSame(together.map(countFile), alone.map(countFile))
  t.strictSame(
    together.map(({ file }) => file),
    names.map(pathOf),
  )
  t.match(describeFile(together[0]!), /✗ sums > are wrong\n +one and one/)
  t.ok(together.every(({ seconds, processorSeconds }) => seconds >= 0 && processorSeconds! >= 0))
})

t.test('a file that shares a process takes no other’s result with it, and none is passed over', async (t) => {
  const passing = { passed: 2, failed: 0 }
  const lost = { passed: 0, failed: 1 }
  for (const [names, expected, reason, options = ENOUGH] of [
    [['crashing', 'passing'], [lost, passing], /thrown at the top/],
    [['forsaking', 'throwing-late', 'passing'], [{ failed: 1 }, { failed: 1 }, passing], /thrown in a callback/],
    [['absent', 'passing'], [lost, passing], /Cannot find module/],
    [['passing', 'hanging', 'failing'], [passing, { passed: 0 }, { passed: 1 }], /timeout!/, SHORT],
    [['passing', 'leaving', 'throwing'], [passing, { passed: 1 }, lost], /was not reached: .*ended with code/],
    [['passing', 'unfinished', 'throwing'], [passing, { passed: 1 }, lost], /a test that is cut off/],
    [['passing', 'deaf', 'throwing'], [passing, lost, lost], /was not reached: .*did not end within/, KILLED],
  ] as const)
    t.test(names.join(', '), async (t) => {
      const reports = await runTestFiles(names.map(pathOf), options)
      t.match(reports.map(countFile), expected)
      t.ok(reports.slice(1).some((report) => countFile(report).failed > 0) || expected[0] === lost)
      t.match(reports.map(describeFile).join('\n'), reason)
    })
})
