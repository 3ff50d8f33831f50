import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiCodes,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { type Log, pause } from '../outage-log.ts'
import { createConnection, type Identity } from './nats-connection.ts'
import { pull } from './nats-pull.ts'
import { DEDUPE_WINDOW_MS, type StreamState, type Wire, wireLost } from './wire.ts'

const MAX_AGE_MS = 14 * 24 * 60 * 60 * 1000
const ACK_WAIT_MS = 30_000
const MAX_ACK_PENDING = 2_000
const ABSENT_POLL_MS = 200

type Link = ReturnType<ReturnType<typeof createConnection>['get']>
type Durable = { stream: string; name: string; filter: string; ackWaitMs: number }

/**
 * JetStream as the wire, server 2.9 or newer. `servers` is a URL or several, separated by commas. `streamPrefix` lets
 * test runs share a broker. Returns at once: a broker that is absent is waited for in `ready`.
 */
export function connectNats({
  servers,
  log,
  streamPrefix,
  ackWaitMs = ACK_WAIT_MS,
  identity = {},
}: {
  servers: string
  log: Log
  streamPrefix?: string
  /** How long a message stays with a consumer that does not answer. */
  ackWaitMs?: number
  identity?: Identity
}): Wire {
  const connection = createConnection({ servers, log, identity })
  const streamOf = (service: ServiceName) => (streamPrefix ? `${streamPrefix}_${service}` : service).toUpperCase()
  const root = streamPrefix ? `${streamPrefix}.` : ''
  const subjectsOf = (service: ServiceName) => `${root}evt.${service}.>`

  /** Runs an operation on the open connection; an error after its loss is told apart from the broker's own. */
  async function on<T>(operation: (link: Link) => Promise<T>): Promise<T> {
    const link = connection.get()
    try {
      return await operation(link)
    } catch (error) {
      throw link.nc.isClosed() ? wireLost(error) : error
    }
  }
  const openStream = (service: ServiceName) =>
    on(async ({ jsm }) => {
      const info = await orAbsent(jsm.streams.info(streamOf(service)), JetStreamApiCodes.StreamNotFound)
      return stateOf(info ?? (await jsm.streams.add(streamConfig(streamOf(service), subjectsOf(service)))))
    })

  return {
    ready: connection.ready,
    session: connection.session,
    openStream,
    lastEventNo: (service) =>
      on(async ({ jsm }) => {
        const last = await jsm.streams.getMessage(streamOf(service), { last_by_subj: subjectsOf(service) })
        return last === null ? undefined : Number(last.header.get('Event-No'))
      }),
    rebuildStream: async (service) => {
      await on(({ jsm }) => orAbsent(jsm.streams.delete(streamOf(service)), JetStreamApiCodes.StreamNotFound))
      return openStream(service)
    },
    publish: (_service, messages) =>
      on(({ publish }) =>
        publish(root === '' ? messages : messages.map((m) => ({ ...m, subject: `${root}${m.subject}` }))),
      ),
    async *consume(producer, consumer, partition, signal) {
      const durable = {
        stream: streamOf(producer),
        name: `${consumer}-${partition}`,
        filter: `${root}evt.${producer}.${partition}.>`,
        ackWaitMs,
      }
      const found = await on((link) => ensureDurable(link, durable))
      const target = { stream: durable.stream, durable: durable.name, inboxPrefix: identity.inboxPrefix }
      if (found) yield* pull(connection.get().nc, target, signal)
      // The producer makes its stream; until it has, there is nothing to consume.
      else await pause(ABSENT_POLL_MS, signal)
    },
    close: connection.close,
  }
}

const streamConfig = (name: string, subjects: string) => ({
  name,
  subjects: [subjects],
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  max_age: nanos(MAX_AGE_MS),
  duplicate_window: nanos(DEDUPE_WINDOW_MS),
  // A purge under a running server leaves no trace that the relay could see; a deleted stream does.
  deny_delete: true,
  deny_purge: true,
})

const stateOf = ({ created, state }: StreamInfo): StreamState => ({
  created,
  firstSeq: state.first_seq,
  lastSeq: state.last_seq,
  messages: state.messages,
  deleted: state.num_deleted ?? 0,
})

const orAbsent = <T>(answer: Promise<T>, absent: number) =>
  answer.catch((error: { code?: number }) => {
    if (error.code === absent) return undefined
    throw error
  })

/** Makes the durable when it is absent; false when the stream is. */
async function ensureDurable({ jsm }: Link, { stream, name, filter, ackWaitMs }: Durable) {
  const { ConsumerNotFound, StreamNotFound } = JetStreamApiCodes
  const make = () =>
    jsm.consumers.add(stream, {
      durable_name: name,
      filter_subject: filter,
      deliver_policy: DeliverPolicy.All,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ackWaitMs),
      max_ack_pending: MAX_ACK_PENDING,
      // Poison is the inbox's business: the broker never gives up on a message.
      max_deliver: -1,
    })
  const ensure = async () => (await orAbsent(jsm.consumers.info(stream, name), ConsumerNotFound)) ?? (await make())
  return (await orAbsent(ensure(), StreamNotFound)) !== undefined
}
