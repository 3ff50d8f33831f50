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
    withAll(
      view,
      '/desk/recalls',
      listOf(view, {
        ...{ id: 'recalls', title: recallWords(view.language)('recalls'), page: recalls, heads: openHeads(view) },
        row: (recall) => openRow(view, recall),
        late: ({ unreachable }) => unreachable > 0,
      }),
    ),
    withAll(
      view,
      '/desk/hindrances',
      listOf(view, {
        ...{ id: 'hindrances', title: say('hindrances'), page: hindrances, heads: hindranceHeads(view) },
        row: (each) => hindranceRow(view, each),
        late: ({ expectedBy }) => expectedBy !== undefined && expectedBy < view.today,
      }),
    ),
    withAll(
      view,
      '/desk/carrier-codes',
      listOf(view, {
        ...{ id: 'codes', title: say('codes'), page: codes, heads: codeHeads(view) },
        row: (each) => codeRow(view, each),
      }),
    ),
  ]
}

/** A list with where all of it is, which has more than what waits. */
const withAll = (view: View, href: string, list: List): List => ({
  ...list,
  content: html`${list.content}${allOf(view, { href, title: list.title })}`,
})
