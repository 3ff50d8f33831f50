import { createInbox, headers, type Msg, type NatsConnection } from '@nats-io/transport-node'
import { type Outgoing, type Stored, storeBroken } from './wire.ts'

const PUBLISH_TIMEOUT_MS = 2_000
const STORE_FAILED = 10_077
const NO_RESPONDERS = 503

type Waiting = { stored: Stored[]; left: number; resolve(stored: Stored[]): void; reject(error: unknown): void }
type Answer = { seq: number; duplicate?: boolean; error?: { err_code?: number; description: string } }

/**
 * Publishes batches to JetStream over one inbox that counts the acknowledgements: a third of the work of a request per
 * message. Rejects when one of them is missing after 2 s or says no; the caller then sends the whole batch again.
 */
export function createPublisher(nc: NatsConnection, inboxPrefix?: string) {
  const inbox = createInbox(inboxPrefix)
  const waiting = new Map<string, Waiting>()
  let batches = 0
  nc.subscribe(`${inbox}.>`, {
    callback(error, message) {
      if (error !== null) return
      const [batch, index] = message.subject.slice(inbox.length + 1).split('.') as [string, string]
      const entry = waiting.get(batch)
      if (entry !== undefined) settle(entry, Number(index), message)
    },
  })
  void nc.closed().then(() => {
    for (const entry of waiting.values()) entry.reject(new Error('The connection closed before all was stored.'))
  })

  return async (messages: Outgoing[]): Promise<Stored[]> => {
    if (messages.length === 0) return []
    const batch = String(++batches)
    const { promise, resolve, reject } = Promise.withResolvers<Stored[]>()
    const timer = setTimeout(() => reject(new Error('The broker did not store all in time.')), PUBLISH_TIMEOUT_MS)
    waiting.set(batch, { stored: new Array(messages.length), left: messages.length, resolve, reject })
    try {
      for (const [index, { subject, id, eventNo, body }] of messages.entries()) {
        const head = headers()
        head.set('Nats-Msg-Id', id)
        head.set('Event-No', String(eventNo))
        head.set('content-type', 'application/cloudevents+json')
        nc.publish(subject, body, { reply: `${inbox}.${batch}.${index}`, headers: head })
      }
      return await promise
    } finally {
      clearTimeout(timer)
      waiting.delete(batch)
    }
  }
}

function settle(entry: Waiting, index: number, message: Msg) {
  if (message.headers?.code === NO_RESPONDERS) return entry.reject(new Error('No stream takes this subject.'))
  const { seq, duplicate = false, error } = message.json<Answer>()
  if (error !== undefined) {
    return entry.reject(error.err_code === STORE_FAILED ? storeBroken(error.description) : new Error(error.description))
  }
  if (entry.stored[index] !== undefined) return
  entry.stored[index] = { seq, duplicate }
  entry.left -= 1
  if (entry.left === 0) entry.resolve(entry.stored)
}
