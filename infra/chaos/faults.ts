import { setTimeout as pause } from 'node:timers/promises'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { administer } from '@vilkar/testing/embedded-postgres.ts'
import pg from 'pg'
import type { House } from './house.ts'
import { type Fault, type Kind, kinds } from './plan.ts'
import type { Line, Replica } from './replica.ts'

/** Begins a fault at a place; what it answers ends it. */
type Begin = (house: House, place: string) => Promise<() => unknown>

const replicaOf = ({ replicas }: House, name: string) => replicas.find((replica) => replica.name === name)!

const ofLine =
  (line: Line): Begin =>
  async (house, place) => {
    const proxy = replicaOf(house, place).lines[line]
    proxy.fallSilent()
    return () => proxy.speak()
  }
const cutLine =
  (line: Line): Begin =>
  async (house, place) => {
    replicaOf(house, place).lines[line].cut()
    return () => {}
  }
const brokerAway =
  (back: (house: House) => Parameters<House['nats']['restart']>[0]): Begin =>
  async (house) => {
    await house.nats.kill()
    return () => house.nats.restart(back(house))
  }
const mailLines = (replicas: readonly Replica[]) => replicas.map(({ lines }) => lines.mail)

/** How each kind of fault comes about. */
const begin: Record<Kind, Begin> = {
  'process-killed': (house, place) => replicaOf(house, place).end('SIGKILL'),
  'process-stopped': (house, place) => replicaOf(house, place).end('SIGTERM'),
  async 'process-frozen'(house, place) {
    const { running } = replicaOf(house, place)
    running.freeze()
    return () => running.thaw()
  },
  'database-silent': ofLine('database'),
  'database-cut': cutLine('database'),
  'broker-silent': ofLine('broker'),
  'broker-cut': cutLine('broker'),
  'mail-silent': ofLine('mail'),
  async 'mail-away'({ replicas }) {
    for (const line of mailLines(replicas)) line.refuse()
    return () => {
      for (const line of mailLines(replicas)) line.speak()
    }
  },
  // As it was: and what it was is what it may be thrown back to.
  'broker-restarted': brokerAway(({ brokerCopy }) => ({ copyTo: brokerCopy })),
  'broker-wiped': brokerAway(() => ({ wipe: true })),
  'broker-rolled-back': brokerAway(({ brokerCopy }) => ({ from: brokerCopy })),
  async 'broker-frozen'({ nats }) {
    nats.pause()
    return () => nats.resume()
  },
  async 'database-restarted'({ postgres }) {
    if (postgres.failOver !== undefined) {
      await postgres.failOver()
      return () => {}
    }
    await postgres.crash()
    return () => postgres.start()
  },
  async 'sessions-ended'({ postgres }, database) {
    await administer(
      postgres.url('postgres'),
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`,
    )
    return () => {}
  },
  'table-locked': lockTable,
}

/** A person's session that holds a table, as a careless migration would. */
async function lockTable({ postgres }: House, place: string) {
  const [database, table] = place.split(' ') as [ServiceName, string]
  const client = new pg.Client({ connectionString: postgres.url(database) })
  client.on('error', () => {})
  await client.connect()
  await client.query('begin')
  await client.query(`lock table ${table} in access exclusive mode`)
  return () => client.end()
}

/** A fault as it came about, by the clock of `performance.now()`; both ends in milliseconds. */
export type Happened = Fault & { fromMs: number; toMs: number }

/**
 * Carries a plan out. A place is broken again only when it is whole again, however long that took; a fault that did not come about is
 * told in `missed`. Before the first, the broker is restarted once, so that there is a store to go back to.
 */
export async function carryOut(house: House, plan: readonly Fault[]) {
  await house.nats.restart({ copyTo: house.brokerCopy })
  const started = performance.now()
  const happened: Happened[] = []
  const missed: { fault: Fault; error: unknown }[] = []
  async function one(fault: Fault, before: Promise<void> | undefined) {
    await pause(Math.max(0, started + fault.atMs - performance.now()))
    await before
    const fromMs = performance.now()
    try {
      const end = await begin[fault.kind](house, fault.place)
      await pause(fault.lastsMs)
      await end()
      happened.push({ ...fault, fromMs, toMs: performance.now() })
    } catch (error) {
      missed.push({ fault, error })
    }
  }
  const atPlace = new Map<string, Promise<void>>()
  for (const fault of plan) {
    const place = `${kinds[fault.kind].on} ${fault.place}`
    atPlace.set(place, one(fault, atPlace.get(place)))
  }
  await Promise.all(atPlace.values())
  return { happened, missed }
}
