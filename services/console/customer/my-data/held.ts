import { html } from 'hono/html'
import { citesOf, table, timeOf } from '../../pages/parts.ts'
import { called } from '../../pages/privacy-codes.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import type { Order } from '../order-reading.ts'
import type { Data } from './reading.ts'
import { dataWords } from './words.ts'

/** Records by what they are: until when, what keeps them longer, and by which sentence. */
export function heldTable(view: View, held: Data['held'], order: Order): Html {
  const say = dataWords(view.language)
  return table(
    say('held'),
    [say('what'), say('untilHead'), say('keptBy'), say('because')],
    held.map(({ category, record, status, dueAt, holds, missing, reasons }) => [
      html`<strong>${called(view, 'category', category)}</strong>${record === order.id && html`<br><span class="quiet">${order.number}</span>`}`,
      status === 'due'
        ? say('going')
        : dueAt === undefined
          ? say(missing === undefined ? 'notBegun' : 'unknown')
          : timeOf(view, dueAt),
      holds.map((hold) => called(view, 'hold', hold)).join(', ') || '–',
      citesOf(view, reasons),
    ]),
  )
}
