import { type Answering, createApi } from '@vilkar/simulator/api.ts'
import type { Faults } from '@vilkar/simulator/faults.ts'
import type { Reply } from '@vilkar/simulator/reply.ts'
import { createIdempotencyStore, type IdempotencyOptions } from './idempotency-store.ts'
import { type Route, refuse, refuseAs } from './reply.ts'

const MAX_KEY_LENGTH = 255

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
export function createKlarnaApi({ routes, note, now, ...deps }: Deps) {
  const once = createIdempotencyStore(now, deps.idempotency)
  const authorization = `Basic ${Buffer.from(`${deps.username}:${deps.password}`).toString('base64')}`

  const replyTo: Answering = async (request, { method, path, key, body }, wait) => {
    if (request.headers.authorization !== authorization) return { status: 401 }
    const known = routes.filter((route) => route.path.test(path))
    const found = known.find((route) => route.method === method)
    if (found === undefined) return refuse(known.length > 0 ? 405 : 404, 'NOT_FOUND', 'There is no such operation.')
    if (body === undefined) return refuse(400, 'BAD_VALUE', 'The body is not a JSON object.')

    const work = async () => {
      await wait()
      const ids = found.path.exec(path)?.slice(1) ?? []
      // A reply that is kept for a repeat must not change with what happens later.
      return structuredClone(found.handle({ ids, body: body as Record<string, unknown> }))
    }
    if (method === 'GET' || !path.startsWith('/ordermanagement/')) return work()
    if (key === null || key.length > MAX_KEY_LENGTH) {
      note(`${method} ${path} came without an idempotency key.`)
      return work()
    }
    return once(`${method} ${path}`, key, work)
  }

  const { journalLimit, faults } = deps
  const shown: Answering = async (...asked) => {
    const reply = await replyTo(...asked)
    return deps.echoReferences === false ? withoutReferences(reply) : reply
  }
  return createApi({ now, journalLimit, faults, keyHeader: 'klarna-idempotency-key', refuseAs, replyTo: shown })
}

function withoutReferences(reply: Reply): Reply {
  if (typeof reply.body !== 'object') return reply
  const text = JSON.stringify(reply.body, (name, value) => (name === 'reference' ? undefined : value))
  return { ...reply, body: JSON.parse(text) }
}
