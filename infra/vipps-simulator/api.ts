import type { IncomingMessage, ServerResponse } from 'node:http'
import { delayed, send, sendFaulty } from '@vilkar/simulator/exchange.ts'
import type { FaultAction, Faults } from '@vilkar/simulator/faults.ts'
import type { Reply } from '@vilkar/simulator/reply.ts'
import type { Access } from './access-token.ts'
import { createIdempotencyStore, type IdempotencyOptions } from './idempotency-store.ts'
import { type Route, refuse, refuseAs } from './reply.ts'

const MAX_KEY_LENGTH = 50

/** One request as the journal keeps it; never its credentials. `status` is null when no answer went out. */
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
  now(): Temporal.Instant
  journalLimit: number
  idempotency?: IdempotencyOptions
  access: Access
  faults: Faults
  note(violation: string): void
  routes: Route[]
}

/** Vipps' API: who asks, what goes wrong, whether it was asked before, and what happens. */
export function createApi({ routes, faults, note, now, access, ...deps }: Deps) {
  const journal: Entry[] = []
  const once = createIdempotencyStore(deps.idempotency)

  async function replyTo(request: IncomingMessage, entry: Entry, delay: FaultAction | null): Promise<Reply> {
    const { method, path, key, body } = entry
    const wait = async () => (delay?.type === 'delay' ? void (await delayed(delay)) : undefined)
    if (method === 'POST' && path === '/accesstoken/get') {
      await wait()
      return access.issue(request.headers)
    }
    const denied = access.refusal(request.headers)
    if (denied !== null) return denied
    const found = routes.find((route) => route.method === method && route.path.test(path))
    if (found === undefined) return refuse(404, null, 'There is no such operation.')
    if (body === undefined) return refuse(400, null, 'The body is not a JSON object.')

    const work = async () => {
      await wait()
      const reference = decodeURIComponent(found.path.exec(path)?.[1] ?? '')
      // A reply that is kept for a repeat must not change with what happens later.
      return structuredClone(found.handle({ reference, key, body: body as Record<string, unknown> }))
    }
    if (method === 'GET') return work()
    if (key === null || key.length > MAX_KEY_LENGTH) {
      note(`${method} ${path} came without an idempotency key of at most ${MAX_KEY_LENGTH} characters.`)
      return refuse(400, null, 'The Idempotency-Key is missing or too long.')
    }
    return once({ endpoint: `${method} ${path}`, key, body: body as object }, work)
  }

  async function exchange(request: IncomingMessage, response: ServerResponse, entry: Entry) {
    const before = faults.strike('before', entry.method, entry.path)
    if (before !== null && before.type !== 'delay') {
      entry.fault = `before: ${before.type}`
      entry.status = await sendFaulty(response, { status: 200 }, before, refuseAs)
      return
    }
    const reply = await replyTo(request, entry, before)
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
    async answer(request: IncomingMessage, response: ServerResponse, path: string, text: string) {
      const entry: Entry = {
        at: now().toString(),
        method: request.method ?? '',
        path,
        key: request.headers['idempotency-key']?.toString() ?? null,
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
