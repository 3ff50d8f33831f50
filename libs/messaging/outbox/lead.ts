import type { ServiceName } from '@vilkar/contracts/event.ts'
import { beginSpan } from '@vilkar/tracing/tracing.ts'
import type { Bell } from '../bell.ts'
import type { FailPoint } from '../fail-point.ts'
import { type Log, pause } from '../outage-log.ts'
import { streamOf } from '../wire/topology.ts'
import type { Wire } from '../wire/wire.ts'
import { subjectOf } from './outbox.ts'
import type { Leadership, Pending } from './relay-store.ts'
import { rewindStream } from './rewind-stream.ts'

const STORE_ERRORS_BEFORE_REBUILD = 3
/** Between batches the relay rests for as long as the broker took, and at most so long: under load batches grow by it. */
const MOST_REST_MS = 5

/** What a relay leads with; `store.errors` counts how often in a row the broker could not store. */
export type LeadOptions = {
  wire: Wire
  service: ServiceName
  log: Log
  retentionDays: number
  pollMs: number
  streamCheckMs: number
  refillPauseMs: number
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
  const { wire, service, log, retentionDays, pollMs, streamCheckMs, refillPauseMs, bell, store, stopping } = options
  const session = wire.session()
  const check = (doubt?: Parameters<typeof rewindStream>[1]) =>
    rewindStream({ wire, service, leadership, log, retentionDays, refillPauseMs }, doubt)
  const storeIsBroken = store.errors >= STORE_ERRORS_BEFORE_REBUILD
  await check(storeIsBroken ? 'store broken' : undefined)
  if (storeIsBroken) store.errors = 0
  let checkedAt = performance.now()
  const checkIsDue = () => performance.now() - checkedAt > streamCheckMs
  // A broker that was away may have lost something: a new leadership begins with a look at it.
  const isOver = () => stopping.aborted || wire.session() !== session

  while (!isOver()) {
    options.onWork()
    if (checkIsDue()) {
      await check()
      checkedAt = performance.now()
    }
    const { regressed } = await publishAll(options, leadership, () => isOver() || checkIsDue())
    if (regressed) await check('sequence went backwards')
    options.onProgress()
    // The relay waits for a commit of this process, or looks for one of another.
    while (!regressed && !isOver() && !checkIsDue()) {
      if ((await bell.heard(pollMs)) || (await leadership.hasWork())) break
    }
  }
}

/**
 * Publishes all that there is, until `isEnough`. One statement notes what was stored and numbers what came meanwhile, so that under
 * load an event waits for one statement and one publishing. `regressed`: the stream has lost something.
 */
async function publishAll(options: LeadOptions, leadership: Leadership, isEnough: () => boolean) {
  let turn = await leadership.turn()
  for (;;) {
    if (turn.events.length > 0) options.failPoint('relay:after-number')
    // Earlier numbers first: of a relay that ended before they were stored, or of what the stream lost.
    const events = turn.behind ? await leadership.next() : turn.events
    if (events.length === 0 || isEnough()) return { regressed: false }
    options.onWork()
    const begun = performance.now()
    const { firstFresh, ...stored } = await publish(options, events)
    await pause(Math.min(performance.now() - begun, MOST_REST_MS), options.stopping)
    turn = await leadership.turn(stored)
    options.store.errors = 0
    if (firstFresh <= turn.before) return { regressed: true }
    options.onProgress()
  }
}

/** One batch: all of it is stored, or this throws and all of it is sent again. */
async function publish({ wire, service, failPoint }: LeadOptions, events: Pending[]) {
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
  const fresh = stored.filter(({ duplicate }) => !duplicate).map(({ seq }) => seq)
  return {
    publishedNo: events.at(-1)!.pub_no,
    lastSeq: Math.max(...stored.map(({ seq }) => seq)),
    /** The lowest sequence of what the broker did not have yet; infinite when it had all. */
    firstFresh: Math.min(...fresh),
  }
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
