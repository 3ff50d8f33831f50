import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import t from 'tap'
import { type Case, hasFailed, judge, readCases, report, type Topic } from '../cases/runner.ts'
import { topics } from '../cases/topics.ts'

const csv = readFileSync(new URL('../cases/cases.csv', import.meta.url), 'utf8')
const cases = readCases(csv)

t.test('the bank of worked cases', async (t) => {
  for (const each of cases)
    t.test(`${each.id} ${each.topic}: ${each.title}`, async (t) => {
      const { wrong, got, error } = judge(each, topics)
      t.strictSame({ got, error }, { got: {}, error: undefined }, `differs in ${wrong.join(', ')}`)
    })
  t.test('each has a name of its own', async (t) => {
    const ids = cases.map(({ id }) => id)
    t.strictSame(
      ids.filter((id, at) => ids.indexOf(id) !== at),
      [],
    )
  })
  t.test('each says of what kind its source is, and how sure it is', async (t) => {
    const kinds = ['statute', 'terms', 'court', 'official-guidance', 'inference', 'unverified']
    for (const { case_id, source_kind, confidence } of parse<Record<string, string>>(csv, {
      columns: true,
      bom: true,
    })) {
      t.ok(kinds.includes(source_kind!), `${case_id}: ${source_kind}`)
      t.ok(['high', 'medium', 'low'].includes(confidence!), `${case_id}: ${confidence}`)
    }
  })
  t.test('every topic is asked about', async (t) => {
    t.strictSame(new Set(cases.map(({ topic }) => topic)), new Set(Object.keys(topics)))
  })
})

t.test('the runner', async (t) => {
  const double: Topic = ({ n }: { n: number }) => ({ twice: n * 2, none: undefined })
  const each = { id: 'A1', topic: 'double', title: 'Two of one', facts: { n: 1 }, expected: { twice: 2 } }
  const verdict = (changes: Partial<Case>) => judge({ ...each, ...changes }, { double })

  t.test('passes a case whose expected keys all have the value expected', async (t) => {
    t.equal(hasFailed(verdict({})), false)
  })
  for (const [rule, changes] of [
    ['another value is a failure', { expected: { twice: 3 } }],
    ['a value of another type is one', { expected: { twice: '2' } }],
    ['a key that nobody computes is one, whatever is expected of it', { expected: { twice: 2, thrice: 3 } }],
    ['also when nothing is expected of it', { expected: { none: null } }],
    ['a topic that nobody answers is one', { topic: 'triple' }],
    ['a topic that every object has is none', { topic: 'toString' }],
    ['a case that expects nothing is one', { expected: {} }],
    ['an answer that throws is one', { topic: 'throws' }],
  ] as const)
    t.test(rule, async (t) => {
      const throws: Topic = () => {
        throw new Error('no')
      }
      t.ok(hasFailed(judge({ ...each, ...changes }, { double, throws })))
    })
  t.test('tells per topic, then each failure with facts, expected and got, and counts last', async (t) => {
    const lines = report([verdict({}), verdict({ expected: { twice: 3 } })]).split('\n')
    t.equal(lines[0], 'double: 1 passed, 1 failed')
    t.match(
      lines.join('\n'),
      /A1 double: Two of one\n {2}facts {5}\{"n":1\}\n {2}expected {2}\{"twice":3\}\n {2}got {7}\{"twice":2\}/,
    )
    t.equal(lines.at(-1), 'cases: 1 passed, 1 failed')
  })
})

t.test('pnpm cases FILE.csv', async (t) => {
  const HEADER = 'case_id,topic,rule_id,title,facts_json,expected_json'
  const ROW =
    'Z1,withdrawal-deadline,R,Monday,"{""receivedAt"": ""2026-06-01T14:00:00+02:00""}","{""lastDay"": ""LAST""}"'
  async function run(csv: string) {
    const file = join(mkdtempSync(join(tmpdir(), 'cases-')), 'some.csv')
    writeFileSync(file, csv)
    const program = new URL('../cases/run.ts', import.meta.url).pathname
    return new Promise<{ code: number; out: string; err: string }>((resolve) =>
      execFile(process.execPath, [program, file], (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out: out.trim(), err: err.trim() }),
      ),
    )
  }
  t.test('runs any file of the same columns and ends with the count', async (t) => {
    const { code, out } = await run(`${HEADER}\n${ROW.replace('LAST', '2026-06-15')}\n`)
    t.strictSame([code, out.split('\n').at(-1)], [0, 'cases: 1 passed, 0 failed'])
  })
  t.test('exits with 1 on a failure', async (t) => {
    const { code, out } = await run(`${HEADER}\n${ROW.replace('LAST', '2026-06-16')}\n`)
    t.strictSame([code, out.split('\n').at(-1)], [1, 'cases: 0 passed, 1 failed'])
  })
  for (const [what, csv, said] of [
    ['a file without cases', `${HEADER}\n`, /holds no cases/],
    ['a file that lacks a column', 'case_id,topic\nZ1,risk\n', /lacks the columns? title, facts_json, expected_json/],
    ['facts that are not JSON', `${HEADER}\nZ1,risk,R,T,oops,{}\n`, /Z1: facts_json is not a JSON object/],
  ] as const)
    t.test(`${what} is told in a sentence`, async (t) => {
      const { code, err } = await run(csv)
      t.equal(code, 1)
      t.match(err, said)
    })
})
