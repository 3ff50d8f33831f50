import { readFileSync } from 'node:fs'
import t from 'tap'
import { disputed } from '../cases/disputed.ts'
import { holdsFacts, isSteps, judgeFacts, readFactsCases } from '../cases/facts.ts'
import { hasFailed } from '../cases/runner.ts'

const csv = readFileSync(new URL('../cases/facts.csv', import.meta.url), 'utf8')
const cases = readFactsCases(csv)
const MOST_DISPUTED = 5

t.test('the bank of cases told as facts', async (t) => {
  for (const each of cases.filter((it) => !isSteps(it)))
    t.test(`${each.id} ${each.topic}: ${each.basis}`, async (t) => {
      const { wrong, got, error } = judgeFacts(each)
      const answers = disputed[each.id]?.answers ?? {}
      t.strictSame({ got, error }, { got: answers, error: undefined }, `differs in ${wrong.join(', ')}`)
    })
  t.test('each has a name of its own and says what it rests on', async (t) => {
    t.equal(new Set(cases.map(({ id }) => id)).size, cases.length)
    for (const { id, basis } of cases) t.match(basis, /\S{3}/, id)
  })
  t.test('none is listed that is not there, and few are disputed', async (t) => {
    const ids = new Set(cases.map(({ id }) => id))
    t.strictSame(
      Object.keys(disputed).filter((id) => !ids.has(id)),
      [],
    )
    t.ok(Object.keys(disputed).length <= MOST_DISPUTED)
    for (const [id, { answers }] of Object.entries(disputed)) t.not(Object.keys(answers).length, 0, id)
  })
})

t.test('the runner of such cases', async (t) => {
  const told = {
    customerKind: 'business',
    at: '2026-02-06T10:00:00Z',
    lines: [{ lineId: '1', quantity: 1, total: 100 }],
  }
  const verdict = (expected: object, facts: object = told) =>
    judgeFacts({ id: 'A1', topic: 'any', facts, expected: expected as never, basis: 'why' })

  t.test('tells the two kinds of file apart', async (t) => {
    t.strictSame([holdsFacts(csv), holdsFacts('case_id,topic,title\n')], [true, false])
  })
  for (const [rule, expected, passes] of [
    ['finds what a path leads to', { 'lines.0.withdrawal.outcome': 'refused' }, true],
    ['takes null for what is not there', { 'lines.0.withdrawal.until': null, 'lines.7.sku': null }, true],
    ['finds a section that is cited', { '#cites': '§ 5' }, true],
    ['and not one that is not', { '#cites': '§ 99' }, false],
    ['reads the text of a section', { '#text of § 5': 'natural person' }, true],
    ['and no other text', { '#text of § 5': 'choose' }, false],
    ['knows a reason that is not given', { '#codeAbsent': 'within-period' }, true],
    ['and one that is', { '#codeAbsent': 'business-customer' }, false],
    ['fails a value of another type', { 'lines.0.quantity': '1' }, false],
    ['fails a case that expects nothing', {}, false],
  ] as const)
    t.test(rule, async (t) => t.equal(!hasFailed(verdict(expected)), passes))
  t.test('fails a rule that is none, and facts that nobody can read', async (t) => {
    t.ok(hasFailed(verdict({ kind: 'business' }, { function: 'toString' })))
    t.ok(hasFailed(verdict({ kind: 'business' }, { at: 'yesterday' })))
  })
  t.test('a file without cases, and facts that are no JSON, are told in a sentence', async (t) => {
    t.throws(() => readFactsCases('id,topic,facts,expected,basis\n'), /holds no cases/)
    t.throws(() => readFactsCases('id,topic,facts,expected,basis\nZ1,risk,oops,{},why\n'), /Z1: facts is not/)
  })
})
