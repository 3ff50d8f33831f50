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
  more?: Html | false,
): Html {
  const { say } = view
  return html`<li class="ruling"><p><strong>${name}</strong> ${tag(COLORS[outcome], say(`outcome_${outcome}`))}
${until !== undefined && lastDayOf(view, outcome, until.slice(0, 10))}</p>
${termsUndercut === true && html`<p class="quiet">${say('undercut')}</p>`}
${more}${citesOf(view, reasons)}</li>`
}

/** Until when it holds; of what is refused the last day there was, and none that is still to come. The day that is asked about is `today`. */
function lastDayOf(view: View, outcome: Ruling['outcome'], until: string): Html | false {
  const { say } = view
  if (outcome !== 'refused') return html`<span>${say('untilDay')} ${dayOf(view, until)}</span>`
  return until < view.today && html`<span class="quiet">${say('wasUntilDay')} ${dayOf(view, until)}</span>`
}

type Estimated = {
  withdrawal: Ruling
  voluntaryReturn: Ruling
  returnable: number
}
/** The right that what would come back is estimated by, the best that is open; none where nothing may go back. */
export function estimatedBy({ withdrawal, voluntaryReturn, returnable }: Estimated) {
  if (returnable === 0) return undefined
  if (withdrawal.outcome !== 'refused') return 'withdrawal' as const
  return voluntaryReturn.outcome === 'refused' ? undefined : ('voluntaryReturn' as const)
}
