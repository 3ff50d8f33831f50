import type { IncomingMessage, ServerResponse } from 'node:http'
import { delayed, send, sendFaulty } from '@vilkar/simulator/exchange.ts'
import type { FaultAction, Faults } from '@vilkar/simulator/faults.ts'
import type { Reply } from '@vilkar/simulator/reply.ts'
import { createIdempotencyStore, type IdempotencyOptions } from './idempotency-store.ts'
import { type Route, refuse, refuseAs } from './reply.ts'

const MAX_KEY_LENGTH = 255

/** One request to Klarna's API as the journal keeps it; never its credentials. `status` is null when no answer went out. */
export type Entry = {
  at: string
  method: string
  path: string
  key: string | null
  body: unknown
  status: number | null
  fault: string | null
}

type Deps = {
  username: string
  password: string
  now(): Temporal.Instant
  journalLimit: number
  idempotency?: IdempotencyOptions
  echoReferences?: boolean
  faults: Faults
  note(violation: string): void
  routes: Route[]
}

/** Klarna's API: who asks, what goes wrong, whether it was asked before, and what happens. */
export function createApi({ routes, faults, note, now, ...deps }: Deps) {
  const journal: Entry[] = []
  const once = createIdempotencyStore(now, deps.idempotency)
  const authorization = `Basic ${Buffer.from(`${deps.username}:${deps.password}`).toString('base64')}`

  async function replyTo(
    request: IncomingMessage,
    { method, path, key, body }: Entry,
    delay: FaultAction | null,
  ): Promise<Reply> {
    if (request.headers.authorization !== authorization) return { status: 401 }
    const known = routes.filter((route) => route.path.test(path))
    const found = known.find((route) => route.method === method)
    if (found === undefined) return refuse(known.length > 0 ? 405 : 404, 'NOT_FOUND', 'There is no such operation.')
    if (body === undefined) return refuse(400, 'BAD_VALUE', 'The body is not a JSON object.')

    const work = async () => {
      if (delay?.type === 'delay') await delayed(delay)
      const ids = found.path.exec(path)?.slice(1) ?? []
      return frozen(found.handle({ ids, body: body as Record<string, unknown> }))
    }
    if (method === 'GET' || !path.startsWith('/ordermanagement/')) return work()
    if (key === null || key.length > MAX_KEY_LENGTH) {
      note(`${method} ${path} came without an idempotency key.`)
      return work()
    }
    return once(`${method} ${path}`, key, work)
  }

  async function exchange(request: IncomingMessage, response: ServerResponse, entry: Entry) {
    const before = faults.strike('before', entry.method, entry.path)
    if (before !== null && before.type !== 'delay') {
      entry.fault = `before: ${before.type}`
      entry.status = await sendFaulty(response, { status: 200 }, before, refuseAs)
      return
    }
    const reply = await replyTo(request, entry, before)
    const shown = deps.echoReferences === false ? withoutReferences(reply) : reply
    const after = faults.strike('after', entry.method, entry.path)
    entry.fault = after !== null ? `after: ${after.type}` : before !== null ? 'before: delay' : null
    if (after !== null) {
      entry.status = await sendFaulty(response, shown, after, refuseAs)
      return
    }
    entry.status = reply.status
    send(response, shown)
  }

  return {
    journal: () => structuredClone(journal),
    async answer(request: IncomingMessage, response: ServerResponse, path: string, text: string) {
      const entry: Entry = {
        at: now().toString(),
        method: request.method ?? '',
        path,
        key: request.headers['klarna-idempotency-key']?.toString() ?? null,
        body: parsed(text),
        status: null,
        fault: null,
      }
      journal.push(entry)
      if (journal.length > deps.journalLimit) journal.shift()
      await exchange(request, response, entry)
    },
  }
}

export type Api = ReturnType<typeof createApi>

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

/** A reply that is kept for a repeat must not change with what happens later. */
const frozen = (reply: Reply): Reply => structuredClone(reply)

function withoutReferences(reply: Reply): Reply {
  if (typeof reply.body !== 'object') return reply
  const text = JSON.stringify(reply.body, (name, value) => (name === 'reference' ? undefined : value))
  return { ...reply, body: JSON.parse(text) }
}
