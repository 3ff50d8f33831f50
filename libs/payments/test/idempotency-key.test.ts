import t from 'tap'
import { idempotencyKey, uuidV5 } from '../idempotency-key.ts'

t.test('the example of RFC 9562 (A.4) comes out', async (t) => {
  t.equal(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com'), '2ed6657d-e927-568b-95e1-2665a8aea6a2')
})

t.test('a key is the same for the same thing and another for anything else', async (t) => {
  const thing = { op: 'capture' as const, intentId: 'a', amount: 100, attempt: 1 }
  const others = [{ op: 'refund' as const }, { intentId: 'b' }, { amount: 101 }, { attempt: 2 }]
  const keys = [thing, thing, ...others.map((other) => ({ ...thing, ...other }))].map(idempotencyKey)
  t.equal(keys[0], keys[1])
  t.equal(new Set(keys).size, 5)
  t.match(keys[0]!, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

t.test('keys never change between releases, since they may have been sent before one', async (t) => {
  const intentId = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'
  const key = idempotencyKey({ op: 'capture', intentId, amount: 12_900, attempt: 1 })
  t.equal(key, '56215f87-677c-5411-bdd6-23ba2f0fa16c')
})
