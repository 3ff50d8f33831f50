import { JetStreamApiCodes, type StreamInfo } from '@nats-io/jetstream'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { type Log, pause } from '../outage-log.ts'
import { createConnection, type Identity } from './nats-connection.ts'
import { pull } from './nats-pull.ts'
import { API_PREFIX, durableOf, type Request, requestSubject, streamOf, subjectsOf } from './topology.ts'
import { type StreamState, type Wire, wireLost } from './wire.ts'

const ABSENT_POLL_MS = 200
const OPERATOR_TIMEOUT_MS = 5_000

type Link = ReturnType<ReturnType<typeof createConnection>['get']>

/**
 * JetStream as the wire of one service, server 2.9 or newer. `servers` is a URL or several, separated by commas, with the
 * service's user: it may tell its own events, read its own stream and take from its own durables. It makes neither: the
 * broker's operator does, and is asked where a stream is absent or damaged. Returns at once: a broker that is absent is
 * waited for in `ready`.
 */
export function connectNats({ servers, log, identity = {} }: { servers: string; log: Log; identity?: Identity }): Wire {
  const connection = createConnection({ servers, log, identity, apiPrefix: API_PREFIX })

  /** Runs an operation on the open connection; an error after its loss is told apart from the broker's own. */
  async function on<T>(operation: (link: Link) => Promise<T>): Promise<T> {
    const link = connection.get()
    try {
      return await operation(link)
    } catch (error) {
      throw link.nc.isClosed() ? wireLost(error) : error
    }
  }
  const readState = (service: ServiceName) =>
    on(async ({ jsm }) => {
      const info = await orAbsent(jsm.streams.info(streamOf(service)), JetStreamApiCodes.StreamNotFound)
      return info && stateOf(info)
    })
  async function openStream(service: ServiceName) {
    const found = await readState(service)
    if (found !== undefined) return found
    await on((link) => ask(link, 'open', service))
    const made = await readState(service)
    if (made === undefined) throw new Error(`The stream ${streamOf(service)} is gone again.`)
    return made
  }

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
      await on((link) => ask(link, 'rebuild', service))
      return openStream(service)
    },
    publish: (_service, messages) => on(({ publish }) => publish(messages)),
    async *consume(producer, consumer, partition, signal) {
      const target = { stream: streamOf(producer), durable: durableOf(consumer, partition) }
      const found = await on((link) => durableExists(link, target))
      if (found) yield* pull(connection.get().nc, { ...target, inboxPrefix: identity.inboxPrefix }, signal)
      // The operator makes it with its stream; until it has, there is nothing to consume.
      else await pause(ABSENT_POLL_MS, signal)
    },
    close: connection.close,
  }
}

/** Asks the operator for the service's own stream. Throws when it does not answer, or says why it cannot. */
async function ask({ nc }: Link, request: Request, service: ServiceName) {
  const answer = await nc
    .request(requestSubject(request, service), '', { timeout: OPERATOR_TIMEOUT_MS })
    .catch((cause) => {
      throw new Error(`The broker's operator, which alone makes streams, does not answer (${request}).`, { cause })
    })
  const { error } = answer.json<{ error?: string }>()
  if (error !== undefined) throw new Error(`The broker's operator could not ${request} the stream: ${error}`)
}

const stateOf = ({ created, state }: StreamInfo): StreamState => ({
  created,
  firstSeq: state.first_seq,
  lastSeq: state.last_seq,
  messages: state.messages,
  deleted: state.num_deleted ?? 0,
})

const orAbsent = <T>(answer: Promise<T>, ...absent: number[]) =>
  answer.catch((error: { code?: number }) => {
    if (absent.includes(error.code ?? 0)) return undefined
    throw error
  })

async function durableExists({ jsm }: Link, { stream, durable }: { stream: string; durable: string }) {
  const { ConsumerNotFound, StreamNotFound } = JetStreamApiCodes
  return (await orAbsent(jsm.consumers.info(stream, durable), ConsumerNotFound, StreamNotFound)) !== undefined
}
