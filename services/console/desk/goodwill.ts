import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { citesOf, day, facts, money } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { goodwillWords } from './words.ts'

const see = (clients: Clients, id: string, body: { amount: number; why: string }) =>
  clients.returns.POST('/orders/{id}/goodwill/preview', { params: { path: { id } }, body })
/** What would follow of goodwill, as the returns service foresees it. */
type Foreseen = NonNullable<Awaited<ReturnType<typeof see>>['data']>

/** The sum, whether it is owed at once or waits for a second person, how the limits stand, the document, and what it rests on. */
export function goodwillFollows(view: View, then: Foreseen): Html {
  const say = goodwillWords(view.language)
  const { currency, needs, answerBy, dueOn } = then
  const sum = (amount: number) => html`<span class="amount">${money(view, amount, currency)}</span>`
  return html`${facts([
    [say('amount'), sum(then.amount)],
    [say('given'), sum(then.given)],
    [say('alone'), sum(then.alone)],
    [say('together'), sum(then.together)],
  ])}
${needs ? html`<p><strong>${say('second', { day: answerBy === undefined ? '–' : day(view, answerBy) })}</strong></p>` : html`<p><strong>${say('atOnce', { day: dueOn === undefined ? '–' : day(view, dueOn) })}</strong></p>`}
<p>${say('document')}</p>
<p>${say('besides')}</p>
${citesOf(view, then.reasons)}`
}
