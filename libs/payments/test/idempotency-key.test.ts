import assert from 'node:assert/strict'
import test from 'node:test'
import { idempotencyKey, uuidV5 } from '../idempotency-key.ts'

test('the example of RFC 9562 (A.4) comes out', () => {
  assert.equal(
    uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com'),
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  )
})

test('a key is the same for the same thing and another for anything else', () => {
  const thing = { op: 'capture' as const, intentId: 'a', amount: 100, attempt: 1 }
  const others = [{ op: 'refund' as const }, { intentId: 'b' }, { amount: 101 }, { attempt: 2 }]
  const keys = [thing, thing, ...others.map((other) => ({ ...thing, ...other }))].map(idempotencyKey)
  assert.equal(keys[0], keys[1])
  assert.equal(new Set(keys).size, 5)
  assert.match(keys[0]!, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('keys never change between releases, since they may have been sent before one', () => {
  const intentId = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'
  const key = idempotencyKey({ op: 'capture', intentId, amount: 12_900, attempt: 1 })
  assert.equal(key, '56215f87-677c-5411-bdd6-23ba2f0fa16c')
})
