import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { organisationNumber } from '../../checkout/organisation-number.ts'

const norwegian = (text: string) => organisationNumber(text, 'NO')

t.test('numbers of the Norwegian register are understood as letterheads write them', async (t) => {
  for (const number of ['999615147', '974760673', '889640782', '971040238']) t.equal(norwegian(number), number)
  for (const text of [
    '999 615 147',
    ' 999615147 ',
    'NO 999 615 147 MVA',
    'NO999615147MVA',
    'no 999 615 147',
    '９９９615147',
    '999615147 mva',
  ])
    t.equal(norwegian(text), '999615147', text)
})

t.test('numbers of other countries are kept as their registers write them, a VAT id with its country', async (t) => {
  for (const [country, text, kept] of [
    ['SE', '556703-7485', '5567037485'],
    ['SE', 'SE556703748501', 'SE556703748501'],
    ['DK', '13585628', '13585628'],
    ['DK', 'DK 13 58 56 28', 'DK13585628'],
    ['FI', '2077474-0', '20774740'],
    ['FI', 'FI20774740', 'FI20774740'],
    ['DE', 'DE 136695976', 'DE136695976'],
    ['FR', 'FR 40 303265045', 'FR40303265045'],
    ['FR', '303 265 045', '303265045'],
    ['GB', 'GB 980 7806 84', 'GB980780684'],
    // Delivered to one country, registered in another.
    ['SE', 'NO 999 615 147 MVA', '999615147'],
    ['NO', 'DE 136695976', 'DE136695976'],
    ['SJ', 'NO 999 615 147', '999615147'],
  ] as const)
    t.equal(organisationNumber(text, country), kept, `${country} ${text}`)
})

t.test('what is no number of the country is none', async (t) => {
  for (const text of ['', '99961514', '9996151470', '99961514x', '999615148', 'MVA', 'Bedrift AS'])
    t.equal(norwegian(text), null, text)
  for (const [country, text] of [
    ['SE', '999615147'],
    ['NO', '556703-7485'],
    ['NO', 'DE 136695977'],
    ['DK', '13585629'],
  ] as const)
    t.equal(organisationNumber(text, country), null, `${country} ${text}`)
})

t.test('noughts are nobody, in any country', async (t) => {
  for (const [country, length] of [
    ['NO', 9],
    ['SE', 10],
    ['DK', 8],
    ['FI', 8],
    ['DE', 9],
    ['FR', 9],
    ['GB', 9],
  ] as const)
    for (const prefix of ['', `${country} `])
      t.equal(organisationNumber(`${prefix}${'0'.repeat(length)}`, country), null, country)
})

t.test('a number of a country whose registers are not known has a digit at least', async (t) => {
  t.equal(organisationNumber('C-1234', 'XZ'), 'C-1234')
  t.equal(organisationNumber('none', 'XZ'), null)
  t.equal(organisationNumber('1\n2', 'XZ'), null)
})

t.test('one wrong digit of a Norwegian number is always noticed', async () =>
  fc.assert(
    fc.property(fc.nat(8), fc.integer({ min: 1, max: 9 }), (place, shift) => {
      const digits = [...'999615147'].map(Number)
      digits[place] = (digits[place]! + shift) % 10
      assert.equal(norwegian(digits.join('')), null)
    }),
  ),
)

t.test('whatever is written, the answer is a line of letters and digits, and is its own number', async () =>
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('NO', 'SE', 'DK', 'DE', 'FR', 'GB', 'SJ', 'XZ'),
      (text, country) => {
        const kept = organisationNumber(text, country)
        if (kept === null) return
        assert.match(kept, /^[\dA-Z ./-]+$/)
        assert.equal(organisationNumber(kept, country), kept)
      },
    ),
  ),
)
