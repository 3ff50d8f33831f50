import type { Reading } from '../pages/reading.ts'
import type { View } from '../pages/view.ts'
import type { Alarm as AnyAlarm } from './code-keys.ts'

/** What is counted no further. */
const MOST_FAULTS = 200
/** How many of each list are shown where all lists are: what is due first. The rest stands on a page of its own. */
export const SHOWN = 10
const SERVICES = ['orders', 'shipping', 'returns'] as const
export type Service = (typeof SERVICES)[number]
/** Alarms of this kind are a list of their own: a day's books and the ledger differ. */
export const DRIFT = 'reconciliation-drift'

/** Whose work is asked for, and with which tag: all of it where neither is said. */
export type Which = { assignee?: string; tag?: string }
const ofReturns = ({ clients: { returns } }: View, which: Which) =>
  returns.GET('/work', { params: { query: { ...which, limit: SHOWN } } })
type OfReturns = Awaited<ReturnType<typeof ofReturns>>['data']

/**
 * A page of a list, and whether there is another behind it; how many there are in all, and over their day, where that is known, as it is
 * where services count.
 */
export type Page<Item> = { items: Item[]; next?: string; count?: number; overdue?: number }
type Counted = { count: number; overdue?: number }

/** The beginning of a list with how many it has; where they could not be counted, a list that is full may go on. */
const counted = <Item>(list: { items: Item[]; next?: string } | undefined, counts?: Counted) =>
  list && { ...list, ...(counts ?? (list.items.length >= SHOWN && { next: list.next ?? 'unknown' })) }
/** What went wrong, with the first of it: its list says itself how many there are, up to so many. */
const first = <Item>(list: { items: Item[]; count: number } | undefined): Page<Item> | undefined =>
  list && { ...list, ...(list.count >= MOST_FAULTS && { next: 'unknown' }) }

/** Asks every service what waits for a person. What one does not answer is undefined, and the page says so. */
export async function readWork(view: View, reading: Reading, which: Which) {
  const { orders: ofOrders, shipping: ofShipping } = view.clients
  const query = { params: { query: { limit: SHOWN } } }
  const [orders, shipping, returns] = await Promise.all([
    reading.of('orders', ofOrders.GET('/work', query)).then((found) => reading.parts('orders', found)),
    reading.of('shipping', ofShipping.GET('/work', query)).then((found) => reading.parts('shipping', found)),
    reading.of('returns', ofReturns(view, which)).then((found) => reading.parts('returns', found)),
  ])
  const all = [orders, shipping, returns]
  const [money, parcels] = [orders?.counts, shipping?.counts]
  return {
    ...casesIn(returns, which),
    unformed: counted(orders?.unformed, money?.unformed),
    late: counted(orders?.late, money?.late),
    law: orders?.law,
    uncaptured: counted(orders?.uncaptured, money?.uncaptured),
    ending: counted(orders?.endingAuthorisations, money?.endingAuthorisations),
    payouts: counted(orders?.payouts, money?.payouts),
    drift: orders?.drift && counted(openOf(orders.drift), money?.drift),
    failed: counted(shipping?.failedDeliveries, parcels?.failedDeliveries),
    claims: counted(shipping?.claims, parcels?.claims),
    told: counted(shipping?.toldClaims, parcels?.toldClaims),
    recalls: counted(shipping?.recalls),
    codes: counted(shipping?.carrierCodes),
    hindrances: counted(orders?.hindrances),
    alarms: together(all.map((each) => each?.alarms && counted(othersOf(each.alarms), each.counts?.alarms))),
    dead: together(all.map((each) => first(each?.deadLetters))),
    unsent: together([first(orders?.unsentMails), undefined, first(returns?.unsentMails)]),
  }
}
export type CasesSeen = ReturnType<typeof casesIn>
export type WorkSeen = Awaited<ReturnType<typeof readWork>>

/** Cases with a tag, and which tags are in use. */
export async function readCases(view: View, reading: Reading, which: Which) {
  const found = await reading.of('returns', ofReturns(view, which))
  return casesIn(await reading.parts('returns', found), which)
}

/** Cases and statements that wait; with a tag, cases alone. */
function casesIn(returns: OfReturns, { assignee, tag }: Which) {
  const { cases, caseFigures, tags: inUse, counts } = returns ?? {}
  const pending = counted(returns?.pendingStatements, counts?.pendingStatements)
  const unclear = counted(returns?.unclearStatements, counts?.unclearStatements)
  const statements = tag === undefined && pending && unclear ? together([pending, unclear]) : undefined
  return {
    ...{ cases, counts: caseFigures, mine: assignee !== undefined, tag, statements },
    ...{ refunds: counted(returns?.refunds, counts?.refunds), inUse: inUse?.items ?? [] },
  }
}

export type Alarm = {
  id: string
  kind: AnyAlarm['kind']
  orderId?: string
  raisedAt: string
  resolvedAt?: string
  acknowledgedAt?: string
  acknowledgedBy?: string
}

/** Alarms stand in their lists with those that have ended behind those that are open. */
export const openOf = <Each extends Alarm>({ items, next }: { items: Each[]; next?: string }): Page<Each> => {
  const open = items.filter(({ resolvedAt }) => resolvedAt === undefined)
  return { items: open, ...(open.length === items.length && { next }) }
}
/** Open alarms of all other kinds than that of drift. */
export const othersOf = (list: { items: Alarm[]; next?: string }): Page<Alarm> => {
  const { items, next } = openOf(list)
  return { items: items.filter(({ kind }) => kind !== DRIFT), ...(next !== undefined && { next }) }
}

/** Pages of services as one list, each entry with whose it is; undefined where nobody answered. */
export function together<Item>(pages: readonly (Page<Item> | undefined)[]) {
  if (pages.every((each) => each === undefined)) return undefined
  const items = pages.flatMap((each, i) => (each?.items ?? []).map((item) => ({ ...item, service: SERVICES[i]! })))
  const count = pages.reduce((sum, each) => sum + (each?.count ?? each?.items.length ?? 0), 0)
  // Where one of them could not be counted there may be more.
  const uncounted = pages.find(
    (each) => each?.next !== undefined && (each.count === undefined || each.next === 'unknown'),
  )
  return { items, count, ...(uncounted && { next: 'unknown' }) }
}
