import { answered } from '@vilkar/client/client.ts'
import type { Reading } from '../pages/reading.ts'
import type { View } from '../pages/view.ts'
import type { CaseItem } from './case-table.ts'
import { type Order, readOrder } from './order-table.ts'

/** By what something was found. */
export type Why =
  | 'number'
  | 'email'
  | 'name'
  | 'organisation'
  | 'document'
  | 'payment'
  | 'tracking'
  | 'case'
  | 'id'
  | 'tag'
export type Hit = { order: Order; why: Why[] }
/** `more`: not all of it was read, since there is so much. */
export type Found = { hits: Hit[]; cases: CaseItem[]; more: boolean }

/** The number of a company, and that of an invoice or credit note. */
const ORGANISATION = /^\d{9}$/
const DOCUMENT = /^\d{1,8}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Orders that were found by something else than themselves are read one by one. */
const MOST_READ = 20
/** So many orders of one name or address are shown; the services give no more at a time. */
const MOST_LISTED = 100

/**
 * Finds orders by whatever somebody says: number, name, e-mail address, the number of a company, of a document or of a parcel there or back,
 * the id of an order, a case or a payment. Every service is asked for what it knows; each hit says by what it was found.
 */
export async function find(view: View, reading: Reading, q: string): Promise<Found> {
  const { shipping, returns } = view.clients
  if (UUID.test(q.toLowerCase())) return findById(view, reading, q.toLowerCase())
  const listed = (query: Query) => listOrders(view, reading, query)
  const digits = q.replaceAll(' ', '')
  const numbered = DOCUMENT.test(digits) ? { document: Number(digits) } : { organisationNumber: digits }
  const isNumber = DOCUMENT.test(digits) || ORGANISATION.test(digits)
  const mail = q.includes('@')
  const [byNumber, byEmail, byName, parcels, cases] = await Promise.all([
    mail ? undefined : listed({ number: q.toUpperCase() }),
    mail ? listed({ email: q }) : undefined,
    mail ? undefined : listed(isNumber ? numbered : { name: q }),
    mail ? undefined : reading.of('shipping', shipping.GET('/shipments', { params: { query: { trackingNumber: q } } })),
    reading.of('returns', returns.GET('/returns', { params: { query: { q } } })),
  ])
  const hits = createHits()
  for (const order of byNumber?.items ?? []) hits.add(order, 'number')
  for (const order of byEmail?.items ?? []) hits.add(order, 'email')
  const why = isNumber ? (numbered.document === undefined ? 'organisation' : 'document') : 'name'
  for (const order of byName?.items ?? []) hits.add(order, why)
  const pointed = [
    ...(parcels?.items ?? []).map(({ orderId }) => ({ orderId, why: 'tracking' as const })),
    ...(cases?.items ?? []).map(({ orderId }) => ({ orderId, why: 'case' as const })),
  ]
  await hits.addPointed(view, reading, pointed)
  const unread = new Set(pointed.map(({ orderId }) => orderId)).size > MOST_READ
  const more = unread || [byEmail, byName, parcels, cases].some((page) => page?.next !== undefined)
  return { hits: hits.all(), cases: cases?.items ?? [], more }
}

type Query = {
  number?: string
  email?: string
  name?: string
  organisationNumber?: string
  document?: number
  payment?: string
}
const listOrders = (view: View, reading: Reading, query: Query) =>
  reading.of('orders', view.clients.orders.GET('/orders', { params: { query: { limit: MOST_LISTED, ...query } } }))

/** Orders with a tag, of their own or of a case of theirs, and the cases with it. */
export async function findTagged(view: View, reading: Reading, word: string): Promise<Found> {
  const { returns } = view.clients
  const [tagged, cases] = await Promise.all([
    reading.of(
      'returns',
      returns.GET('/tags/{word}/orders', { params: { path: { word }, query: { limit: MOST_READ } } }),
    ),
    reading.of('returns', returns.GET('/returns', { params: { query: { tag: word } } })),
  ])
  const hits = createHits()
  await hits.addPointed(
    view,
    reading,
    (tagged?.items ?? []).map(({ orderId }) => ({ orderId, why: 'tag' as const })),
  )
  return { hits: hits.all(), cases: cases?.items ?? [], more: [tagged, cases].some((page) => page?.next !== undefined) }
}

async function findById(view: View, reading: Reading, id: string): Promise<Found> {
  const hits = createHits()
  const order = await reading.of('orders', readOrder(view.clients, id))
  if (order !== undefined) hits.add(order, 'id')
  const paid = order === undefined ? await listOrders(view, reading, { payment: id }) : undefined
  for (const each of paid?.items ?? []) hits.add(each, 'payment')
  const found = await reading.of(
    'returns',
    view.clients.returns.GET('/returns/{id}/case', { params: { path: { id } } }),
  )
  if (found !== undefined) await hits.addPointed(view, reading, [{ orderId: found.orderId, why: 'case' }])
  return { hits: hits.all(), cases: found === undefined ? [] : [found], more: false }
}

function createHits() {
  const hits = new Map<string, Hit>()
  function add(order: Order, why: Why) {
    const known = hits.get(order.id)
    if (known === undefined) hits.set(order.id, { order, why: [why] })
    else if (!known.why.includes(why)) known.why.push(why)
  }
  return {
    add,
    all: () => [...hits.values()],
    /** Orders that a parcel or a case belongs to. */
    async addPointed(view: View, reading: Reading, pointed: readonly { orderId: string; why: Why }[]) {
      const ids = [...new Set(pointed.map(({ orderId }) => orderId))].slice(0, MOST_READ)
      const read = await Promise.all(
        ids.map(async (id) => hits.get(id)?.order ?? reading.of('orders', readOrder(view.clients, id))),
      )
      for (const order of read)
        if (order !== undefined) for (const { orderId, why } of pointed) if (orderId === order.id) add(order, why)
    },
  }
}

/** The newest orders, for who searched for nothing yet. */
export const newest = async (view: View, limit: number) =>
  (await answered(view.clients.orders.GET('/orders', { params: { query: { limit } } }))).items
