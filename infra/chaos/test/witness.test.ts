import type { Answer } from '@vilkar/local/shopper.ts'
import t from 'tap'
import { createWitness, promiseOf } from '../witness.ts'

t.test('an answer 2xx to what changes something is a promise', async (t) => {
  t.match(promiseOf('POST', '/orders', 201), { service: 'orders', types: ['OrderPlaced'], id: undefined })
  t.match(promiseOf('PUT', '/shipments/s-1/dispatch', 200), { service: 'shipping', id: 's-1' })
  t.match(promiseOf('PUT', '/returns/r-1/receipt', 200), { types: ['ReturnReceived'], id: 'r-1' })
  t.match(promiseOf('PUT', '/erasures/e-1', 200), { service: 'privacy', types: ['ErasureDue'], id: 'e-1' })
  t.match(promiseOf('POST', '/orders/o-1/withdrawals', 201), { types: ['WithdrawalDeclared'], id: undefined })
  t.strictSame(promiseOf('POST', '/orders/o-1/withdrawals', 202)?.types, [], 'it is kept, and answered later')
  for (const [method, path, status] of [
    ['POST', '/orders', 409],
    ['POST', '/orders', 503],
    ['GET', '/orders/o-1', 200],
    ['POST', '/quotes', 201],
  ] as const)
    t.equal(promiseOf(method, path, status), undefined, `${method} ${path} ${status}`)
})

t.test('a witness notes promises, and behind the curtain nobody begins anything', async (t) => {
  let asked = 0
  const answer = Promise.withResolvers<Answer>()
  const witness = createWitness(() => {
    asked += 1
    return answer.promise
  })
  const placing = witness.call('storefront', 'POST', 'http://127.0.0.1/orders', {})
  witness.curtain()
  void witness.call('storefront', 'POST', 'http://127.0.0.1/orders', {})
  t.strictSame([asked, witness.unanswered()], [1, ['POST http://127.0.0.1/orders']], 'what is under way is waited for')
  answer.resolve({ status: 201, body: { id: 'o-1' }, text: '', headers: new Headers() })
  await placing
  t.strictSame(witness.unanswered(), [])
  t.strictSame(witness.acknowledged(), [{ service: 'orders', types: ['OrderPlaced'], aggregateId: 'o-1' }])
})
