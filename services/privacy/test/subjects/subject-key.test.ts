import t from 'tap'
import { createSubjectKey, type Identifier, normalised } from '../../subjects/subject-key.ts'

const keyOf = createSubjectKey('a-secret-of-the-tests-and-nobody-else')

t.test('however a person spells an identifier, they are the same person', async (t) => {
  const same: [Identifier['kind'], string, string][] = [
    ['email', ' Kari@Example.COM ', 'kari@example.com'],
    ['email', 'ｋari@example.com', 'kari@example.com'],
    ['email', 'kari@blåbær.example', 'kari@xn--blbr-roah.example'],
    ['email', 'kari@XN--BLBR-ROAH.example', 'kari@xn--blbr-roah.example'],
    ['email', 'kari@BLÅBÆR.example', 'kari@xn--blbr-roah.example'],
    ['phone', '0047 912 34 567', '+4791234567'],
    ['phone', '912 34 567', '+4791234567'],
    ['phone', '+47 (912) 34-567', '+4791234567'],
  ]
  for (const [kind, spelt, value] of same) {
    t.equal(normalised({ kind, value: spelt }), value)
    t.equal(
      keyOf({ controller: 'smartgroup', kind, value: spelt }),
      keyOf({ controller: 'smartgroup', kind, value }),
      spelt,
    )
  }
})

t.test('of two controllers, kinds or people no two keys are alike, and no key tells what it was made of', async (t) => {
  const keys = ['smartgroup', 'smartorg'].flatMap((controller) =>
    (['email', 'account'] as const).flatMap((kind) =>
      ['kari@example.com', 'ola@example.com'].map((value) => keyOf({ controller, kind, value })),
    ),
  )
  t.equal(new Set(keys).size, 8)
  for (const key of keys) t.match(key, /^[0-9a-f]{64}$/)
  const other = createSubjectKey('another-secret-of-the-tests-only')
  t.not(keys[0], other({ controller: 'smartgroup', kind: 'email', value: 'kari@example.com' }))
})
