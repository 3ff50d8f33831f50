import t from 'tap'
import { en } from '../desk/words/en.ts'
import { anOrder, answersAbout, cites, granted, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'

const PAYOUT_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e701'
const OVERRIDE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e702'
const proposed = {
  status: 'proposed',
  amount: 50_000,
  needs: 'second-person',
  proposedBy: 'support',
  why: 'It rained.',
}
const payout = { ...proposed, id: PAYOUT_ID, kind: 'goodwill', reasons: granted.reasons }
const override = { ...proposed, id: OVERRIDE_ID, about: 'withdrawal', ruled: granted.reasons }
const failed = { eventId: 'e-1', producer: 'orders', type: 'ContractFormed', aggregateId: ORDER_ID, attempts: 9 }
const answers = () => ({
  ...answersAbout(anOrder()),
  [`GET /orders/${ORDER_ID}/payouts`]: { items: [payout] },
  [`GET /orders/${ORDER_ID}/overrides`]: { items: [override] },
  'GET /dead-letters': { items: [{ ...failed, receivedAt: '2026-11-27T09:00:00Z', dead: true, version: 2 }] },
})
const house = await startTestConsole(t, answers())
const support = createVisitor(house, { 'accept-language': 'en' })
const manager = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
await manager.signIn('manager')
const told = (method: string, url: string) =>
  house.asked.filter((each) => each.method === method && each.url === url).map(({ body }) => body)

/** Fills in what staff does about the order, sees what would follow, and stands before doing it. */
async function standBefore(action: string, typed: Record<string, string>) {
  const at = `/desk/orders/${ORDER_ID}/do/${action}`
  const first = support.fieldsOf((await support.ask(at)).text, `${at}/consequences`)
  const { text } = await support.send(`${at}/consequences`, { ...first, ...typed })
  return { at, text, fields: support.fieldsOf(text, at) }
}

t.test('a whole order is cancelled after a look at what the services rule of it', async (t) => {
  const door = `/orders/${ORDER_ID}/cancellation`
  house.answers[`PUT ${door}`] = anOrder({ status: 'cancelled' } as never)
  const { at, text, fields } = await standBefore('cancel-order', { by: 'customer', reason: 'customer-wish' })
  t.match(text, 'Too late.', 'what it would rest on')
  t.match(text, en.cancelFollows)
  t.strictSame(told('PUT', door), [])
  for (const _ of [1, 2]) t.equal((await support.send(at, fields)).status, 303)
  t.strictSame(told('PUT', door), [{ by: 'customer', reason: 'customer-wish' }])
})

t.test('an address is corrected after a look at where goods go now and then', async (t) => {
  const door = `/orders/${ORDER_ID}/shipping-address`
  house.answers[`PUT ${door}`] = anOrder()
  const typed = { name: 'Kari', street: 'Nygata 2', postalCode: '0156', city: 'Oslo', country: 'NO', why: 'She moved.' }
  const { at, text, fields } = await standBefore('address', typed)
  t.match(text, 'Kari Eksempel, Storgata 1, 0155, Oslo, NO')
  t.match(text, 'Kari, Nygata 2, 0156, Oslo, NO')
  t.notMatch(text, en.addressAbroad)
  for (const _ of [1, 2]) await support.send(at, fields)
  const { why, ...shippingAddress } = typed
  t.strictSame(told('PUT', door), [{ shippingAddress, why }])
  t.match((await standBefore('address', { ...typed, country: 'SE' })).text, en.addressAbroad)
})

t.test('staff decides otherwise than the rules after a look at what they say', async (t) => {
  const typed = { about: 'voluntary-return', 'units-1': '1', words: 'Too big.', why: 'She is a friend of the house.' }
  const { at, text, fields } = await standBefore('override', typed)
  t.match(text, cites[0]!.text)
  t.match(text, en.overrideFollows)
  const door = `/orders/${ORDER_ID}/overrides/${fields.id}`
  house.answers[`PUT ${door}`] = override
  for (const _ of [1, 2]) await support.send(at, fields)
  t.strictSame(told('PUT', door), [
    { about: 'voluntary-return', lines: [{ lineId: '1', quantity: 1 }], why: typed.why, words: 'Too big.' },
  ])
})

t.test('what waits for a second person is answered on the order, once', async (t) => {
  for (const [what, id, door] of [
    ['payout', PAYOUT_ID, `/proposed-payouts/${PAYOUT_ID}/verdict`],
    ['override', OVERRIDE_ID, `/overrides/${OVERRIDE_ID}/verdict`],
  ] as const) {
    const at = `/desk/orders/${ORDER_ID}/approvals/${what}/${id}`
    const { text } = await manager.ask(`/desk/orders/${ORDER_ID}`)
    t.match(text, en['needs_second-person'])
    t.match(text, 'It rained.')
    const fields = manager.fieldsOf(text, at)
    house.answers[`PUT ${door}`] = problem(409, 'Another person than who proposed it must approve.')
    const refused = await manager.send(at, { ...fields, verdict: 'approved' })
    t.equal(refused.status, 409)
    t.match(refused.text, 'Another person than who proposed it must approve.')
    house.answers[`PUT ${door}`] = {}
    for (const _ of [1, 2]) t.equal((await manager.send(at, { ...fields, verdict: 'approved' })).status, 303)
    t.strictSame(told('PUT', door).slice(1), [{ verdict: 'approved' }])
    t.equal((await manager.send(at, { ...fields, verdict: 'perhaps' })).status, 400)
  }
  t.equal((await manager.send(`/desk/orders/${ORDER_ID}/approvals/money/x`, {})).status, 403)
})

t.test('events that failed are tried again in the service where they did', async (t) => {
  const { text } = await manager.ask('/desk/work')
  t.match(text, 'ContractFormed')
  const at = '/desk/work/failed-events'
  const fields = manager.fieldsOf(text, at)
  house.answers['POST /dead-letters/revival'] = { revived: 1 }
  for (const _ of [1, 2]) t.equal((await manager.send(at, fields)).headers.get('location'), '/desk/work#dead')
  t.strictSame(told('POST', '/dead-letters/revival'), [{ aggregateId: ORDER_ID }])
  t.equal((await manager.send(at, { ...fields, service: 'nobody' })).status, 400)
})
