import type { ServiceName } from '@vilkar/contracts/event.ts'
import { beginSpan } from '@vilkar/tracing/tracing.ts'
import type { FailPoint } from '../fail-point.ts'
import type { Log } from '../outage-log.ts'
import { streamOf } from '../wire/topology.ts'
import { MAX_BATCH, type Wire } from '../wire/wire.ts'
import type { Bell } from './bell.ts'
import { subjectOf } from './outbox.ts'
import type { Leadership, Pending } from './relay-store.ts'
import { rewindStream } from './rewind-stream.ts'

const STORE_ERRORS_BEFORE_REBUILD = 3

/** What a relay leads with; `store.errors` counts how often in a row the broker could not store. */
export type LeadOptions = {
  wire: Wire
  service: ServiceName
  log: Log
  retentionDays: number
  pollMs: number
  streamCheckMs: number
  failPoint: FailPoint
  bell: Bell
  store: { errors: number }
  /** Called whenever it looks for something to do, and whenever all that there was is done. */
  onWork: () => void
  onProgress: () => void
  stopping: AbortSignal
}

/**
 * Publishes what the outbox holds and what comes, until the relay is stopped or the broker was away. Throws what any step
 * throws, LeadershipLost and StoreBroken among it: nothing that was not stored counts as published.
 */
export async function lead(options: LeadOptions, leadership: Leadership) {
  const { wire, service, log, retentionDays, pollMs, streamCheckMs, failPoint, bell, store, stopping } = options
  const session = wire.session()
  const check = (doubt?: Parameters<typeof rewindStream>[1]) =>
    rewindStream({ wire, service, leadership, log, retentionDays }, doubt)
  const storeIsBroken = store.errors >= STORE_ERRORS_BEFORE_REBUILD
  await check(storeIsBroken ? 'store broken' : undefined)
  if (storeIsBroken) store.errors = 0
  let checkedAt = performance.now()
  let numberedAhead = false
  const checkIsDue = () => performance.now() - checkedAt > streamCheckMs
  // A broker that was away may have lost something: a new leadership begins with a look at it.
  const isOver = () => stopping.aborted || wire.session() !== session

  while (!isOver()) {
    options.onWork()
    if (checkIsDue()) {
      await check()
      checkedAt = performance.now()
    }
    if (!numberedAhead && (await leadership.number()) > 0) failPoint('relay:after-number')
    const events = await leadership.next()
    if (events.length > 0) {
      // Under a backlog the database numbers the next batch while the broker stores this one.
      const isFull = events.length === MAX_BATCH
      const publishing = publish(options, leadership, events)
      const [{ regressed }, ahead] = await Promise.all([publishing, isFull ? leadership.number() : 0])
      numberedAhead = ahead > 0
      store.errors = 0
      if (regressed) await check('sequence went backwards')
    }
    options.onProgress()
    // A full batch has more behind it; after any other the relay waits for a commit of this process, or looks for one of another.
    while (events.length < MAX_BATCH && !isOver() && !checkIsDue()) {
      if ((await bell.heard(pollMs)) || (await leadership.hasWork())) break
    }
  }
}

/** One batch: all of it is stored, or this throws and all of it is sent again. */
async function publish({ wire, service, failPoint }: LeadOptions, leadership: Leadership, events: Pending[]) {
  failPoint('relay:before-publish')
  const spans = events.map((event) => publishing(service, event))
  const stored = await wire
    .publish(
      service,
      events.map((event) => ({
        subject: subjectOf(service, event.partition, event.type, event.aggregate_id),
        id: `${event.event_id}:${event.publish_epoch}`,
        eventNo: event.pub_no,
        body: event.body,
      })),
    )
    .catch((error) => {
      for (const span of spans) span?.fail(error)
      throw error
    })
    .finally(() => {
      for (const span of spans) span?.end()
    })
  failPoint('relay:after-publish')
  const seqs = stored.map(({ seq }) => seq)
  const before = await leadership.advance(events.at(-1)!.pub_no, Math.max(...seqs))
  const fresh = stored.filter(({ duplicate }) => !duplicate).map(({ seq }) => seq)
  return { regressed: fresh.length > 0 && Math.min(...fresh) <= before }
}

/** The span of an event's way to the broker; none of an event that was told while nobody was told of traces. */
const publishing = (service: ServiceName, { traceparent, type, aggregate_id }: Pending) =>
  traceparent === null
    ? undefined
    : beginSpan({
        name: `publish ${type}`,
        kind: 'producer',
        parent: traceparent,
        attributes: {
          'messaging.system': 'nats',
          'messaging.operation.type': 'send',
          'messaging.destination.name': streamOf(service),
          'vilkar.aggregate.id': aggregate_id,
        },
      })
