import { html } from 'hono/html'
import { table, tag } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { deskWords, workWords } from './words.ts'
import type { Page } from './work-reading.ts'

/** What waits of one kind; `count` is undefined where nobody answered how many there are. */
export type List = { id: string; title: string; count?: number; more?: boolean; overdue: number; content: Html }
/** Where the whole of a list is paged through. */
export const allOf = (view: View, { href, title }: { href: string; title: string }): Html =>
  html`<p><a class="ds-link" href="${href}">${workWords(view.language)('allOf', { list: title })}</a></p>`

type Cell = Html | string | number

type Asked<Item> = {
  id: string
  title: string
  heads: string[]
  page: Page<Item> | undefined
  row: (item: Item) => Cell[]
  /** Where the whole of it is, if that is not the page of any list. */
  href?: string
  /** Whether its last day is over. */
  late?: (item: Item) => boolean
}

/** A list as a table, in the order in which the services gave it; below it the way to the whole of it, where there is more. */
export function listOf<Item>(view: View, { heads, row, ...asked }: Asked<Item>): List {
  const { title, page } = asked
  return listWith(view, asked, () => table(title, heads, (page?.items ?? []).map(row)))
}

/** The same of what is shown otherwise than by the cells of its rows. */
export function listWith<Item>(
  view: View,
  { id, title, page, late, href = wholeOf(id) }: Omit<Asked<Item>, 'heads' | 'row'>,
  shown: () => Html,
): List {
  if (page === undefined) return { id, title, overdue: 0, content: html`` }
  const { items, next } = page
  // A list and its count are of two moments.
  const count = Math.max(items.length, page.count ?? 0)
  const more = next === 'unknown' || (next !== undefined && page.count === undefined)
  const overdue = Math.max(page.overdue ?? 0, late === undefined ? 0 : items.filter(late).length)
  return {
    ...{ id, title, count, more, overdue },
    content: html`${shown()}${(more || count > items.length) && allOf(view, { href, title })}`,
  }
}

/** The page of a list alone. */
export const wholeOf = (id: string) => `/desk/work/lists/${id}`

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
