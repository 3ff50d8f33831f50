import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { writtenLine } from '../written-line.ts'

const hostile = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.constantFrom(
      '\n',
      '\r\n',
      '\u2028',
      '\u0085',
      '\u202e',
      '\u2066',
      'https://evil.example/pay',
      'www.evil.example',
    ),
  ),
  { maxLength: 8 },
)

t.test('a name reads as it was written', async (t) => {
  for (const name of ['Kari Eksempel', 'St. Olavs gate 5 B', `Robert'); drop table orders;--`, 'Åse Ødegård'])
    t.equal(writtenLine(name), name)
  t.equal(writtenLine('Komplett.no AS').replaceAll('\u2060', ''), 'Komplett.no AS')
})

t.test('whatever a name holds, it is one line with nothing to click on', async () =>
  fc.assert(
    fc.property(hostile, (parts) => {
      const line = writtenLine(parts.join(''))
      assert.ok(!/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(line))
      assert.ok(!/:\/\//.test(line))
      assert.ok(!/[\p{L}\p{N}]\.[\p{L}\p{N}]/u.test(line))
    }),
    { numRuns: 1_000 },
  ),
)
