import type { Envelope, ServiceName } from '@vilkar/contracts/event.ts'
import type { Transaction } from 'kysely'
import { share } from '../gather.ts'
import type { MessagingTables } from '../tables.ts'
import { type Arrived, lockHeads, note, type Tenure, type Waiting } from './store.ts'

export type React<Tables> = (trx: Transaction<Tables>, envelope: Envelope) => Promise<void>
/** The event that is being reacted to, so that a failure is recorded with it. */
export type Attempt = { current?: Arrived }

type Batch<Tables> = {
  producer: ServiceName
  arrived: Arrived[]
  tenure: Tenure
  react: React<Tables>
  /** Only where events are applied one after the other. */
  attempt?: Attempt
}

const leaseLost = () => Object.assign(new Error('Another process has this partition.'), { code: 'LEASE_LOST' })
export const isLeaseLost = (error: unknown) => (error as { code?: unknown } | null)?.code === 'LEASE_LOST'

/**
 * Applies events in the given transaction: each once, and each aggregate's in version order without a gap. What has been
 * applied vanishes, what comes early is stored until its turn. Besides the events that arrive, those that wait for the
 * same aggregates are applied as far as they go. Answers whether something that arrived waits now. Throws LeaseLost unless the leases of
 * the partitions are the owner's.
 */
export async function applyEvents<Tables extends MessagingTables>(
  trx: Transaction<Tables>,
  { producer, arrived, tenure, react, attempt }: Batch<Tables>,
) {
  const aggregateIds = [...new Set(arrived.map(({ envelope }) => envelope.subject))]
  const own = trx as unknown as Transaction<MessagingTables>
  const heads = await lockHeads(own, producer, aggregateIds, tenure)
  if (heads === undefined) throw leaseLost()
  const { waiting } = heads
  const stored = new Set(waiting.map(({ envelope }) => envelope.id))
  const fresh = [...new Map(arrived.map((event) => [event.envelope.id, event])).values()].filter(
    ({ envelope }) => envelope.aggregateversion > heads.versions.get(envelope.subject)! && !stored.has(envelope.id),
  )
  const { events, versions } = nextInLine(heads.versions, [
    ...waiting,
    ...fresh.map((event) => ({ ...event, blocked: false })),
  ])
  await reactTo(trx, events, react, attempt)
  const applied = events.map(({ envelope }) => envelope.id)
  await note(own, producer, { fresh, applied, versions })
  return fresh.some(({ envelope }) => !applied.includes(envelope.id))
}

/**
 * Reacts to events of different orders at the same time, so that what the reactions ask of the database is asked together
 * (`gather.ts`), and to those of one order in their order. Of a single event, and those that waited for it, one after the other: it
 * is wanted to know which of them fails.
 */
export async function reactTo<Tables>(
  trx: Transaction<Tables>,
  events: Waiting[],
  react: React<Tables>,
  attempt?: Attempt,
) {
  if (attempt) {
    for (const event of events) {
      attempt.current = event
      await react(trx, event.envelope)
    }
    attempt.current = undefined
    return
  }
  const orders = Map.groupBy(events, ({ envelope }) => aboutOf(envelope))
  if (orders.size > 1) share(trx)
  const inTurn = async (ofOrder: Waiting[]) => {
    for (const { envelope } of ofOrder) await react(trx, envelope)
  }
  const ended = await Promise.allSettled([...orders.values()].map(inTurn))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

/** What an event is about, whoever told it: the order, which is what whoever reacts has locked. */
const aboutOf = ({ subject, data }: Envelope) => String(data.orderId ?? subject)

/** The events that follow each aggregate's head without a gap, in the order of their publication, and the new heads. */
export function nextInLine(heads: ReadonlyMap<string, number>, candidates: Waiting[]) {
  const versions = new Map<string, number>()
  const events: Waiting[] = []
  const halted = new Set<string>()
  for (const event of candidates.toSorted((a, b) => a.envelope.aggregateversion - b.envelope.aggregateversion)) {
    const { subject, aggregateversion } = event.envelope
    const head = versions.get(subject) ?? heads.get(subject) ?? 0
    if (aggregateversion !== head + 1 || halted.has(subject)) continue
    if (event.blocked) halted.add(subject)
    else {
      versions.set(subject, aggregateversion)
      events.push(event)
    }
  }
  return { events: events.sort((a, b) => a.pubNo - b.pubNo), versions }
}
