import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type Case, hasFailed, judge, readCases, report, type Topic } from '../cases/runner.ts'
import { topics } from '../cases/topics.ts'

const cases = readCases(readFileSync(new URL('../cases/cases.csv', import.meta.url), 'utf8'))

describe('the bank of worked cases', () => {
  for (const each of cases)
    test(`${each.id} ${each.topic}: ${each.title}`, () => {
      const { wrong, got, error } = judge(each, topics)
      assert.deepEqual({ got, error }, { got: {}, error: undefined }, `differs in ${wrong.join(', ')}`)
    })
  test('there are 287 of them, each with a name of its own', () => {
    assert.equal(new Set(cases.map(({ id }) => id)).size, 287)
  })
  test('every topic is asked about', () => {
    assert.deepEqual(new Set(cases.map(({ topic }) => topic)), new Set(Object.keys(topics)))
  })
})

describe('the runner', () => {
  const double: Topic = ({ n }: { n: number }) => ({ twice: n * 2, none: undefined })
  const each = { id: 'A1', topic: 'double', title: 'Two of one', facts: { n: 1 }, expected: { twice: 2 } }
  const verdict = (changes: Partial<Case>) => judge({ ...each, ...changes }, { double })

  test('passes a case whose expected keys all have the value expected', () => {
    assert.equal(hasFailed(verdict({})), false)
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
    test(rule, () => {
      const throws: Topic = () => {
        throw new Error('no')
      }
      assert.ok(hasFailed(judge({ ...each, ...changes }, { double, throws })))
    })
  test('tells per topic, then each failure with facts, expected and got, and counts last', () => {
    const lines = report([verdict({}), verdict({ expected: { twice: 3 } })]).split('\n')
    assert.equal(lines[0], 'double: 1 passed, 1 failed')
    assert.match(
      lines.join('\n'),
      /A1 double: Two of one\n {2}facts {5}\{"n":1\}\n {2}expected {2}\{"twice":3\}\n {2}got {7}\{"twice":2\}/,
    )
    assert.equal(lines.at(-1), 'cases: 1 passed, 1 failed')
  })
})

describe('pnpm cases FILE.csv', () => {
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
  test('runs any file of the same columns and ends with the count', async () => {
    const { code, out } = await run(`${HEADER}\n${ROW.replace('LAST', '2026-06-15')}\n`)
    assert.deepEqual([code, out.split('\n').at(-1)], [0, 'cases: 1 passed, 0 failed'])
  })
  test('exits with 1 on a failure', async () => {
    const { code, out } = await run(`${HEADER}\n${ROW.replace('LAST', '2026-06-16')}\n`)
    assert.deepEqual([code, out.split('\n').at(-1)], [1, 'cases: 0 passed, 1 failed'])
  })
  for (const [what, csv, said] of [
    ['a file without cases', `${HEADER}\n`, /holds no cases/],
    ['a file that lacks a column', 'case_id,topic\nZ1,risk\n', /lacks the columns? title, facts_json, expected_json/],
    ['facts that are not JSON', `${HEADER}\nZ1,risk,R,T,oops,{}\n`, /Z1: facts_json is not a JSON object/],
  ] as const)
    test(`${what} is told in a sentence`, async () => {
      const { code, err } = await run(csv)
      assert.equal(code, 1)
      assert.match(err, said)
    })
})
