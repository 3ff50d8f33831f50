import { type Answering, createApi } from '@vilkar/simulator/api.ts'
import type { Faults } from '@vilkar/simulator/faults.ts'
import type { Access } from './access-token.ts'
import { createIdempotencyStore, type IdempotencyOptions } from './idempotency-store.ts'
import { type Route, refuse, refuseAs } from './reply.ts'

const MAX_KEY_LENGTH = 50

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
export function createVippsApi({ routes, note, access, idempotency, now, journalLimit, faults }: Deps) {
  const once = createIdempotencyStore(idempotency)

  const replyTo: Answering = async (request, { method, path, key, body }, wait) => {
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

  return createApi({ now, journalLimit, faults, keyHeader: 'idempotency-key', refuseAs, replyTo })
}
