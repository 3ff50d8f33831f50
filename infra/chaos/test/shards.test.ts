import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import t from 'tap'
import { crossings, lineOf, spreads } from '../shards.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const services = Object.keys(spreads) as ServiceName[]
const linesOf = (service: ServiceName, statement: string) =>
  crossings(service, statement).map((crossing) => lineOf(service, crossing))

t.test('a statement that says its order is asked of one shard', async (t) => {
  for (const statement of [
    'select "state" from "orders" where "id" = $1 for update',
    'update "orders" set "state" = $1 where "id" = $2',
    'insert into "mail" ("id", "about_id", "kind") values ($1, $2, $3)',
    'select "amount" from ledger_entry where order_id in ($1 /*, ... */) and kind = $2',
    'select seq from outbox where pub_no is null order by seq limit $1',
    'select stock from product where sku = $1',
  ])
    t.strictSame(linesOf('orders', statement), [], statement)
})

t.test('one that does not is asked of all', async (t) => {
  t.strictSame(linesOf('orders', 'select "status" from "mail" where "id" = $1'), ['orders: select mail by id'])
  t.strictSame(linesOf('shipping', 'select "state" from "shipment" where "status" = $1 and "id" > $2'), [
    'shipping: select shipment over all',
  ])
  t.strictSame(linesOf('orders', 'select count(*) from orders'), ['orders: select orders over all'])
  t.strictSame(linesOf('orders', 'insert into credit_note_invoice (seller, credit_note) values ($1, $2)'), [
    'orders: insert credit_note_invoice without its order',
  ])
  t.strictSame(
    linesOf('orders', 'select amount from payment_account join orders on orders.id = order_id where order_id = $1'),
    [],
    'a join by the order stays where the order is',
  )
})

t.test('every table of the schema is spread by something', async (t) => {
  const common = globSync('libs/*/migrations/*.sql', { cwd: ROOT })
  for (const service of services) {
    const made = [
      ...common.filter((path) => !/test/.test(path)),
      ...globSync(`services/${service}/migrations/*.sql`, { cwd: ROOT }),
    ]
      .map((path) => readFileSync(`${ROOT}${path}`, 'utf8'))
      .join('\n')
    const dropped = new Set(
      [...made.matchAll(/^(?:drop table|alter table) (\w+)(?:;| rename to)/gm)].map(([, table]) => table),
    )
    const tables = [...made.matchAll(/^create table (\w+)/gm)].map(([, table]) => table!)
    t.strictSame(
      tables.filter((table) => !(table in spreads[service]) && !dropped.has(table)),
      [],
      service,
    )
  }
})
