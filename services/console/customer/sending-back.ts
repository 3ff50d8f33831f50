import { html } from 'hono/html'
import { form, input, type SentForm } from '../pages/forms.ts'
import { dayOf, facts, section, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { pathBy } from './linked.ts'
import type { CaseSeen } from './order-reading.ts'
import { customerWords } from './words.ts'

/** The label that goods go back with: the code to be shown where the parcel is handed in, and the paper. */
export function labelOf(view: View, { found: { label, closedAt } }: CaseSeen): Html {
  const say = customerWords(view.language)
  if (label === undefined || closedAt !== undefined) return html``
  const { status, code, carrier, trackingNumber, validUntil, url } = label
  return section(
    'label',
    say('label'),
    status === 'requested'
      ? html`<p>${say('labelComing')}</p>`
      : html`${facts([
          [say('labelCode'), code && html`<strong class="code">${code}</strong>`],
          [say('carrier'), carrier],
          [say('trackingNumber'), trackingNumber],
          [say('labelUntil'), validUntil && timeOf(view, validUntil)],
        ])}
${url && html`<p><a class="ds-button" data-variant="secondary" href="${url}">${say('labelPdf')}</a></p>`}`,
  )
}

/** What was said of the parcel, or a form to say it: goods of a withdrawal are paid back no later than proof of their sending allows. */
export function proofOf(view: View, { found, link }: CaseSeen, typed?: SentForm): Html {
  const say = customerWords(view.language)
  const { withdrawal, id, closedAt } = found
  if (withdrawal === undefined) return html``
  const { proof, proofRejected, receivedAt, refund, collection } = withdrawal
  if (proof !== undefined)
    return section(
      'sent',
      say('proof'),
      facts([
        [say('carrier'), proof.carrier],
        [say('trackingNumber'), proof.trackingNumber],
        [say('proofShown'), timeOf(view, proof.shownAt)],
        [say('proofBelieved'), proof.paysFrom && refund === undefined ? dayTime(view, proof.paysFrom) : undefined],
      ]),
    )
  if (collection !== undefined || receivedAt !== undefined || refund !== undefined || closedAt !== undefined)
    return html``
  return section(
    'sent',
    say('proof'),
    html`<p>${say('proofIntro')}</p>${proofRejected && html`<p>${say('proofRejected')}</p>`}
${form(
  view,
  { action: pathBy(link, `/cases/${id}/proof`), submit: say('submit_proof') },
  html`${input({ name: 'carrier', label: say('carrier'), value: typed?.text('carrier'), required: true })}
${input({ name: 'trackingNumber', label: say('trackingNumber'), help: say('trackingNumberHelp'), value: typed?.text('trackingNumber'), required: true })}
${input({ name: 'sentAt', label: say('sentWhen'), help: say('sentWhenHelp'), type: 'datetime-local', value: typed?.text('sentAt') })}`,
)}
<p class="help">${say('proofPicture')}</p>`,
  )
}

const dayTime = (view: View, instant: string) =>
  dayOf(view, Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/Oslo').toPlainDate().toString())
