import { sql } from 'kysely'
import t from 'tap'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const { call, db } = house
await house.stock()

const at = (address: object) => ({ shippingAddress: { ...house.address, ...address } })
async function placedAt(address: object) {
  const { body } = await house.place(house.orderOf(await house.quote(), at(address)))
  return body.id as string
}
const found = async (query: Record<string, string>): Promise<string[]> =>
  (await call('support', 'GET', `/orders?${new URLSearchParams(query)}`)).body.items.map(({ id }: { id: string }) => id)

t.test('an order is found by where its goods go, in whatever letters', async (t) => {
  const gift = await placedAt({
    ...{ name: 'Ola Mottaker', street: 'Løvåsbakken 12 B', postalCode: '5145', city: 'Fyllingsdalen' },
    phone: '+47 900 11 222',
  })
  const other = await placedAt({ street: 'Løvåsbakken 120', postalCode: '5146', city: 'Fyllingsdalen' })
  for (const address of [
    ...['løvåsbakken 12 b', 'Løvåsbakken 12 B, 5145', 'Løvåsbakken 12, 5145 fyllingsdalen', '5145'],
    ...['5145 Fyllingsdalen', 'LØVÅSBAKKEN 12 B, Fyllingsdalen'],
  ])
    t.strictSame(await found({ address }), [gift], address)
  for (const address of ['løvåsbakken', 'Fyllingsdalen']) t.strictSame(await found({ address }), [other, gift], address)
  for (const address of ['5145 Bergen', 'bakken 12', 'l%', '_', ',', '%', 'Løvåsbakken 12, 0155'])
    t.strictSame(await found({ address }), [], address)
  t.strictSame(await found({ recipient: 'ola mottaker' }), [gift])
  for (const phone of ['90011222', '+47 900 11 222', '004790011222'])
    t.strictSame(await found({ phone }), [gift], phone)
  for (const phone of ['222', '11222', '90011223']) t.strictSame(await found({ phone }), [], phone)
  t.strictSame(
    (await call('customer', 'GET', '/orders?address=5145')).body.items,
    [],
    'a customer finds their own alone',
  )
})

t.test('what was erased is found by nothing', async (t) => {
  const id = await placedAt({ street: 'Glemselveien 1', postalCode: '5147', city: 'Glemmen' })
  await sql`update orders set personal = '{"email":"erased","name":"erased","shippingAddress":{"name":"erased","street":"erased","postalCode":"erased","city":"erased","country":"erased"}}'
    where id = ${id}`.execute(db)
  for (const query of [{ address: 'Glemselveien' }, { address: 'erased' }, { name: 'Erased' }, { recipient: 'erased' }])
    t.strictSame(await found(query as never), [])
})

t.test('each is found by an index, of many orders', async (t) => {
  await sql`set enable_seqscan = off`.execute(db)
  const planOf = async (query: Record<string, string>) => {
    const { foundBy } = await import('../../order/http/found-by.ts')
    const [condition] = foundBy(query)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select id from orders where ${condition}`.execute(db)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }
  for (const [query, index] of [
    [{ address: 'Storgata 1' }, 'orders_by_street'],
    [{ address: '0155' }, 'orders_by_postal_code'],
    [{ address: 'Oslo' }, 'orders_by_city'],
    [{ recipient: 'Kari' }, 'orders_by_recipient'],
    [{ phone: '90011222' }, 'orders_by_phone'],
  ] as const)
    t.match(await planOf(query), index)
})
