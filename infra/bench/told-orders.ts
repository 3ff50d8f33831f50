import { readFile } from 'node:fs/promises'
import type { OrderPlaced } from '@vilkar/contracts/orders.ts'
import type { ContractFormed } from '@vilkar/contracts/orders-contract.ts'
import { createBatcher } from '@vilkar/messaging/batcher.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import { startRelay } from '@vilkar/messaging/outbox/relay.ts'
import type { MessagingTables } from '@vilkar/messaging/tables.ts'
import { connectNats } from '@vilkar/messaging/wire/nats-wire.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import type { TestBed } from './test-bed.ts'

const PLACED_AT_ONCE = 200
const silent = { info() {}, warn() {}, error() {} }
const example = async <Event>(name: string) =>
  JSON.parse(await readFile(new URL(`../../libs/contracts/test/examples/${name}.json`, import.meta.url), 'utf8')) as {
    data: Event
  }

type Tables = MessagingTables & { bench_formed: { order_id: string } }

/**
 * Orders that nobody placed: their events, by the examples of the contracts, are written to the outbox of orders and published by a
 * relay in this process, since no machine of ours brings 300 orders a second to their contracts. `form` commits ContractFormed with a
 * row of its own, whose commit PostgreSQL dates.
 */
export async function startTelling(bed: TestBed) {
  const pool = createPool(bed.postgres.url('orders'), { max: 8 })
  const db = createDatabase<Tables>(pool)
  await pool.query('create table if not exists bench_formed (order_id uuid primary key)')
  const wire = connectNats({ servers: bed.natsUrl('orders'), log: silent })
  const relay = startRelay({ databaseUrl: bed.postgres.url('orders'), wire, service: 'orders', log: silent })
  const { data: placed } = await example<OrderPlaced['data']>('OrderPlaced')
  const { data: formed } = await example<ContractFormed['data']>('ContractFormed')

  async function formAll(orderIds: string[]) {
    const at = Temporal.Now.instant()
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('bench_formed')
        .values(orderIds.map((order_id) => ({ order_id })))
        .execute()
      const rows = orderIds.map((orderId) => ({
        ...{ aggregateId: orderId, version: 2, at },
        fact: { type: 'ContractFormed', data: { ...formed, orderId, formedAt: at.toString() } },
      }))
      await insertOutbox(trx as never, 'orders', rows)
    })
    relay.wake()
    return orderIds.map(() => undefined)
  }

  return {
    /** How long the event that `form` tells is as JSON, in bytes, without its envelope. */
    bytes: JSON.stringify(formed).length,
    /** Tells of so many orders and waits until shipping knows them; answers their ids. */
    async place(count: number, heard: (ids: string[]) => Promise<boolean>) {
      const ids = Array.from({ length: count }, () => crypto.randomUUID())
      for (let from = 0; from < count; from += PLACED_AT_ONCE) {
        const rows = ids.slice(from, from + PLACED_AT_ONCE).map((orderId) => ({
          ...{ aggregateId: orderId, version: 1, at: Temporal.Now.instant() },
          fact: { type: 'OrderPlaced', data: { ...placed, orderId } },
        }))
        await db.transaction().execute((trx) => insertOutbox(trx as never, 'orders', rows))
        relay.wake()
      }
      await eventually('the orders to be known in shipping', () => heard(ids))
      return ids
    },
    /** The contract of an order stands; those of the same moment share a transaction, as orders has it. */
    form: createBatcher<string, void>({ run: formAll, maxInFlight: 1 }),
    pool,
    async stop() {
      await relay.stop()
      await wire.close()
      await db.destroy()
    },
  }
}
