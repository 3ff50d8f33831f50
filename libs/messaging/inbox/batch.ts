import type { Envelope, ServiceName } from '@vilkar/contracts/event.ts'
import type { Transaction } from 'kysely'
import type { MessagingTables } from '../tables.ts'
import { type Arrived, lockHeads, note, readWaiting, type Tenure, type Waiting } from './store.ts'

export type React<Tables> = (trx: Transaction<Tables>, envelope: Envelope) => Promise<void>
/** The event that is being reacted to, so that a failure is recorded with it. */
export type Attempt = { current?: Arrived }

type Batch<Tables> = {
  producer: ServiceName
  arrived: Arrived[]
  tenure: Tenure
  react: React<Tables>
  attempt: Attempt
}

const leaseLost = () => Object.assign(new Error('Another process has this partition.'), { code: 'LEASE_LOST' })
export const isLeaseLost = (error: unknown) => (error as { code?: unknown } | null)?.code === 'LEASE_LOST'

/**
 * Applies events in the given transaction: each once, and each aggregate's in version order without a gap. What has been
 * applied vanishes, what comes early is stored until its turn. Besides the events that arrive, those that wait for the
 * same aggregates are applied as far as they go. Throws LeaseLost unless the leases of the partitions are the owner's.
 */
export async function applyEvents<Tables extends MessagingTables>(
  trx: Transaction<Tables>,
  { producer, arrived, tenure, react, attempt }: Batch<Tables>,
) {
  const aggregateIds = [...new Set(arrived.map(({ envelope }) => envelope.subject))]
  const own = trx as unknown as Transaction<MessagingTables>
  const heads = await lockHeads(own, producer, aggregateIds, tenure)
  if (heads === undefined) throw leaseLost()
  const waiting = await readWaiting(own, producer, aggregateIds)
  const stored = new Set(waiting.map(({ envelope }) => envelope.id))
  const fresh = [...new Map(arrived.map((event) => [event.envelope.id, event])).values()].filter(
    ({ envelope }) => envelope.aggregateversion > heads.get(envelope.subject)! && !stored.has(envelope.id),
  )
  const { events, versions } = nextInLine(heads, [...waiting, ...fresh.map((event) => ({ ...event, blocked: false }))])
  for (const event of events) {
    attempt.current = event
    await react(trx, event.envelope)
  }
  attempt.current = undefined

  await note(own, producer, { fresh, applied: events.map(({ envelope }) => envelope.id), versions })
}

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
