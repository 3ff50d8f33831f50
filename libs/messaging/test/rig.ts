import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Envelope } from '@vilkar/contracts/event.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { type Broker, startBroker } from '@vilkar/testing/broker.ts'
import { asOwner, freshDatabase } from '@vilkar/testing/database.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { sql, type Transaction } from 'kysely'
import type { Test } from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { audit, quiet } from '../audit/auditor.ts'
import { startInbox } from '../inbox/inbox.ts'
import type { InboxOptions } from '../inbox/options.ts'
import type { Log } from '../outage-log.ts'
import { insertOutbox } from '../outbox/outbox.ts'
import { startRelay } from '../outbox/relay.ts'
import type { MessagingTables } from '../tables.ts'
import { createMemoryWire } from '../wire/memory-wire.ts'
import { connectNats } from '../wire/nats-wire.ts'
import type { Wire } from '../wire/wire.ts'

const migrations = ['../migrations', './migrations'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
const AT = Temporal.Instant.from('2026-11-22T09:30:00.125Z')

/** One wire may serve both. */
export type Wires = { telling: Wire; hearing: Wire }

export const silent = { info() {}, warn() {}, error() {} }
/** Shorter than in production, so that a takeover is seen within the test. */
export const LEASE_MS = 600

/** What every reaction of the tests does. */
export const recordEffect = (trx: Transaction<MessagingTables>, { id, subject, aggregateversion }: Envelope) =>
  sql`insert into effect (event_id, aggregate_id, aggregate_version)
    values (${id}::uuid, ${subject}::uuid, ${aggregateversion}::int)`.execute(trx) as Promise<unknown> as Promise<void>

/** How long a message stays with a reader that does not answer: shorter than in production, too. */
export const ACK_WAIT_MS = 1_000

/** How often the operator looks whether all is as it must be. */
const CHECK_MS = 500

/** A broker of the test's own with the configuration that is deployed; undefined without the binary. */
export async function openBroker(t: Test, log: Log = silent) {
  const directory = await mkdtemp(join(tmpdir(), 'nats-'))
  const broker = await startBroker({ directory, ackWaitMs: ACK_WAIT_MS, checkMs: CHECK_MS, log })
  t.teardown(async () => {
    await broker?.stop()
    await rm(directory, { recursive: true, force: true })
  })
  return broker && { ...broker, directory }
}

/** The wires of the service that tells and of the one that hears, each with its own user. */
export const openWires = (broker: Broker, log: Log = silent): Wires => ({
  telling: connectNats({ servers: broker.url('orders'), log }),
  hearing: connectNats({ servers: broker.url('shipping'), log }),
})

/** Both ends on a wire inside this process. */
export const inProcess = (wire: Wire = createMemoryWire()): Wires => ({ telling: wire, hearing: wire })

/**
 * Orders that tell and shipping that hears, and any number of relays and inboxes between them. One database serves
 * both, since no table is used by both.
 */
export async function createRig(t: Test, { telling, hearing }: Wires) {
  const closers: (() => Promise<unknown>)[] = []
  t.teardown(async () => {
    while (closers.length > 0) await closers.pop()!()
  })
  const databaseUrl = await freshDatabase(...migrations)
  const pool = createPool(databaseUrl)
  closers.push(() => pool.end())
  const owner = createPool(asOwner(databaseUrl), { max: 2 })
  closers.push(() => owner.end())
  const db = createDatabase<MessagingTables>(pool)
  closers.push(telling.close, hearing.close)
  const parties = {
    producers: [{ service: 'orders' as const, databaseUrl }],
    consumers: [{ service: 'shipping' as const, databaseUrl, listensTo: ['orders' as const] }],
  }

  const effects = async () =>
    (
      await pool.query<{ event_id: string; aggregate_id: string; aggregate_version: number }>(
        'select event_id, aggregate_id, aggregate_version from effect order by n',
      )
    ).rows

  return {
    /** What no service may do, by the role that owns the tables. */
    owner,
    /** The wire of the service that tells, and of the one that hears. */
    wire: telling,
    hearingWire: hearing,
    databaseUrl,
    pool,
    db,
    parties,
    effects,
    /** Commits `count` events for each of the aggregates, several per transaction; answers their envelopes. */
    tell: (aggregateIds: string[], count = 1, from = 1) =>
      db.transaction().execute((trx) =>
        insertOutbox(
          trx,
          'orders',
          Array.from({ length: count }, (_, i) => from + i).flatMap((version) =>
            aggregateIds.map((aggregateId) => ({
              aggregateId,
              version,
              fact: { type: 'OrderPlaced', data: { version } },
              at: AT,
            })),
          ),
          // How events travel does not depend on what they say.
          () => {},
        ),
      ),
    relay(options: Partial<Parameters<typeof startRelay>[0]> = {}) {
      const relay = startRelay({
        databaseUrl,
        wire: telling,
        service: 'orders',
        log: silent,
        leaseMs: LEASE_MS,
        ...options,
      })
      closers.push(relay.stop)
      return relay
    },
    inbox(options: Partial<InboxOptions<MessagingTables>> = {}) {
      const inbox = startInbox({
        pool,
        db,
        wire: hearing,
        service: 'shipping',
        listensTo: ['orders'],
        react: recordEffect,
        log: silent,
        leaseMs: LEASE_MS,
        retryMs: 5,
        maxAttempts: 8,
        ...options,
      })
      closers.push(inbox.stop)
      return inbox
    },
    /** Waits until all is told and heard, and finds each event applied exactly once and in order. */
    async settle() {
      await eventually('everything that was told has an effect', async () => {
        const { rows } = await pool.query(
          'select (select count(*) from outbox) = (select count(*) from effect) as same',
        )
        return rows[0].same
      })
      await eventually('all is published and applied', () => quiet(parties))
      assert.deepEqual(await audit(parties), [])
      const versions = new Map<string, number>()
      for (const { aggregate_id, aggregate_version } of await effects()) {
        assert.equal(aggregate_version, (versions.get(aggregate_id) ?? 0) + 1, 'applied in order and once')
        versions.set(aggregate_id, aggregate_version)
      }
    },
  }
}
export type Rig = Awaited<ReturnType<typeof createRig>>

export const ids = (count: number) => Array.from({ length: count }, () => uuidv7())
