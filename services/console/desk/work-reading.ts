import type { Reading } from '../pages/reading.ts'
import type { View } from '../pages/view.ts'
import type { Alarm as AnyAlarm } from './code-keys.ts'

/** The lists of services that say how many they have at most and not whether there are more. */
const MOST_LISTED = 100
const MOST_FAULTS = 200
/** Such a list as a page: one that is full may go on. */
const full = <Item>(list: { items: Item[] } | undefined, most: number): Page<Item> | undefined =>
  list && { items: list.items, ...(list.items.length >= most && { next: 'unknown' }) }

/** How many of a list are shown, and of alarms. */
const SHOWN = 50
/** What went wrong, with the first of it to be shown: each comes with a form of its own, and a page with hundreds of them is large and slow. */
const first = <Item>(list: { items: Item[]; count: number } | undefined): Page<Item> | undefined =>
  list && { ...list, ...(list.count >= MOST_FAULTS && { next: 'unknown' }) }
const SHOWN_FIRST = { params: { query: { limit: SHOWN } } }
const SERVICES = ['orders', 'shipping', 'returns'] as const
/** Alarms of this kind are a list of their own: a day's books and the ledger differ. */
const DRIFT = 'reconciliation-drift'

/** Whose work is asked for, and with which tag: all of it where neither is said. */
export type Which = { assignee?: string; tag?: string }

/** Asks every service what waits for a person. What one does not answer is undefined, and the page says so. */
export async function readWork(view: View, reading: Reading, which: Which) {
  const [ofCases, ofOrders, ofMoney, ofParcels, alarms, dead, unsent] = await Promise.all([
    readCases(view, reading, which),
    readOrders(view, reading),
    readMoney(view, reading),
    readParcels(view, reading),
    readAlarms(view, reading),
    readDead(view, reading),
    readUnsent(view, reading),
  ])
  return { ...ofCases, ...ofOrders, ...ofMoney, ...ofParcels, alarms, dead, unsent }
}
export type CasesSeen = Awaited<ReturnType<typeof readCases>>
export type WorkSeen = Awaited<ReturnType<typeof readWork>>

/** Cases and statements that wait; with a tag, cases alone. */
export async function readCases({ clients: { returns } }: View, reading: Reading, { assignee, tag }: Which) {
  const listed = (query: { status?: 'open'; refund?: 'unpaid' }) =>
    reading.of('returns', returns.GET('/returns', { params: { query: { ...query, assignee, tag } } }))
  const counted = reading.of(
    'returns',
    returns.GET('/returns/figures', { params: { query: { assignee, tag, status: 'open' } } }),
  )
  const said = async (status: 'pending' | 'unclear') =>
    tag === undefined ? reading.of('returns', returns.GET('/statements', { params: { query: { status } } })) : undefined
  const [cases, counts, refunds, pending, unclear] = await Promise.all([
    listed({ status: 'open' }),
    counted,
    listed({ refund: 'unpaid' }),
    said('pending'),
    said('unclear'),
  ])
  const statements = pending && unclear && together([full(pending, MOST_LISTED), full(unclear, MOST_LISTED)])
  return { cases, counts, mine: assignee !== undefined, tag, refunds, statements }
}

async function readOrders({ clients: { orders } }: View, reading: Reading) {
  const query = { status: 'unformed' as const, limit: SHOWN }
  const [unformed, late, law] = await Promise.all([
    reading.of('orders', orders.GET('/orders', { params: { query } })),
    reading.of('orders', orders.GET('/orders/late', { params: { query: { limit: SHOWN } } })),
    reading.of('orders', orders.GET('/law', {})),
  ])
  return { unformed, late, law }
}

async function readMoney({ clients: { orders } }: View, reading: Reading) {
  const page = { params: { query: { limit: SHOWN } } }
  const [payouts, uncaptured, ending, drift] = await Promise.all([
    reading.of('orders', orders.GET('/payouts', { params: { query: { status: 'open' } } })),
    reading.of('orders', orders.GET('/payments/uncaptured', page)),
    reading.of('orders', orders.GET('/payments/authorisations/ending', page)),
    reading.of('orders', orders.GET('/alarms', { params: { query: { limit: SHOWN, kind: DRIFT } } })),
  ])
  return { payouts: full(payouts, MOST_LISTED), uncaptured, ending, drift: drift && openOf(drift) }
}

/** Parcels that do not arrive, what carriers are to be told of, and what they are to answer. */
async function readParcels({ clients: { shipping } }: View, reading: Reading) {
  const listed = (claim: 'open' | 'unsettled') =>
    reading.of('shipping', shipping.GET('/damage-reports', { params: { query: { claim, limit: SHOWN } } }))
  const page = { params: { query: { limit: SHOWN } } }
  const [failed, claims, told] = await Promise.all([
    reading.of('shipping', shipping.GET('/failed-deliveries', page)),
    listed('open'),
    listed('unsettled'),
  ])
  return { failed, claims, told }
}

async function readAlarms({ clients }: View, reading: Reading) {
  const page = { params: { query: { limit: SHOWN } } }
  const { orders, shipping, returns } = clients
  const read: (Page<Alarm> | undefined)[] = await Promise.all([
    reading.of('orders', orders.GET('/alarms', page)),
    reading.of('shipping', shipping.GET('/alarms', page)),
    reading.of('returns', returns.GET('/alarms', page)),
  ])
  return together(read.map((each) => each && openOf(each)))
}

type Alarm = {
  id: string
  kind: AnyAlarm['kind']
  orderId?: string
  raisedAt: string
  resolvedAt?: string
  acknowledgedAt?: string
  acknowledgedBy?: string
}

/** Alarms stand in their lists with those that have ended behind those that are open. */
const openOf = <Each extends Alarm>({ items, next }: Page<Each>): Page<Each> => {
  const open = items.filter(({ resolvedAt }) => resolvedAt === undefined)
  return { items: open, ...(open.length === items.length && { next }) }
}

const readDead = async ({ clients: { orders, shipping, returns } }: View, reading: Reading) =>
  together(
    await Promise.all([
      reading.of('orders', orders.GET('/dead-letters', SHOWN_FIRST)),
      reading.of('shipping', shipping.GET('/dead-letters', SHOWN_FIRST)),
      reading.of('returns', returns.GET('/dead-letters', SHOWN_FIRST)),
    ]).then((lists) => lists.map(first)),
  )

async function readUnsent({ clients: { orders, returns } }: View, reading: Reading) {
  const [ofOrders, ofReturns] = await Promise.all([
    reading.of('orders', orders.GET('/mails/unsent', SHOWN_FIRST)),
    reading.of('returns', returns.GET('/mails/unsent', SHOWN_FIRST)),
  ])
  return together([first(ofOrders), undefined, first(ofReturns)])
}

/** A page of a list, and whether there is another behind it; `count` where more were read than are on it. */
export type Page<Item> = { items: Item[]; next?: string; count?: number }

/** Pages of services as one list, each entry with whose it is; undefined where nobody answered. */
function together<Item>(pages: readonly (Page<Item> | undefined)[]) {
  if (pages.every((each) => each === undefined)) return undefined
  const items = pages.flatMap((each, i) => (each?.items ?? []).map((item) => ({ ...item, service: SERVICES[i]! })))
  const count = pages.reduce((sum, each) => sum + (each?.count ?? each?.items.length ?? 0), 0)
  return { items, count, next: pages.find((each) => each?.next !== undefined)?.next }
}
export const isDrift = ({ kind }: { kind: string }) => kind === DRIFT
