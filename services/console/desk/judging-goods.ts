import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { checkbox, input, type SentForm, sumInput, textarea } from '../pages/forms.ts'
import { citesOf, moment, money } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { comingBack, type GoodsSeen, lineName, type Returned, refundOf, unitsInWords } from './returned.ts'
import { goodsWords } from './words.ts'

const WHYS = ['diminished-value', 'seal-broken', 'not-in-parcel'] as const
type Why = (typeof WHYS)[number]
const NAMES = {
  'diminished-value': 'why_diminished_value',
  'seal-broken': 'why_seal_broken',
  'not-in-parcel': 'why_not_in_parcel',
} as const
/** What may be deducted: of a line, for a reason. */
type Ground = { lineId: string; quantity: number; why: Why; key: string }

/** Of each line the grounds that the look at it gives rise to, and of how many units: of those that came the value and the seal. */
function groundsOf(seen: GoodsSeen): Ground[] {
  const { units = [], missing = [] } = seen.found.inspection ?? {}
  const count = (all: readonly { lineId: string; quantity: number }[], lineId: string) =>
    all.filter((each) => each.lineId === lineId).reduce((sum, { quantity }) => sum + quantity, 0)
  const broken = units.filter(({ seal }) => seal === 'broken')
  const of = { 'diminished-value': units, 'seal-broken': broken, 'not-in-parcel': missing }
  return comingBack(seen).flatMap(({ lineId }) =>
    WHYS.map((why) => ({ lineId, why, quantity: count(of[why], lineId), key: `${lineId}-${why}` })).filter(
      ({ quantity }) => quantity > 0,
    ),
  )
}

/** A person says what of the price is not paid back, after a look at what that rests on, and that the customer is heard first. */
export function judgingGoods(view: View, seen: GoodsSeen): Deed {
  const say = goodsWords(view.language)
  const page = `/desk/cases/${seen.found.id}`
  const asked = { params: { path: { id: seen.found.id } } }
  return {
    title: say('judgeGoods'),
    lead: html`<p>${say('judgeLead')}</p>${findings(view, seen)}`,
    fields: (typed) => fieldsOf(view, seen, typed),
    consequences: async (sent) => {
      const body = said(seen, sent)
      const then = await answered(view.clients.returns.POST('/returns/{id}/assessment/preview', { ...asked, body }))
      return followsOf(view, seen, { then, grounds: body.grounds })
    },
    act: (sent) => answered(view.clients.returns.PUT('/returns/{id}/assessment', { ...asked, body: said(seen, sent) })),
    after: () => page,
    back: page,
  }
}

function findings(view: View, seen: GoodsSeen): Html {
  const say = goodsWords(view.language)
  const { units = [], missing = [] } = seen.found.inspection ?? {}
  const found = units.map(({ lineId, quantity, wear, seal, complete }) =>
    [
      say('foundUnit', { quantity, name: lineName(seen, lineId), wear: say(`wear_${wear}`) }),
      ...(seal === 'broken' ? [say('sealBroken')] : []),
      ...(complete ? [] : [say('notWhole')]),
    ].join(', '),
  )
  const absent = missing.length > 0 ? [say('missing', { units: unitsInWords(seen, missing) })] : []
  return html`<h2 class="ds-heading" data-size="2xs">${say('found')}</h2>
<ul class="told">${[...found, ...absent].map((each) => html`<li>${each}</li>`)}</ul>`
}

function fieldsOf(view: View, seen: GoodsSeen, typed: SentForm): Html {
  const say = goodsWords(view.language)
  const { assessment, currency } = seen.found
  const field = ({ lineId, quantity, why, key }: Ground) => {
    const told = assessment?.deductions.find((each) => each.lineId === lineId && each.why === why)
    const units = typed.text(`units-${key}`) ?? String(told?.quantity ?? quantity)
    const minor = typed.names.includes(`amount-${key}`) ? undefined : told?.amount
    return html`<fieldset class="unit"><legend class="ds-label">${say(NAMES[why], { name: lineName(seen, lineId) })}</legend>
${input({ name: `units-${key}`, label: say('unitsOf'), type: 'number', min: 1, max: quantity, value: units })}
${sumInput({ name: `amount-${key}`, label: say('amount', { currency }), value: typed.text(`amount-${key}`), minor })}</fieldset>`
  }
  return html`${groundsOf(seen).map(field)}
${textarea({ name: 'grounds', label: say('grounds'), help: say('groundsHelp'), value: typed.text('grounds') })}
${assessment !== undefined && html`${checkbox({ name: 'final', label: say('final'), checked: typed.text('final') === 'yes' })}<p class="help">${say('finalHelp')}</p>`}`
}

/** What the form says, as the returns service takes it. */
const said = (seen: GoodsSeen, sent: SentForm) => ({
  deductions: groundsOf(seen).flatMap(({ lineId, why, key }) => {
    const amount = sent.sum(`amount-${key}`) ?? 0
    return amount === 0 ? [] : [{ lineId, why, amount, quantity: sent.number(`units-${key}`) ?? 0 }]
  }),
  grounds: sent.text('grounds'),
  ...(sent.text('final') === 'yes' && { final: true }),
})

type Follows = { then: Returned; grounds: string | undefined }
function followsOf(view: View, seen: GoodsSeen, { then, grounds }: Follows): Html {
  const say = goodsWords(view.language)
  const { currency, refundEstimate, assessment } = then
  const deductions = assessment?.deductions ?? []
  const until = assessment?.heardUntil
  return html`${deductions.length === 0 && html`<p>${say('nothingDeducted')}</p>`}
<ul class="list">${deductions.map(({ lineId, quantity, amount, why, reasons }) => html`<li class="ruling"><p><strong>${quantity} × ${say(NAMES[why], { name: lineName(seen, lineId) })}</strong> <span class="amount">${money(view, amount, currency)}</span></p>${citesOf(view, reasons)}</li>`)}</ul>
${grounds && html`<p>${say('theyRead')}</p><blockquote>${grounds}</blockquote>`}
<p>${until === undefined ? say('decidedNow') : say('heardUntil', { moment: moment(view, until) })}</p>
${deductions.length > 0 && html`<p>${say('before', { amount: money(view, refundEstimate, currency) })}</p>`}
${refundOf(view, then)}`
}
