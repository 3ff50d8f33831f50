import { createHash } from 'node:crypto'
import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import type { Order } from '../desk/order-table.ts'
import { anOrder, answersAbout, ORDER_ID } from './an-order.ts'
import type { Answers } from './console.ts'

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const NUMBER = /SG-\d{5}-[0-9A-Z]{5}/g
/** What services list of where nobody says how much: what went wrong, and all else. */
const FAULTS = 200
const LISTED = 100
/** Of what stands here there are a few in any house, or as many as there are days; what is of one thing, under its id, stays as it is. */
const FEW = [
  ...['/policies', '/carriers', '/terms', '/law', '/tags', '/price-offers', '/withdrawal-function'],
  ...['/returns/refund-days', '/returns/open-by-day', '/returns/figures'],
]
type Asked = { url: string; query: Record<string, string> }
type Answering = (request: Asked, reply: unknown) => unknown

/** An id or a number that nothing else has, and that does not shrink when it is compressed. */
function another(old: string, n: number) {
  const digest = createHash('sha256').update(`${old} ${n}`).digest('hex')
  return old.startsWith('SG-')
    ? `SG-${digest.slice(0, 5).replace(/\D/g, '7')}-${digest.slice(5, 10).toUpperCase()}`
    : `${old.slice(0, 15)}${digest.slice(0, 3)}${old.slice(18, 20)}${digest.slice(2, 5)}-${digest.slice(5, 17)}`
}

/** The first items of a list, and after them copies under ids and numbers of their own, until there are so many. */
const filled = (items: readonly unknown[], most: number) =>
  Array.from({ length: items.length === 0 ? 0 : most }, (_, n) => {
    if (n < items.length) return items[n]
    const text = JSON.stringify(items[n % items.length])
    return JSON.parse(text.replace(UUID, (id) => another(id, n)).replace(NUMBER, (number) => another(number, n)))
  })

/** The same answers, with every list as long as it was asked for, and another page behind it. */
export function inFull(answers: Answers): Answers {
  return new Proxy(answers, {
    get(known, key: string) {
      const found = known[key]
      const path = key.replace(/^[A-Z]+ /, '').split('?')[0]!
      if (found === undefined || FEW.includes(path) || path.startsWith('/linked-order') || path.search(UUID) >= 0)
        return found
      return (request: Asked, reply: unknown) => {
        const answer = typeof found === 'function' ? (found as Answering)(request, reply) : found
        const { items } = (answer ?? {}) as { items?: unknown[] }
        if (!Array.isArray(items)) return answer
        const most = /dead-letters|unsent/.test(path) ? FAULTS : LISTED
        // One order has a number.
        const wanted = request.query.number === undefined ? Number(request.query.limit ?? most) : 1
        return { ...(answer as object), items: filled(items, wanted) }
      }
    },
  })
}

const lineIds = Array.from({ length: MAX_LINES }, (_, n) => String(n + 1))
const copied = <Line extends { lineId: string }>(lines: readonly Line[]): Line[] =>
  lineIds.map((lineId, n) => ({ ...lines[n % lines.length]!, lineId, sku: `SKU-${lineId}` }))

/** An order of as many lines as one may have, and what the services answer about it. */
export function aLargeOrder(): { order: Order; answers: Answers } {
  const order = anOrder({ lines: copied(anOrder().lines) as Order['lines'] })
  const answers = answersAbout(order)
  const door = `GET /orders/${ORDER_ID}/entitlements`
  const entitlements = answers[door] as { lines: { lineId: string }[] }
  return { order, answers: { ...answers, [door]: { ...entitlements, lines: copied(entitlements.lines) } } }
}

/** What is open of an order by its link, with as many lines as it may have. */
export function linesInFull(answers: Answers): Answers {
  const door = 'GET /linked-order/eligibility'
  const before = answers[door] as Answering
  const after: Answering = (request, reply) => {
    const answer = before(request, reply) as { lines?: { lineId: string }[] }
    return answer.lines === undefined ? answer : { ...answer, lines: copied(answer.lines) }
  }
  return { ...answers, [door]: after }
}
