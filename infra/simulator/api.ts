import type { IncomingMessage, ServerResponse } from 'node:http'
import { delayed, type Refuse, send, sendFaulty } from './exchange.ts'
import type { FaultAction, Faults } from './faults.ts'
import type { Reply } from './reply.ts'

/** One request to the API as the journal keeps it; never its credentials. `status` is null when no answer went out. */
export type Entry = {
  at: string
  method: string
  path: string
  key: string | null
  body: unknown
  status: number | null
  fault: string | null
}

/** What a provider answers to a request. `wait` is to be awaited before it has any effect: a fault may delay it. */
export type Answering = (request: IncomingMessage, entry: Entry, wait: () => Promise<void>) => Promise<Reply>

type Options = {
  now(): Temporal.Instant
  journalLimit: number
  faults: Faults
  /** The header that holds the idempotency key. */
  keyHeader: string
  refuseAs: Refuse
  replyTo: Answering
}

/** A provider's API with a journal of what was asked, and with what goes wrong before and after the effect. */
export function createApi({ now, journalLimit, faults, keyHeader, refuseAs, replyTo }: Options) {
  const journal: Entry[] = []
  let calls = 0

  async function exchange(request: IncomingMessage, response: ServerResponse, entry: Entry) {
    const before = faults.strike('before', entry.method, entry.path)
    if (before !== null && before.type !== 'delay') {
      entry.fault = `before: ${before.type}`
      entry.status = await sendFaulty(response, { status: 200 }, before, refuseAs)
      return
    }
    const reply = await replyTo(request, entry, waitFor(before))
    const after = faults.strike('after', entry.method, entry.path)
    entry.fault = after !== null ? `after: ${after.type}` : before !== null ? 'before: delay' : null
    if (after !== null) {
      entry.status = await sendFaulty(response, reply, after, refuseAs)
      return
    }
    entry.status = reply.status
    send(response, reply)
  }

  return {
    journal: () => structuredClone(journal),
    /** How many requests there were, those included that the journal has forgotten. */
    calls: () => calls,
    async answer(request: IncomingMessage, response: ServerResponse, path: string, text: string) {
      const entry: Entry = {
        at: now().toString(),
        method: request.method ?? '',
        path,
        key: request.headers[keyHeader]?.toString() ?? null,
        body: parsed(text),
        status: null,
        fault: null,
      }
      calls += 1
      journal.push(entry)
      if (journal.length > journalLimit) journal.shift()
      await exchange(request, response, entry)
    },
  }
}
export type Api = ReturnType<typeof createApi>

const waitFor = (fault: FaultAction | null) => async () => {
  if (fault?.type === 'delay') await delayed(fault)
}

/** The JSON object of a body, {} for an empty one, undefined for anything else. */
function parsed(text: string): unknown {
  if (text === '') return {}
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined
  } catch {
    return undefined
  }
}
