import { html } from 'hono/html'
import type { View } from '../pages/view.ts'
import { codeHeads, codeRow } from './carrier-codes.ts'
import { hindranceHeads, hindranceRow } from './hindrances.ts'
import { openHeads, openRow } from './recalls.ts'
import { recallWords, shippingWords } from './words.ts'
import { allOf, type List, listOf } from './work-list.ts'
import type { WorkSeen } from './work-reading.ts'

/** Recalls that are not over, what keeps us from delivering, and codes that nobody knows. */
export function shippingLists(view: View, { recalls, hindrances, codes }: WorkSeen): List[] {
  const say = shippingWords(view.language)
  return [
    withItsPage(
      view,
      '/desk/recalls',
      listOf(view, {
        href: '/desk/recalls',
        ...{ id: 'recalls', title: recallWords(view.language)('recalls'), page: recalls, heads: openHeads(view) },
        row: (recall) => openRow(view, recall),
        late: ({ unreachable }) => unreachable > 0,
      }),
    ),
    withItsPage(
      view,
      '/desk/hindrances',
      listOf(view, {
        href: '/desk/hindrances',
        ...{ id: 'hindrances', title: say('hindrances'), page: hindrances, heads: hindranceHeads(view) },
        row: (each) => hindranceRow(view, each),
        late: ({ expectedBy }) => expectedBy !== undefined && expectedBy < view.today,
      }),
    ),
    withItsPage(
      view,
      '/desk/carrier-codes',
      listOf(view, {
        href: '/desk/carrier-codes',
        ...{ id: 'codes', title: say('codes'), page: codes, heads: codeHeads(view) },
        row: (each) => codeRow(view, each),
      }),
    ),
  ]
}

/** A list with where all of it is, which has more than what waits; one that is cut says so itself. */
const withItsPage = (view: View, href: string, list: List): List => ({
  ...list,
  content: html`${list.content}${!list.more && allOf(view, { href, title: list.title })}`,
})
