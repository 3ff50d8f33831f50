import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { pageFault } from '../pages/faults.ts'
import { oneOf, type SentForm, select, textarea } from '../pages/forms.ts'
import { citesOf, facts, money } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Order } from './order-table.ts'
import { deskWords } from './words.ts'

/** What a second person may have to say yes to. */
const approvables = ['payout', 'override'] as const
export type Approvable = (typeof approvables)[number]
export const isApprovable = (what: string): what is Approvable => approvables.includes(what as Approvable)
const verdicts = ['approved', 'declined'] as const

const readPayouts = ({ returns }: Clients, id: string) =>
  returns.GET('/orders/{id}/payouts', { params: { path: { id } } })
const readOverrides = ({ returns }: Clients, id: string) =>
  returns.GET('/orders/{id}/overrides', { params: { path: { id } } })

/** What was answered; nothing else is taken for a yes or a no. */
function verdictOf(sent: SentForm) {
  const verdict = oneOf(verdicts, sent.text('verdict'))
  if (verdict === undefined) throw pageFault(400)
  return verdict
}

/** What was proposed of an order, with what it rests on; undefined where there is none such. */
export async function readProposal({ clients }: View, orderId: string, what: Approvable, id: string) {
  if (what === 'payout') {
    const found = (await answered(readPayouts(clients, orderId))).items.find((each) => each.id === id)
    return found && { ...found, by: found.proposedBy }
  }
  const found = (await answered(readOverrides(clients, orderId))).items.find((each) => each.id === id)
  return found && { ...found, by: found.proposedBy, reasons: found.ruled }
}
type Proposal = NonNullable<Awaited<ReturnType<typeof readProposal>>>

/** The way to answer what somebody proposed. */
export const approval = (view: View, { what, id, orderId }: { what: Approvable; id: string; orderId: string }): Html =>
  html`<p><a class="ds-button" data-variant="secondary" data-size="sm" href="/desk/orders/${orderId}/approvals/${what}/${id}">${deskWords(view.language)('settle')}</a></p>`

/**
 * Another person answers what somebody proposed, after a look at it and at what would follow; who may approve, and that it is another person,
 * is the service's to say.
 */
export function approving(view: View, order: Order, what: Approvable, proposal: Proposal): Deed {
  const say = deskWords(view.language)
  const page = `/desk/orders/${order.id}#said`
  const { id, amount, why, by, reasons } = proposal
  const sum = html`<span class="amount">${money(view, amount, order.currency)}</span>`
  const labels = { approved: say('approve'), declined: say('decline') }
  return {
    title: say('settle'),
    lead: html`<p>${say('order', { number: order.number })}</p>
${facts([
  [say(what === 'payout' ? 'payout_goodwill' : 'override'), sum],
  [say('why'), why],
  [say('proposedBy'), by],
])}${citesOf(view, reasons)}`,
    fields: (typed) => html`${select(
      { name: 'verdict', label: say('approvals'), value: typed.text('verdict') },
      verdicts.map((verdict) => [verdict, labels[verdict]]),
    )}
${textarea({ name: 'why', label: say('whyDeclined'), value: typed.text('why') })}`,
    consequences: (sent) => {
      const verdict = verdictOf(sent)
      return html`<p><strong>${labels[verdict]}</strong> ${sum}</p>
<p>${say(verdict === 'declined' ? 'follow_declined' : `follow_${what}`)}</p>${citesOf(view, reasons)}`
    },
    act: async (sent) => settle(view, what, { id, verdict: verdictOf(sent), why: sent.text('why') }),
    after: () => page,
    back: page,
  }
}

type Settled = { id: string; verdict: (typeof verdicts)[number]; why: string | undefined }
function settle({ clients: { returns } }: View, what: Approvable, { id, verdict, why }: Settled): Promise<unknown> {
  const asked = { params: { path: { id } }, body: { verdict, why } }
  return what === 'payout'
    ? answered(returns.PUT('/proposed-payouts/{id}/verdict', asked))
    : answered(returns.PUT('/overrides/{id}/verdict', asked))
}
