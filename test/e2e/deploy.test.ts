import t from 'tap'
import { startHouse } from './house.ts'

/**
 * A deploy as an instance of before sees it: the schema of a version to come arrives while it works. The version to come is made
 * up here, with a column more in every table, since a fresh copy of the sources has no commit before its own to build.
 */
const house = await startHouse()
const { shop, services, pools } = house

/** An order the whole way: every room, reaction and job has asked its statements then. */
async function anOrder(sku: string) {
  const order = await shop.place({ sku })
  await shop.pay(order)
  const shipmentId = await shop.shipmentOf(order)
  await shop.dispatch(shipmentId, order.id)
  await shop.deliver(shipmentId, order.id)
  await shop.withdraw(order.id)
  return house.call('support', 'GET', `${services.orders.url}/orders/${order.id}/payments`)
}

/** What the migrations of a version to come do: they add, a table at a time, so that none is locked while another is waited for. */
const EXPAND = `
do $$ declare name text; begin
  for name in select quote_ident(tablename) from pg_tables where schemaname = 'public' and tablename not like 'kysely_%' loop
    execute 'alter table ' || name || ' add column later text';
    commit;
  end loop;
end $$`
const NOTE = `
create table later (id int primary key);
insert into kysely_migration (name, timestamp) values ('009.1-later.sql', '2030-01-01'), ('999-later.sql', '2030-01-01')`

t.test('instances of before work beside the schema of a version to come', async (t) => {
  const sku = await shop.stock(10)
  await anOrder(sku)
  const before = Object.values(services).map(({ output }) => output().length)
  for (const pool of Object.values(pools)) {
    await pool.query(EXPAND)
    await pool.query(NOTE)
  }
  // One that answers otherwise than it did, in the middle of transactions that place orders and hear events.
  await pools.orders.query('alter table product alter column stock type bigint')
  await pools.shipping.query('alter table inbox_head alter column version type bigint')

  t.equal((await anOrder(sku)).status, 200, 'those that run go on')
  for (const [at, { name, output }] of Object.values(services).entries())
    t.equal(output().slice(before[at]!), '', `${name} has nothing to say about it`)

  for (const name of ['orders', 'shipping'] as const) {
    const { url } = await house.startAnother(name)
    t.ok((await fetch(`${url}/health/ready`)).ok, `${name} can be started again`)
  }
  t.equal((await anOrder(sku)).status, 200, 'and those that are started do')
  await house.settle()
})
