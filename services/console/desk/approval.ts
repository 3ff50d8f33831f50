import { html } from 'hono/html'
import { form, input, select } from '../pages/forms.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { deskWords } from './words.ts'

/** What a second person may have to say yes to. */
export const approvables = ['payout', 'override'] as const
export type Approvable = (typeof approvables)[number]
export const verdicts = ['approved', 'declined'] as const

/** The form for whoever answers what somebody proposed; who may approve, and that it is another person, is the service's to say. */
export function approval(view: View, { what, id, orderId }: { what: Approvable; id: string; orderId: string }): Html {
  const say = deskWords(view.language)
  const labels = { approved: say('approve'), declined: say('decline') }
  return html`<details class="part"><summary>${say('settle')}</summary>
${form(
  view,
  { action: `/desk/orders/${orderId}/approvals/${what}/${id}`, submit: say('settle'), quiet: true },
  html`${select(
    { name: 'verdict', label: say('approvals'), prefix: id },
    verdicts.map((verdict) => [verdict, labels[verdict]]),
  )}
${input({ name: 'why', label: say('whyDeclined'), prefix: id })}`,
)}</details>`
}
