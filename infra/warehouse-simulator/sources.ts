import { setTimeout as pause } from 'node:timers/promises'
import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { answered } from '@vilkar/client/client.ts'
import type { Books } from './books.ts'
import type { Shipping } from './doors.ts'
import type { Told } from './to-send.ts'

/** Where events come from: each is in the books before more is asked for. Comes back when it is stopped; throws when it fails. */
export type Source = (books: Books, stopping: AbortSignal) => Promise<void>

const WAIT_SECONDS = 5
const PREFETCH = 50
/** Whoever asks the broker, or has it ask whether anybody is there, waits for so long. */
const TIMEOUT_MS = 5_000

/** The durable `warehouse` of the stream SHIPPING. Several processes may take from it; each event is handed to one of them. */
export const fromBroker =
  (url: string): Source =>
  async (books, stopping) => {
    const { host, username, password } = new URL(url)
    const connection = await connect({ servers: host, user: username, pass: password, timeout: TIMEOUT_MS })
    try {
      const broker = jetstream(connection, { apiPrefix: 'BROKER.API', timeout: TIMEOUT_MS })
      const consumer = await broker.consumers.get('SHIPPING', 'warehouse')
      const messages = await consumer.consume({ max_messages: PREFETCH })
      const stop = () => messages.stop()
      stopping.addEventListener('abort', stop, { once: true })
      if (stopping.aborted) stop()
      for await (const message of messages) {
        books.hear([message.json<Told>()])
        message.ack()
      }
      stopping.removeEventListener('abort', stop)
    } finally {
      await connection.close()
    }
  }

/** The feed over HTTP, for a warehouse that is not on the broker, from where the books have read it. */
export const fromFeed =
  (shipping: Shipping): Source =>
  async (books, stopping) => {
    while (!stopping.aborted)
      await readPage(shipping, books, WAIT_SECONDS, stopping).catch((error) => {
        if (!stopping.aborted) throw error
      })
  }

/** Takes the next page of the feed into the books, waiting for so long that there is one; answers how much there was. */
export async function readPage(shipping: Shipping, books: Books, wait: number, signal?: AbortSignal) {
  const query = { after: books.cursor(), wait }
  const { items, cursor } = await answered(shipping.GET('/shipments/feed', { params: { query }, signal }))
  books.hear(
    items.map(({ event }) => event as unknown as Told),
    cursor,
  )
  return items.length
}

const AGAIN_MS = 1_000

/** Follows a source until it is stopped; one that fails or ends is begun again. */
export async function follow(source: Source, books: Books, stopping: AbortSignal, complain: (error: unknown) => void) {
  while (!stopping.aborted)
    try {
      await source(books, stopping)
    } catch (error) {
      complain(error)
      await pause(AGAIN_MS, undefined, { signal: stopping }).catch(() => {})
    }
}
