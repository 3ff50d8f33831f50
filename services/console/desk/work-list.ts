import { html } from 'hono/html'
import { table, tag } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { deskWords, workWords } from './words.ts'
import type { Page } from './work-reading.ts'

/** What waits of one kind; `count` is undefined where nobody answered how many there are. */
export type List = { id: string; title: string; count?: number; more?: boolean; overdue: number; content: Html }
/** Where the whole of a list of cases is paged through. */
export const allOf = (view: View, { href, title }: { href: string; title: string }): Html =>
  html`<p><a class="ds-link" href="${href}">${workWords(view.language)('allOf', { list: title })}</a></p>`

type Cell = Html | string | number

type Asked<Item> = {
  id: string
  title: string
  heads: string[]
  page: Page<Item> | undefined
  row: (item: Item) => Cell[]
  /** Whether its last day is over. */
  late?: (item: Item) => boolean
}

/** A list as a table, in the order in which the services gave it. */
export function listOf<Item>(view: View, { id, title, heads, page, row, late }: Asked<Item>): List {
  if (page === undefined) return { id, title, overdue: 0, content: html`` }
  const { items, next, count = items.length } = page
  const more = next !== undefined
  return {
    ...{ id, title, count, more, overdue: late === undefined ? 0 : items.filter(late).length },
    content: html`${table(title, heads, items.map(row))}${(more || count > items.length) && html`<p class="quiet">${workWords(view.language)('firstOnly')}</p>`}`,
  }
}

/** How many a list has: "3", "50+", or that nobody answered. */
export function countOf(view: View, { count, more }: List) {
  const say = workWords(view.language)
  if (count === undefined) return say('unread')
  return more ? say('atLeast', { count }) : String(count)
}

/** How many of a list are over their day: at the least, where those are all that was read. */
export const overdueOf = (view: View, { count, more, overdue }: List) =>
  deskWords(view.language)('overdueCount', { count: more && overdue === count ? `${overdue}+` : overdue })

export const orderLink = (id: string | undefined, name?: string): Html | string =>
  id === undefined ? '–' : html`<a class="ds-link nowrap" href="/desk/orders/${id}">${name ?? id.slice(0, 8)}</a>`

/** A moment that was due, and loudly when it is over. */
export const isOver = (view: View, instant: string) => Temporal.Instant.compare(instant, view.now) <= 0
export const loudly = (view: View, over: boolean, said: Html) =>
  over ? html`${tag('danger', deskWords(view.language)('overdue'))} ${said}` : said
