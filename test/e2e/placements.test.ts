import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { sharedHouse } from './house.ts'

const house = await sharedHouse()
const { shop, klarna, urls } = house
/** Two processes of the orders service, which share nothing but the database. */
const doors = [urls.orders, (await house.startAnother('orders')).url]
const times = <T>(count: number, make: (door: string) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => make(doors[i % doors.length]!)))

t.test('200 who want the last 50 at once leave exactly 50 orders', async (t) => {
  const sku = await shop.stock(50)
  const carts = await times(200, () => shop.cart({ sku }))
  const answers = await times(200, (door) => shop.send(carts.pop()!, undefined, [201, 409], door))

  const placed = answers.filter(({ status }) => status === 201)
  t.equal(new Set(placed.map(({ body }) => body.id)).size, 50)
  const refused = answers.filter(({ status }) => status === 409)
  t.equal(refused.length, 150)
  for (const { body } of refused) {
    t.equal(body.type, '/problems/out-of-stock')
    t.strictSame(body.shortages, [{ sku, wanted: 1, available: 0 }])
    t.equal(body.detail, `1 of ${sku} were asked for and 0 are left.`)
  }
  const { rows } = await house.pools.orders.query('select stock from product where sku = $1', [sku])
  t.strictSame(rows, [{ stock: 0 }])
  await house.settle()
})

t.test('an order that is said 40 times under one key is placed once and has one payment session', async (t) => {
  const sku = await shop.stock(50)
  const body = await shop.cart({ sku })
  const key = crypto.randomUUID()
  const answers = await times(40, (door) => shop.send(body, key, [201, 409], door))

  const given = answers.filter(({ status }) => status === 201)
  t.equal(new Set(given.map(({ text }) => text)).size, 1, 'all who are answered hear the same')
  t.equal(given.filter(({ headers }) => headers.get('idempotent-replayed') === null).length, 1)
  for (const { status, body: problem } of answers)
    if (status === 409) t.equal(problem.type, '/problems/request-in-flight')

  const [later, elsewhere] = await times(2, (door) => shop.send(body, key, [201], door))
  for (const again of [later!, elsewhere!]) {
    t.equal(again.text, given[0]?.text)
    t.equal(again.headers.get('idempotent-replayed'), 'true')
  }
  const other = await shop.send({ ...body, email: 'ola@example.com' }, key, [422])
  t.equal(other.body.type, '/problems/idempotency-key-reused')

  const { rows } = await house.pools.orders.query('select stock from product where sku = $1', [sku])
  t.strictSame(rows, [{ stock: 49 }])
  const { number, id } = later!.body
  const sessionsOf = () =>
    klarna.journal().filter(({ path, body: sent }) => path === '/payments/v1/sessions' && mentions(sent, number))
  await eventually('the payment page to be open', async () => {
    const start = `select 1 from payment_session where order_id = $1 and status <> 'planned'`
    return (await house.pools.orders.query(start, [id])).rowCount === 1
  })
  t.equal(sessionsOf().length, 1)
  await house.settle()
})

const mentions = (body: unknown, number: string) =>
  (body as { merchant_reference1?: string }).merchant_reference1 === number
