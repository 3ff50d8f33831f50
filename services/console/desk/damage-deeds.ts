import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { type SentForm, select } from '../pages/forms.ts'
import { citesOf, day, facts, moment, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { dueOf } from './case-table.ts'
import { pathOfDamage, unitsOfOrder } from './damage.ts'
import type { DamageSeen } from './damage-reading.ts'
import { damageWords } from './words.ts'

/** Somebody says that the carrier was told of damage or loss, after a look at by when it had to be and why. */
export function claiming(view: View, seen: DamageSeen): Deed {
  const say = damageWords(view.language)
  const { report } = seen
  const page = pathOfDamage(report)
  return {
    title: say('doClaim'),
    lead: html`<p>${say('claimLead')}</p>${leadOfDamage(view, seen)}`,
    fields: () => html``,
    consequences: () => html`${claimFollows(view, seen)}${citesOf(view, report.claimReasons)}`,
    act: () =>
      answered(view.clients.shipping.PUT('/damage-reports/{id}/claim', { params: { path: { id: report.id } } })),
    after: () => page,
    back: page,
  }
}

function claimFollows(view: View, { report: { claimedAt, claimDueOn } }: DamageSeen): Html {
  const say = damageWords(view.language)
  if (claimedAt !== undefined) return html`<p>${say('claimTold', { moment: moment(view, claimedAt) })}</p>`
  return html`<p>${say('claimFollows')}</p>
${claimDueOn < view.today && html`<p>${say('claimLate', { day: day(view, claimDueOn) })}</p>`}`
}

const CHOICES = ['replacement', 'refund'] as const

/** Somebody writes down what the customer chose of a loss, after a look at which units it is about. */
export function choosing(view: View, seen: DamageSeen): Deed {
  const say = damageWords(view.language)
  const page = pathOfDamage(seen.report)
  const asked = (sent: SentForm) => ({
    params: { path: { id: seen.report.id } },
    // What is none of them is the service's to refuse.
    body: { choice: sent.text('choice') as (typeof CHOICES)[number] },
  })
  return {
    title: say('doChoice'),
    lead: html`<p>${say('choiceLead')}</p>${leadOfDamage(view, seen)}`,
    fields: (typed) =>
      select({ name: 'choice', label: say('choiceOf'), value: typed.text('choice'), required: true }, [
        ['', say('choiceUnsaid')],
        ...CHOICES.map((each) => [each, say(`choice_${each}`)] as const),
      ]),
    consequences: async (sent) => {
      const { shipping } = view.clients
      const { choice, lines, reasons } = await answered(
        shipping.POST('/damage-reports/{id}/choice/preview', asked(sent)),
      )
      return html`<p>${say(`follows_${choice}`, { units: unitsOfOrder(seen.order, lines) })}</p>${citesOf(view, reasons)}`
    },
    act: (sent) => answered(view.clients.shipping.PUT('/damage-reports/{id}/choice', asked(sent))),
    after: () => page,
    back: page,
    danger: true,
  }
}

/** What stands above a form about a report. */
export const leadOfDamage = (view: View, { order, report, shipment }: DamageSeen) => {
  const say = damageWords(view.language)
  const parcel = shipment?.dispatched
  return facts([
    [say('toOrder'), order.number],
    [say('kind'), say(`kind_${report.kind}`)],
    [say('goods'), unitsOfOrder(order, report.lines)],
    [say('parcel'), parcel && `${parcel.carrier} ${parcel.trackingNumber}`],
    [say('reportedAt'), timeOf(view, report.reportedAt)],
    [say('claimDueOn'), dueOf(view, report.claimDueOn)],
  ])
}
