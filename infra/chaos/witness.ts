import type { ServiceName } from '@vilkar/contracts/event.ts'
import type { Call } from '@vilkar/local/shopper.ts'

/**
 * What a service said it had done: one of these events of this aggregate must be among what it told. Without any, that it keeps a
 * statement of this id, which must be answered once all is quiet.
 */
export type Acknowledged = { service: ServiceName; aggregateId: string; types: string[] }

/** As a caller tells of an answer that it did not expect. */
const SERVER_ERROR = / answered 5\d\d: /

type Promised = { service: ServiceName; request: RegExp; status?: number; types: string[] }

const WITHDRAW = /^POST \/orders\/[^/]+\/withdrawals$/

/** Requests of which the answer 2xx, or this one, is a promise: the first that fits. The aggregate is in the path, or its id is in the answer. */
const PROMISES: Promised[] = [
  { service: 'orders', request: /^POST \/orders$/, types: ['OrderPlaced'] },
  {
    service: 'orders',
    request: /^PUT \/orders\/([^/]+)\/cancellation$/,
    types: ['OrderCancelled', 'CancellationRequested', 'StopRequested'],
  },
  { service: 'shipping', request: /^PUT \/shipments\/([^/]+)\/dispatch$/, types: ['ShipmentDispatched'] },
  { service: 'shipping', request: /^PUT \/shipments\/([^/]+)\/delivery$/, types: ['ShipmentDelivered'] },
  { service: 'returns', request: WITHDRAW, status: 202, types: [] },
  { service: 'returns', request: WITHDRAW, types: ['WithdrawalDeclared'] },
  { service: 'returns', request: /^PUT \/returns\/([^/]+)\/receipt$/, types: ['ReturnReceived'] },
  { service: 'privacy', request: /^PUT \/erasures\/([^/]+)$/, types: ['ErasureDue'] },
]

/**
 * Calls services for people, and notes what they were promised. `curtain` ends all that people do: what is under way is waited
 * for, and whoever wants to do more waits for ever.
 */
export function createWitness(call: Call) {
  const acknowledged: Acknowledged[] = []
  const serverErrors: string[] = []
  const underWay = new Map<symbol, string>()
  let over = false
  let slowestMs = 0

  async function ask(...[role, method, url, options]: Parameters<Call>) {
    const begun = performance.now()
    const asked = Symbol(method)
    underWay.set(asked, `${method} ${url}`)
    const answer = await call(role, method, url, options)
      .catch((error: Error) => {
        if (SERVER_ERROR.test(error.message)) serverErrors.push(error.message)
        throw error
      })
      .finally(() => {
        underWay.delete(asked)
      })
    slowestMs = Math.max(slowestMs, performance.now() - begun)
    const promised = promiseOf(method, new URL(url).pathname, answer.status)
    if (promised !== undefined) {
      const { service, types, id } = promised
      acknowledged.push({ service, types, aggregateId: id ?? answer.body.id })
    }
    return answer
  }
  return {
    call: ((...request) => (over ? new Promise(() => {}) : ask(...request))) as Call,
    acknowledged: (): readonly Acknowledged[] => acknowledged,
    /** How long the slowest answer took, in milliseconds. */
    slowestMs: () => Math.round(slowestMs),
    /** Every answer 5xx, in words. */
    serverErrors: (): readonly string[] => serverErrors,
    /** The requests that have no answer yet, each as method and address. */
    unanswered: () => [...underWay.values()],
    curtain() {
      over = true
    },
  }
}
export type Witness = ReturnType<typeof createWitness>

/** What an answer promises; `id` is the aggregate's where the path has it. */
export function promiseOf(method: string, path: string, status: number) {
  if (status < 200 || status > 299) return undefined
  for (const { service, request, status: only = status, types } of PROMISES) {
    const found = only === status ? request.exec(`${method} ${path}`) : null
    if (found !== null) return { service, types, id: found[1] }
  }
  return undefined
}
