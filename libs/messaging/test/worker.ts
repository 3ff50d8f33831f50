/**
 * Orders' relay and shipping's inbox as a process of their own, for tests that kill it. Told by its environment:
 * DATABASE_URL, ORDERS_NATS_URL, SHIPPING_NATS_URL and, for the crash, FAIL_POINT.
 */
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { startInbox } from '../inbox/inbox.ts'
import { startRelay } from '../outbox/relay.ts'
import type { MessagingTables } from '../tables.ts'
import { connectNats } from '../wire/nats-wire.ts'
import { LEASE_MS, recordEffect, silent } from './rig.ts'

const { DATABASE_URL, ORDERS_NATS_URL, SHIPPING_NATS_URL } = process.env as Record<string, string>
const telling = connectNats({ servers: ORDERS_NATS_URL!, log: silent })
const hearing = connectNats({ servers: SHIPPING_NATS_URL!, log: silent })
const pool = createPool(DATABASE_URL!)
startRelay({ databaseUrl: DATABASE_URL!, wire: telling, service: 'orders', log: silent, leaseMs: LEASE_MS })
startInbox<MessagingTables>({
  pool,
  db: createDatabase(pool),
  wire: hearing,
  service: 'shipping',
  listensTo: ['orders'],
  react: recordEffect,
  log: silent,
  leaseMs: LEASE_MS,
})
