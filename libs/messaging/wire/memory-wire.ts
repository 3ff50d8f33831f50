import type { ServiceName } from '@vilkar/contracts/event.ts'
import { PARTITIONS } from '../partition.ts'
import { DEDUPE_WINDOW_MS, type Delivery, MAX_BATCH, type Outgoing, type Stored, type Wire } from './wire.ts'

const MAX_KEPT_PER_PARTITION = 10_000

type Message = { seq: number; eventNo: number; body: string }
/** `gone` counts the messages of the partition that were let go of, so positions in it stay valid. */
type Partition = { gone: number; kept: Message[] }
type Durable = { next: number; returned: Message[] }
type Stream = {
  created: string
  lastSeq: number
  lastEventNo?: number
  partitions: Partition[]
  durables: Map<string, Durable>
  ids: Map<string, { seq: number; at: number }>
}

/**
 * The wire inside this process, for a machine without a broker and for tests. `wipe` loses everything, as a broker does
 * whose store is deleted.
 */
export function createMemoryWire(): Wire & { wipe(): void } {
  const streams = new Map<ServiceName, Stream>()
  let arrival = Promise.withResolvers<void>()
  const arrive = () => {
    arrival.resolve()
    arrival = Promise.withResolvers()
  }
  const streamOf = (service: ServiceName) => {
    const stream = streams.get(service) ?? newStream()
    streams.set(service, stream)
    return stream
  }
  const state = (service: ServiceName) => {
    const { created, lastSeq } = streamOf(service)
    return { created, firstSeq: Math.min(1, lastSeq), lastSeq, messages: lastSeq, deleted: 0 }
  }
  const wipe = () => {
    streams.clear()
    arrive()
  }

  return {
    ready: async () => {},
    session: () => 1,
    openStream: async (service) => state(service),
    lastEventNo: async (service) => streamOf(service).lastEventNo,
    rebuildStream: async (service) => {
      streams.delete(service)
      arrive()
      return state(service)
    },
    publish: async (service, messages) => {
      const stored = messages.map((message) => store(streamOf(service), message))
      arrive()
      return stored
    },
    async *consume(producer, consumer, partition, signal) {
      const stop = () => arrive()
      signal.addEventListener('abort', stop)
      try {
        while (!signal.aborted) {
          const name = `${consumer}-${partition}`
          // Looked up every time: the stream may have been made anew, and the durable with it.
          const kept = streamOf(producer)
          // A consumer that comes too late for what was let go of gets a new stream, which the relay fills again.
          if (kept.partitions[partition]!.gone > 0 && !kept.durables.has(name)) streams.delete(producer)
          const stream = streamOf(producer)
          const durable = durableOf(stream, name)
          const awaited = arrival.promise
          const messages = take(stream.partitions[partition]!, durable)
          if (messages.length > 0) yield* deliver(durable, messages)
          else if (!signal.aborted) await awaited
        }
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
    close: async () => wipe(),
    wipe,
  }
}

const newStream = (): Stream => ({
  created: crypto.randomUUID(),
  lastSeq: 0,
  partitions: Array.from({ length: PARTITIONS }, () => ({ gone: 0, kept: [] })),
  durables: new Map(),
  ids: new Map(),
})

function durableOf(stream: Stream, name: string) {
  const durable = stream.durables.get(name) ?? { next: 0, returned: [] }
  stream.durables.set(name, durable)
  return durable
}

function store(stream: Stream, { subject, id, eventNo, body }: Outgoing): Stored {
  const now = performance.now()
  for (const [old, { at }] of stream.ids) {
    if (now - at < DEDUPE_WINDOW_MS) break
    stream.ids.delete(old)
  }
  const known = stream.ids.get(id)
  if (known !== undefined) return { seq: known.seq, duplicate: true }

  const number = Number(subject.split('.')[2])
  const partition = stream.partitions[number]!
  if (partition.kept.length >= MAX_KEPT_PER_PARTITION) letGo(stream, number, partition)
  stream.lastSeq += 1
  stream.lastEventNo = eventNo
  stream.ids.set(id, { seq: stream.lastSeq, at: now })
  partition.kept.push({ seq: stream.lastSeq, eventNo, body })
  return { seq: stream.lastSeq, duplicate: false }
}

/** Forgets what every consumer has taken. Throws when a consumer lags so far that nothing can be forgotten. */
function letGo(stream: Stream, number: number, partition: Partition) {
  const readers = [...stream.durables].filter(([name]) => name.endsWith(`-${number}`)).map(([, { next }]) => next)
  const count = Math.min(...readers, partition.gone + partition.kept.length) - partition.gone
  if (count === 0) throw new Error('The wire in this process is full: a consumer does not keep up.')
  partition.kept.splice(0, count)
  partition.gone += count
}

function take(partition: Partition, durable: Durable) {
  const returned = durable.returned.splice(0, MAX_BATCH)
  const from = Math.max(0, durable.next - partition.gone)
  const fresh = partition.kept.slice(from, from + MAX_BATCH - returned.length)
  durable.next = partition.gone + from + fresh.length
  return [...returned, ...fresh]
}

function* deliver(durable: Durable, messages: Message[]): Generator<Delivery> {
  let acknowledged = false
  try {
    yield {
      messages,
      ack() {
        acknowledged = true
      },
    }
  } finally {
    if (!acknowledged) durable.returned.push(...messages)
  }
}
