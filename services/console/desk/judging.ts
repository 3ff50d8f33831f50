import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { checkbox, oneOf, type SentForm, select, textarea } from '../pages/forms.ts'
import { type Ruling, ruling } from '../pages/ruling.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Entitlements } from './order-reading.ts'
import { deskWords, judgingWords } from './words.ts'

export const readComplaint = (clients: Clients, id: string) =>
  clients.returns.GET('/complaints/{id}', { params: { path: { id } } })
export type Complaint = NonNullable<Awaited<ReturnType<typeof readComplaint>>['data']>
type Judged = { complaint: Complaint; entitlements: Entitlements | undefined }

const OUTCOMES = ['accepted', 'rejected'] as const
const REMEDIES = ['repair', 'replacement'] as const
const ATTEMPTS = ['offered', 'reasonable'] as const
const CAUSES = ['no-defect', 'late', 'misinstallation', 'unauthorised-modification', 'misuse'] as const
const SHOWN = ['installedBySeller', 'instructionsCorrect', 'instructionsSupplied'] as const

/** A person says whether the shop answers for a complaint; what follows, and what the rules say of it, is seen before. */
export function judging(view: View, { complaint, entitlements }: Judged): Deed {
  const say = judgingWords(view.language)
  const page = `/desk/cases/${complaint.id}`
  return {
    title: say('judge'),
    lead: html`<p>${say('lead')}</p><blockquote>${complaint.defect ?? '–'}</blockquote>${complaint.sellerAtFault && html`<p>${say('saidAtFault')}</p>`}`,
    fields: (typed) => fieldsOf(view, complaint, typed),
    consequences: (sent) => followsOf(view, { complaint, entitlements }, sent),
    act: (sent) => judge(view, complaint.id, sent),
    after: () => page,
    back: page,
  }
}

function fieldsOf(view: View, { failedCures }: Complaint, typed: SentForm): Html {
  const say = judgingWords(view.language)
  const choice = <Value extends string>(name: 'outcome' | 'cause' | 'furtherAttempt', values: readonly Value[]) =>
    values.map((value) => [value === 'none' ? '' : value, say(`${name}_${value}` as 'cause_none')] as const)
  const ticked = (name: string, value: string) => typed.all(name).includes(value)
  return html`${select({ name: 'outcome', label: say('outcome'), value: typed.text('outcome') }, choice('outcome', OUTCOMES))}
${textarea({ name: 'grounds', label: say('grounds'), help: say('groundsHelp'), value: typed.text('grounds') })}
<fieldset class="ds-fieldset"><legend class="ds-label">${say('notFeasible')}</legend>
${REMEDIES.map((value) => checkbox({ name: 'notFeasible', value, label: say(`notFeasible_${value}`), prefix: value, checked: ticked('notFeasible', value) }))}</fieldset>
${failedCures > 0 && select({ name: 'furtherAttempt', label: say('furtherAttempt'), value: typed.text('furtherAttempt') }, choice('furtherAttempt', ['none', ...ATTEMPTS]))}
${select({ name: 'cause', label: say('cause'), value: typed.text('cause') }, choice('cause', ['none', ...CAUSES]))}
${textarea({ name: 'proof', label: say('proof'), help: say('proofHelp'), value: typed.text('proof') })}
${SHOWN.map((name) => checkbox({ name, label: say(name), checked: ticked(name, 'yes') }))}`
}

const outcomeOf = (sent: SentForm) => oneOf(OUTCOMES, sent.text('outcome')) ?? 'accepted'

function followsOf(view: View, { complaint, entitlements }: Judged, sent: SentForm): Html {
  const say = judgingWords(view.language)
  const attempt = oneOf(ATTEMPTS, sent.text('furtherAttempt'))
  const grounds = sent.text('grounds')
  const lines = complaint.lines.flatMap(({ lineId, quantity }) => {
    const line = entitlements?.lines.find((each) => each.lineId === lineId)
    return line === undefined ? [] : [ruling(view, `${quantity} × ${line.sku}`, line.complaint as Ruling)]
  })
  return html`<p>${say(`follow_${outcomeOf(sent)}`)} ${attempt && say(`follow_${attempt}`)}</p>
${grounds && html`<p>${say('theyRead')}</p><blockquote>${grounds}</blockquote>`}
<h3 class="ds-heading" data-size="2xs">${say('today')}</h3>
${lines.length > 0 ? html`<ul class="list">${lines}</ul>` : html`<p>${deskWords(view.language)('noRights')}</p>`}`
}

function judge({ clients: { returns } }: View, id: string, sent: SentForm): Promise<unknown> {
  const outcome = outcomeOf(sent)
  const notFeasible = REMEDIES.filter((remedy) => sent.all('notFeasible').includes(remedy))
  const shown = Object.fromEntries(SHOWN.filter((name) => sent.text(name) !== undefined).map((name) => [name, true]))
  const body = {
    ...{ outcome, grounds: sent.text('grounds'), ...(notFeasible.length > 0 && { notFeasible }) },
    furtherAttempt: oneOf(ATTEMPTS, sent.text('furtherAttempt')),
    ...{ cause: oneOf(CAUSES, sent.text('cause')), proof: sent.text('proof'), ...shown },
  }
  return answered(returns.PUT('/complaints/{id}/assessment', { params: { path: { id } }, body }))
}
