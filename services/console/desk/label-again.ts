import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { oneOf, select } from '../pages/forms.ts'
import { facts, timeOf } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { judgingWords } from './words.ts'

export const readLabel = (clients: Clients, id: string) =>
  clients.returns.GET('/returns/{id}/label', { params: { path: { id } } })
type Label = NonNullable<Awaited<ReturnType<typeof readLabel>>['data']>

const REASONS = ['lost', 'expired', 'not-taken', 'other-parcel'] as const

/** Another return label instead of the one that a case has, for a reason. */
export function labelAgain(view: View, caseId: string, label: Label): Deed {
  const say = judgingWords(view.language)
  const page = `/desk/cases/${caseId}`
  const asked = facts([[say('label'), html`${label.trackingNumber ?? label.id}, ${timeOf(view, label.requestedAt)}`]])
  return {
    title: say('replaceLabel'),
    lead: html`<p>${say('replaceLead')}</p>${asked}`,
    fields: (typed) =>
      select(
        { name: 'reason', label: say('reason'), value: typed.text('reason') },
        REASONS.map((reason) => [reason, say(`reason_${reason}`)]),
      ),
    consequences: () => html`<p>${say('follow_label')}</p>`,
    act: (sent) =>
      answered(
        view.clients.returns.PUT('/returns/{id}/label/replacement', {
          params: { path: { id: caseId } },
          body: { labelId: label.id, reason: oneOf(REASONS, sent.text('reason')) ?? 'lost' },
        }),
      ),
    after: () => page,
    back: page,
  }
}
