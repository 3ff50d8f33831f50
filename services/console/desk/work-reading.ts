import type { Reading } from '../pages/reading.ts'
import type { View } from '../pages/view.ts'
import type { Alarm as AnyAlarm } from './code-keys.ts'

/** What is counted no further. */
const MOST_FAULTS = 200
/** How many of each list are shown. */
const SHOWN = 50
/** The lists of services that say how many they have at most and not whether there are more: one that is full may go on. */
const full = <Item>(list: { items: Item[] } | undefined): Page<Item> | undefined =>
  list && { items: list.items, ...(list.items.length >= SHOWN && { next: 'unknown' }) }
/** What went wrong, with the first of it to be shown: each comes with a form of its own, and a page with hundreds of them is large and slow. */
const first = <Item>(list: { items: Item[]; count: number } | undefined): Page<Item> | undefined =>
  list && { ...list, ...(list.count >= MOST_FAULTS && { next: 'unknown' }) }
const SERVICES = ['orders', 'shipping', 'returns'] as const
/** Alarms of this kind are a list of their own: a day's books and the ledger differ. */
const DRIFT = 'reconciliation-drift'

/** Whose work is asked for, and with which tag: all of it where neither is said. */
export type Which = { assignee?: string; tag?: string }
const ofReturns = ({ clients: { returns } }: View, which: Which) =>
  returns.GET('/work', { params: { query: { ...which, limit: SHOWN } } })
type OfReturns = Awaited<ReturnType<typeof ofReturns>>['data']

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
  return {
    ...casesIn(returns, which),
    ...{ unformed: orders?.unformed, late: orders?.late, law: orders?.law },
    ...{ uncaptured: orders?.uncaptured, ending: orders?.endingAuthorisations },
    payouts: full(orders?.payouts),
    drift: orders?.drift && openOf(orders.drift),
    ...{ recalls: full(shipping?.recalls), codes: full(shipping?.carrierCodes), hindrances: orders?.hindrances },
    ...{ failed: shipping?.failedDeliveries, claims: shipping?.claims, told: shipping?.toldClaims },
    alarms: together<Alarm>(all.map((each) => each?.alarms && openOf<Alarm>(each.alarms))),
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
  const [pending, unclear] = [full(returns?.pendingStatements), full(returns?.unclearStatements)]
  const statements = tag === undefined && pending && unclear ? together([pending, unclear]) : undefined
  const { cases, caseFigures: counts, refunds, tags: inUse } = returns ?? {}
  return { cases, counts, mine: assignee !== undefined, tag, refunds, statements, inUse: inUse?.items ?? [] }
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
