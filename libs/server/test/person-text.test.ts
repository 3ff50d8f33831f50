import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { asciiEmail, asKept, isCountry, isReadableLine } from '../person-text.ts'

t.test('a name has a letter or a digit that can be seen', async (t) => {
  for (const name of [
    'Kari Eksempel',
    'Åse Ødegård',
    '张伟',
    'محمد',
    'O’Brien-Smith',
    '7-Eleven',
    'Komplett.no AS',
    ' x ',
  ])
    t.ok(isReadableLine(name), name)
  for (const name of ['', '   ', '\t\n', '\u200b', '\u2060\u200d', '\u3164', '\u00ad', '…', '🎁', '\u2800'])
    t.notOk(isReadableLine(name), encodeURIComponent(name))
})

t.test('a name is one line, and no address of a web page', async (t) => {
  for (const name of [
    'Ola\n\nURGENT: pay again',
    'Ola\r\nBcc: all@example.com',
    'Ola\u2028next',
    'Ola\u0085next',
    'Ola \x1b[31m',
    'Ola \u202egnirts',
    'Ola \u2066x\u2069',
    'Ola\u0000',
    'Pay at https://evil.example/pay',
    'WWW.evil.example',
    'ftp://evil.example',
  ])
    t.notOk(isReadableLine(name), encodeURIComponent(name))
})

t.test('whatever is readable is kept as one line without blanks around it', async () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      if (!isReadableLine(text)) return
      const kept = asKept(text)
      assert.equal(kept, kept.trim())
      assert.ok(!/[\n\r\u2028\u2029\u0085\u202a-\u202e\u2066-\u2069]/.test(kept))
      assert.ok(isReadableLine(kept))
    }),
    { numRuns: 1_000 },
  ),
)

t.test('a country is one of ISO 3166-1', async (t) => {
  for (const country of ['NO', 'SJ', 'AX', 'FO', 'GL', 'GB', 'US']) t.ok(isCountry(country), country)
  for (const country of ['ZZ', 'XX', 'UK', 'EU', 'no', 'NOR', '', 'N1']) t.notOk(isCountry(country), country)
})

t.test('a mail domain of any letters is written as mail servers take it', async (t) => {
  t.equal(asciiEmail('kari@blåbær.no'), 'kari@xn--blbr-roah.no')
  t.equal(asciiEmail(' kari@example.com '), 'kari@example.com')
  t.equal(asciiEmail('kari+shop@mail.example.com'), 'kari+shop@mail.example.com')
  t.equal(asciiEmail(`${'a'.repeat(64)}@example.com`), `${'a'.repeat(64)}@example.com`)
})

t.test('what no mail server takes is no address (RFC 5321 § 4.5.3.1)', async (t) => {
  for (const text of [
    '',
    'kari',
    'kari@',
    '@example.com',
    `${'a'.repeat(65)}@example.com`,
    `kari@${'a'.repeat(64)}.com`,
    `kari@${'a.'.repeat(124)}example.com`,
    'root@127.0.0.1',
    'root@[127.0.0.1]',
    'kåre@example.com',
    '"kari nordmann"@example.com',
    'kari@example.com, ola@example.com',
    'Kari <kari@example.com>',
    'kari@example.com\nBcc: ola@example.com',
    'kari@exa\u200bmple..com',
  ])
    t.equal(asciiEmail(text), null, encodeURIComponent(text))
})
