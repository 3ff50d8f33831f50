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
  | 'recipient'
  | 'address'
  | 'phone'
  | 'serial'
  | 'shipment'
  | 'report'
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
/** A telephone number: eight digits or more, as people write them. */
const PHONE = /^[+0-9 ()-]+$/
const LEAST_OF_A_PHONE = 8
/** What the services take as the number of a unit or a lot, and as a word of a tag; in a number there is a digit. */
const SERIAL = /^(?=.*\d)[\x21-\x7e]([\x20-\x7e]{0,98}[\x21-\x7e])?$/
const TAG = /^[0-9a-zæøåäöéü]+(-[0-9a-zæøåäöéü]+)*$/
const LONGEST_TAG = 30
/** Orders that were found by something else than themselves are read one by one. */
const MOST_READ = 20
/** So many orders of one name or address are shown; the services give no more at a time. */
const MOST_LISTED = 100

/**
 * Finds orders by whatever somebody says: number, name, e-mail address, where goods go and to whom, telephone number, the number of a company,
 * of a document, of a unit or of a parcel there or back, a tag, the id of an order, a case, a payment, a shipment or a report. Every service is asked
 * for what it knows; each hit says by what it was found.
 */
export async function find(view: View, reading: Reading, q: string): Promise<Found> {
  const { returns } = view.clients
  if (UUID.test(q.toLowerCase())) return findById(view, reading, q.toLowerCase())
  const [ofOrders, pointed, cases] = await Promise.all([
    Promise.all(queriesFor(q).map(async ([why, query]) => ({ why, page: await listOrders(view, reading, query) }))),
    q.includes('@') ? { items: [], more: false } : pointedTo(view, reading, q),
    reading.of('returns', returns.GET('/returns', { params: { query: { q } } })),
  ])
  const hits = createHits()
  for (const { why, page } of ofOrders) for (const order of page?.items ?? []) hits.add(order, why)
  const all = [...pointed.items, ...(cases?.items ?? []).map(({ orderId }) => ({ orderId, why: 'case' as const }))]
  await hits.addPointed(view, reading, all)
  const unread = new Set(all.map(({ orderId }) => orderId)).size > MOST_READ
  const more =
    unread || pointed.more || [...ofOrders.map(({ page }) => page), cases].some((page) => page?.next !== undefined)
  return { hits: hits.all(), cases: cases?.items ?? [], more }
}

/** What orders is asked for, by what it would be: digits may be several things at once. */
function queriesFor(q: string): (readonly [Why, Query])[] {
  if (q.includes('@')) return [['email', { email: q }]]
  const digits = q.replaceAll(' ', '')
  const queries: (readonly [Why, Query])[] = [
    ['number', { number: q.toUpperCase().slice(0, LONGEST_NUMBER) }],
    ['address', { address: q }],
  ]
  if (DOCUMENT.test(digits)) queries.push(['document', { document: Number(digits) }])
  if (ORGANISATION.test(digits)) queries.push(['organisation', { organisationNumber: digits }])
  const isPhone = PHONE.test(q) && q.length <= LONGEST_NUMBER && q.replaceAll(/\D/g, '').length >= LEAST_OF_A_PHONE
  if (isPhone) queries.push(['phone', { phone: q }])
  if (!/\d{4}/.test(q)) queries.push(['name', { name: q }], ['recipient', { recipient: q }])
  return queries
}
const LONGEST_NUMBER = 40

/** Orders that a parcel, a unit or a tag belongs to. */
async function pointedTo(view: View, reading: Reading, q: string) {
  const { shipping, returns } = view.clients
  const tag = q.toLowerCase()
  const [parcels, unit, tagged] = await Promise.all([
    reading.of('shipping', shipping.GET('/shipments', { params: { query: { trackingNumber: q } } })),
    SERIAL.test(q)
      ? reading.of('shipping', shipping.GET('/serials/{number}', { params: { path: { number: q } } }))
      : undefined,
    TAG.test(tag) && tag.length <= LONGEST_TAG
      ? reading.of(
          'returns',
          returns.GET('/tags/{word}/orders', { params: { path: { word: tag }, query: { limit: MOST_READ } } }),
        )
      : undefined,
  ])
  const pointed = (why: Why, found: readonly { orderId: string }[] = []) =>
    found.map(({ orderId }) => ({ orderId, why }))
  return {
    items: [
      ...pointed('tracking', parcels?.items),
      ...pointed('serial', unit?.units),
      ...pointed('tag', tagged?.items),
    ],
    more: [parcels, tagged].some((page) => page?.next !== undefined),
  }
}

type Query = {
  number?: string
  email?: string
  name?: string
  recipient?: string
  address?: string
  phone?: string
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
  if (hits.all().length === 0) await hits.addPointed(view, reading, await ofParcels(view, reading, id))
  return { hits: hits.all(), cases: found === undefined ? [] : [found], more: false }
}

/** The order that a shipment, or a report about one, belongs to. */
async function ofParcels({ clients: { shipping } }: View, reading: Reading, id: string) {
  const path = { params: { path: { id } } }
  const [shipment, report] = await Promise.all([
    reading.of('shipping', shipping.GET('/shipments/{id}', path)),
    reading.of('shipping', shipping.GET('/damage-reports/{id}', path)),
  ])
  return [
    ...(shipment === undefined ? [] : [{ orderId: shipment.orderId, why: 'shipment' as const }]),
    ...(report === undefined ? [] : [{ orderId: report.orderId, why: 'report' as const }]),
  ]
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
