import { html } from 'hono/html'
import { citesOf, dayOf, type Reason, tag } from './parts.ts'
import type { Html } from './show.ts'
import type { View } from './view.ts'

/** Whether somebody may, the last day for it as a service writes it, and why. */
export type Ruling = {
  outcome: 'granted' | 'refused' | 'review'
  until?: string
  reasons: readonly Reason[]
  termsUndercut?: boolean
}
const COLORS = { granted: 'success', refused: 'neutral', review: 'warning' } as const

/** What a ruling says, until when, and why. */
export function ruling(
  view: View,
  name: string,
  { outcome, until, reasons, termsUndercut }: Ruling,
  more?: Html,
): Html {
  const { say } = view
  return html`<li class="ruling"><p><strong>${name}</strong> ${tag(COLORS[outcome], say(`outcome_${outcome}`))}
${until !== undefined && html`<span>${say('untilDay')} ${dayOf(view, until.slice(0, 10))}</span>`}</p>
${termsUndercut === true && html`<p class="quiet">${say('undercut')}</p>`}
${more}${citesOf(view, reasons)}</li>`
}
