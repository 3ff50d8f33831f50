import { html } from 'hono/html'
import { day, dayOf } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { dueOf } from './case-table.ts'
import { workWords } from './words.ts'
import { type List, listOf } from './work-list.ts'
import type { WorkSeen } from './work-reading.ts'

/** Acts that nobody has looked at for too long, and tables of the law that end. */
export function lawLists(view: View, { law }: WorkSeen): List[] {
  const say = workWords(view.language)
  const acts = (law?.items ?? [])
    .filter(({ due }) => due)
    .map(({ act, checkedOn, how, lookAgainOn, source }) => [
      act,
      dayOf(view, checkedOn),
      say(`how_${how}`),
      dueOf(view, lookAgainOn),
      source,
    ])
  const tables = (law?.tables ?? [])
    .filter(({ due }) => due)
    .map(({ table, knownTo }) => [
      html`${say(`table_${table}`)} <span class="quiet">${say('knownTo', { day: day(view, knownTo) })}</span>`,
      ...['–', '–', '–', '–'],
    ])
  return [
    listOf(view, {
      ...{ id: 'law', title: say('law'), page: law && { items: [...acts, ...tables] } },
      heads: [say('act'), say('checked'), say('how'), say('lookAgain'), say('source')],
      row: (cells) => cells,
    }),
  ]
}
