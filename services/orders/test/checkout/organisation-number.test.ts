import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { isOrganisationNumber } from '../../checkout/organisation-number.ts'

t.test('numbers of the register are organisation numbers, with or without spaces', async (t) => {
  for (const number of ['999615147', '974760673', '889640782', '971040238', '999 615 147', ' 999615147 '])
    t.ok(isOrganisationNumber(number), number)
})
t.test('a remainder of nothing asks for the check digit 0', async (t) => t.ok(isOrganisationNumber('100000040')))
t.test('a number whose check digit would be 10 does not exist', async (t) => {
  for (let digit = 0; digit <= 9; digit++) t.ok(!isOrganisationNumber(`10000030${digit}`), `10000030${digit}`)
})
t.test('anything but nine digits is none', async (t) => {
  for (const text of [
    '',
    '99961514',
    '9996151470',
    '99961514x',
    'NO999615147',
    '999-615-147',
    '９９９615147',
    '999\u00a0615147',
  ])
    t.ok(!isOrganisationNumber(text), text)
})
t.test('one wrong digit is always noticed', async () =>
  fc.assert(
    fc.property(fc.nat(8), fc.integer({ min: 1, max: 9 }), (place, shift) => {
      const digits = [...'999615147'].map(Number)
      digits[place] = (digits[place]! + shift) % 10
      assert.ok(!isOrganisationNumber(digits.join('')))
    }),
  ),
)
t.test('of ten numbers that differ in the last digit, one at most is right', async () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (stem) => {
      const right = Array.from({ length: 10 }, (_, digit) => `${String(stem).padStart(8, '0')}${digit}`).filter(
        isOrganisationNumber,
      )
      assert.ok(right.length <= 1)
    }),
  ),
)
