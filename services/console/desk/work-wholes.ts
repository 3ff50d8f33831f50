import { answered } from '@vilkar/client/client.ts'
import type { Reading } from '../pages/reading.ts'
import type { View } from '../pages/view.ts'
import type { List } from './work-list.ts'
import { workLists } from './work-lists.ts'
import {
  type Alarm,
  DRIFT,
  openOf,
  othersOf,
  type Page,
  type Service,
  together,
  type WorkSeen,
} from './work-reading.ts'

/** So many are on a page, of each service; of what services list without pages it is the first so many. */
const MOST = 50
/** What is listed without pages and has no forms is read as far as services list it. */
const MOST_AT_ONCE = 100

/** Where a page of a list begins, and whose, for what several services have. */
export type Begin = { after?: string; service?: string }
/** Where the page behind one begins: of each service that has more. */
type Next = { after: string; service?: Service }
/** A page of a list under its name among all that waits, and where it goes on; `isCut` where it does, and no page can be asked for behind it. */
type Whole = { seen: Partial<WorkSeen>; next: Next[]; isCut?: boolean }

const query = (after: string | undefined) => ({ params: { query: { after, limit: MOST } } })
const onward = (next: string | undefined): Next[] => (next === undefined ? [] : [{ after: next }])

/** Lists that have no page elsewhere, each with how a page of it is asked for. */
const wholes = {
  async unformed({ clients: { orders } }, _reading, { after }) {
    const asked = { params: { query: { status: 'unformed' as const, after, limit: MOST } } }
    const { items, next } = await answered(orders.GET('/orders', asked))
    return { seen: { unformed: { items } }, next: onward(next) }
  },
  async late({ clients: { orders } }, _reading, { after }) {
    const { items, next } = await answered(orders.GET('/orders/late', query(after)))
    return { seen: { late: { items } }, next: onward(next) }
  },
  async uncaptured({ clients: { orders } }, _reading, { after }) {
    const { items, next } = await answered(orders.GET('/payments/uncaptured', query(after)))
    return { seen: { uncaptured: { items } }, next: onward(next) }
  },
  async ending({ clients: { orders } }, _reading, { after }) {
    const { items, next } = await answered(orders.GET('/payments/authorisations/ending', query(after)))
    return { seen: { ending: { items } }, next: onward(next) }
  },
  async payouts({ clients: { orders } }) {
    const { items } = await answered(
      orders.GET('/payouts', { params: { query: { status: 'open', limit: MOST_AT_ONCE } } }),
    )
    return { seen: { payouts: { items } }, next: [], isCut: items.length >= MOST_AT_ONCE }
  },
  async drift({ clients: { orders } }, _reading, { after }) {
    const asked = { params: { query: { kind: DRIFT, after, limit: MOST } } } as const
    const { items, next } = openOf(await answered(orders.GET('/alarms', asked)))
    return { seen: { drift: { items } }, next: onward(next) }
  },
  async alarms({ clients }, reading, { after, service }) {
    const pages = await each<Alarm>(service, {
      orders: () => reading.of('orders', clients.orders.GET('/alarms', query(after))),
      shipping: () => reading.of('shipping', clients.shipping.GET('/alarms', query(after))),
      returns: () => reading.of('returns', clients.returns.GET('/alarms', query(after))),
    })
    const found = pages.map((page) => page && othersOf(page))
    return { seen: { alarms: all(found) }, next: nextOf(found) }
  },
  async dead({ clients }, reading) {
    const asked = { params: { query: { limit: MOST } } }
    const pages = await each(undefined, {
      orders: () => reading.of('orders', clients.orders.GET('/dead-letters', asked)),
      shipping: () => reading.of('shipping', clients.shipping.GET('/dead-letters', asked)),
      returns: () => reading.of('returns', clients.returns.GET('/dead-letters', asked)),
    })
    return { seen: { dead: all(pages) }, next: [], isCut: pages.some(isLonger) }
  },
  async unsent({ clients }, reading) {
    const asked = { params: { query: { limit: MOST } } }
    const pages = await each(undefined, {
      orders: () => reading.of('orders', clients.orders.GET('/mails/unsent', asked)),
      returns: () => reading.of('returns', clients.returns.GET('/mails/unsent', asked)),
    })
    return { seen: { unsent: all(pages) }, next: [], isCut: pages.some(isLonger) }
  },
  async statements({ clients: { returns } }) {
    const of = (status: 'pending' | 'unclear') =>
      answered(returns.GET('/statements', { params: { query: { status, limit: MOST_AT_ONCE } } }))
    const pages = await Promise.all([of('pending'), of('unclear')])
    const isCut = pages.some(({ items }) => items.length >= MOST_AT_ONCE)
    return { seen: { statements: all(pages) }, next: [], isCut }
  },
} satisfies Record<string, (view: View, reading: Reading, begin: Begin) => Promise<Whole>>

const isWhole = (name: string): name is keyof typeof wholes => Object.hasOwn(wholes, name)

type Listed<Item> = { items: Item[]; next?: string; count?: number }

/** What services have, or one of them, in the order of their names in `together`. */
const each = <Item>(
  service: string | undefined,
  asked: Partial<Record<Service, () => Promise<Listed<Item> | undefined>>>,
) =>
  Promise.all(
    (['orders', 'shipping', 'returns'] as const).map((name) =>
      service === undefined || service === name ? asked[name]?.() : undefined,
    ),
  )

/** Pages as one that says nothing of another behind it: the way on is said otherwise. */
const all = <Item>(pages: readonly (Listed<Item> | undefined)[]) =>
  together(pages.map((page) => page && { items: page.items }))
const isLonger = (page: Listed<unknown> | undefined) => page !== undefined && (page.count ?? 0) > page.items.length

const nextOf = (pages: readonly (Page<unknown> | undefined)[]): Next[] =>
  (['orders', 'shipping', 'returns'] as const).flatMap((service, n) => {
    const after = pages[n]?.next
    return after === undefined ? [] : [{ after, service }]
  })

/** A page of a list of what waits, by the list's name, and where it goes on; undefined for a name that is none. */
export async function readWhole(view: View, reading: Reading, name: string, begin: Begin) {
  if (!isWhole(name)) return undefined
  const { seen, next, isCut = false }: Whole = await wholes[name](view, reading, begin)
  const list: List = workLists(view, { mine: false, inUse: [], ...seen } as WorkSeen).find(({ id }) => id === name)!
  return { list, next, isCut }
}
