import type { ServiceName } from '@vilkar/contracts/event.ts'

/** At most so many messages are taken from the wire, or put on it, at a time. */
export const MAX_BATCH = 500
/** How long the wire remembers the ids of what was published, to drop what is published again. */
export const DEDUPE_WINDOW_MS = 120_000

/** What the broker says of a stream; `created` changes when it is made anew, `deleted` counts holes. */
export type StreamState = { created: string; firstSeq: number; lastSeq: number; messages: number; deleted: number }

/** `id` is what the broker drops duplicates by; `body` is the envelope in JSON. */
export type Outgoing = { subject: string; id: string; eventNo: number; body: string }
export type Stored = { seq: number; duplicate: boolean }

/** Messages to handle together, in order. What is not acknowledged when the iteration ends is delivered again. */
export type Delivery = { messages: { eventNo: number; body: string }[]; ack(): void }

/**
 * The transport, and no more than that: each producing service has one stream that may vanish at any moment, since the
 * relay fills it again from the outbox. Every operation throws when the broker fails to answer.
 */
export type Wire = {
  /** Waits until the broker can be reached, or the signal ends the wait. Loss and return are logged once each. */
  ready(signal: AbortSignal): Promise<void>
  /** Differs after every loss: what the broker said in one session need not hold in the next. */
  session(): number
  /** The state of the service's stream, which is made when it is absent. */
  openStream(service: ServiceName): Promise<StreamState>
  /** The Event-No of the last message that the stream still has. */
  lastEventNo(service: ServiceName): Promise<number | undefined>
  /** Deletes the stream and makes it anew. */
  rebuildStream(service: ServiceName): Promise<StreamState>
  /** Publishes in order, without waiting in between; resolves when all are stored. Throws StoreBroken, see below. */
  publish(service: ServiceName, messages: Outgoing[]): Promise<Stored[]>
  /** What a producer tells, from the oldest message kept; each is handed to one of the consumer's processes. */
  consume(producer: ServiceName, consumer: ServiceName, partition: number, signal: AbortSignal): AsyncIterable<Delivery>
  close(): Promise<void>
}

/** What the broker does to an operation is told once it lasts so long: that it hangs, the connection notices a moment later and tells. */
export const BROKER_FAULT_TOLD_AFTER_MS = 5_000

/** The wire, with what its operations throw noted as a fault of the broker's. */
export function noteFaults(wire: Wire, faults: WeakSet<object>): Wire {
  const noting =
    <Args extends unknown[], Answer>(work: (...args: Args) => Promise<Answer>) =>
    (...args: Args) =>
      work(...args).catch((error: object) => {
        faults.add(error)
        throw error
      })
  return {
    ...wire,
    openStream: noting(wire.openStream),
    lastEventNo: noting(wire.lastEventNo),
    rebuildStream: noting(wire.rebuildStream),
    publish: noting(wire.publish),
  }
}

const STORE_BROKEN = 'STORE_BROKEN'

/** The broker answers but cannot store: only a new stream helps when it goes on. */
export const storeBroken = (detail: string) => Object.assign(new Error(detail), { code: STORE_BROKEN })
export const isStoreBroken = (error: unknown) => (error as { code?: unknown } | null)?.code === STORE_BROKEN

const WIRE_LOST = 'WIRE_LOST'

/** There is no connection: the wire has said so, and `ready` waits for the next one. */
export const wireLost = (cause?: unknown) =>
  Object.assign(new Error('The broker cannot be reached.', { cause }), { code: WIRE_LOST })
export const isWireLost = (error: unknown) => (error as { code?: unknown } | null)?.code === WIRE_LOST
