import { createInbox, type Msg, type NatsConnection, nanos } from '@nats-io/transport-node'
import { API_PREFIX } from './topology.ts'
import { type Delivery, MAX_BATCH, wireLost } from './wire.ts'

/** So many messages are asked for ahead of those that are being handled. */
const PREFETCH = 2 * MAX_BATCH
const PULL_EXPIRES_MS = 10_000
const HEARTBEAT_MS = 1_000
const SILENT_AFTER_MS = 3 * HEARTBEAT_MS
const ACK = new TextEncoder().encode('+ACK')
const NAK = new TextEncoder().encode('-NAK')

type Pull = { stream: string; durable: string; inboxPrefix?: string }

/**
 * Hands on whatever has arrived for a durable, up to a full batch, as soon as the last batch is done. Ends when the
 * durable is gone or the broker has fallen silent. Not one message that arrives is dropped: at the end the subscription
 * is drained, and what is not acknowledged is given back, so that whoever is next need not wait for it.
 */
export async function* pull(nc: NatsConnection, target: Pull, signal: AbortSignal): AsyncGenerator<Delivery> {
  const source = openSource(nc, target)
  signal.addEventListener('abort', source.end)
  let taken: Msg[] = []
  try {
    while (!signal.aborted) {
      taken = source.take()
      if (taken.length > 0) {
        yield {
          messages: taken.map((message) => ({
            eventNo: Number(message.headers?.get('Event-No')),
            body: message.string(),
          })),
          ack() {
            if (!nc.isClosed()) for (const message of taken) message.respond(ACK)
            taken = []
          },
        }
      } else if (!source.hasEnded()) await source.arrival()
      else if (nc.isClosed()) throw wireLost()
      else return
    }
  } finally {
    signal.removeEventListener('abort', source.end)
    const rest = await source.close()
    if (!nc.isClosed()) for (const message of [...taken, ...rest]) message.respond(NAK)
  }
}

/** The messages of a durable as they come in, asked for ahead. */
function openSource(nc: NatsConnection, { stream, durable, inboxPrefix }: Pull) {
  const inbox = createInbox(inboxPrefix)
  const buffer: Msg[] = []
  let asked = 0
  let heardAt = performance.now()
  let ended = false
  let arrival = Promise.withResolvers<void>()

  const end = () => {
    ended = true
    arrival.resolve()
  }
  const subscription = nc.subscribe(inbox, {
    callback(error, message) {
      heardAt = performance.now()
      const code = message?.headers?.code ?? 0
      if (error !== null) end()
      else if (code === 0) receive(message)
      else if (code === 408) expire(message)
      // Anything else than a heartbeat means that this durable is not served any more.
      else if (code !== 100) end()
    },
  })
  const watch = setInterval(() => {
    if (nc.isClosed() || (asked > 0 && performance.now() - heardAt > SILENT_AFTER_MS)) end()
  }, HEARTBEAT_MS)
  void nc.closed().then(end)

  function receive(message: Msg) {
    asked -= 1
    buffer.push(message)
    arrival.resolve()
  }
  function expire(message: Msg) {
    asked -= Number(message.headers?.get('Nats-Pending-Messages') || 0)
    ask()
  }
  function ask() {
    const room = PREFETCH - asked - buffer.length
    if (ended || nc.isClosed() || room < MAX_BATCH) return
    asked += room
    heardAt = performance.now()
    const request = { batch: room, expires: nanos(PULL_EXPIRES_MS), idle_heartbeat: nanos(HEARTBEAT_MS) }
    nc.publish(`${API_PREFIX}.CONSUMER.MSG.NEXT.${stream}.${durable}`, JSON.stringify(request), { reply: inbox })
  }

  ask()
  return {
    take() {
      const batch = buffer.splice(0, MAX_BATCH)
      ask()
      return batch
    },
    async arrival() {
      await arrival.promise
      arrival = Promise.withResolvers()
    },
    end,
    hasEnded: () => ended,
    /** Unsubscribes; answers what had arrived or was on its way. */
    async close() {
      ended = true
      clearInterval(watch)
      if (!nc.isClosed()) await Promise.race([subscription.drain(), nc.closed()]).catch(() => {})
      return buffer
    },
  }
}
