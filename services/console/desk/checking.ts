import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { input, momentSaid, type SentForm, select, textarea } from '../pages/forms.ts'
import { citesOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Order } from './order-table.ts'
import { type Group, groupsOf, lineName, refundOf, unitsInWords } from './returned.ts'
import { checkWords, goodsWords } from './words.ts'

export const readVoluntaryReturn = (clients: Clients, id: string) =>
  clients.returns.GET('/voluntary-returns/{id}', { params: { path: { id } } })
type VoluntaryReturn = NonNullable<Awaited<ReturnType<typeof readVoluntaryReturn>>['data']>
/** A voluntary return, and its order where the orders service says it. */
type Seen = { found: VoluntaryReturn; order: Order | undefined }

/** Somebody says whether what came back meets the conditions of the offer (clause 9), after a look at what follows of it. */
export function checking(view: View, seen: Seen): Deed {
  const say = checkWords(view.language)
  const page = `/desk/cases/${seen.found.id}`
  const asked = { params: { path: { id: seen.found.id } } }
  const { POST, PUT } = view.clients.returns
  return {
    title: say('check'),
    lead: html`<p>${say('lead')}</p>${citesOf(view, seen.found.reasons)}`,
    fields: (typed) => html`
${seen.found.receivedAt === undefined && input({ name: 'receivedAt', label: say('receivedAt'), help: say('receivedAtHelp'), type: 'datetime-local', value: typed.text('receivedAt') })}
${groupsOf(seen.found.lines).map((group) => unitFields(view, seen, { group, typed }))}
${textarea({ name: 'note', label: say('note'), help: say('noteHelp'), value: typed.text('note') })}`,
    consequences: async (sent) => {
      const body = said(seen, sent)
      return followsOf(view, seen, await answered(POST('/voluntary-returns/{id}/check/preview', { ...asked, body })))
    },
    act: (sent) => answered(PUT('/voluntary-returns/{id}/check', { ...asked, body: said(seen, sent) })),
    after: () => page,
    back: page,
  }
}

function unitFields(view: View, seen: Seen, { group, typed }: { group: Group; typed: SentForm }): Html {
  const say = checkWords(view.language)
  const goods = goodsWords(view.language)
  const { lineId, key, number, count, quantity, alone } = group
  const of = (name: string) => ({ name: `${name}-${key}`, value: typed.text(`${name}-${key}`) })
  const yesNo = (['yes', 'no'] as const).map((answer) => [answer, view.say(answer)] as const)
  const use = (['yes', 'no', 'absent'] as const).map((answer) => [answer, say(`unused_${answer}`)] as const)
  return html`<fieldset class="unit"><legend class="ds-label">${goods(alone ? 'unit' : 'units', { name: lineName(seen, lineId), number, count })}</legend>
${!alone && input({ ...of('quantity'), label: goods('howMany'), type: 'number', min: 0, max: count, value: typed.text(`quantity-${key}`) ?? String(quantity) })}
${select({ ...of('unused'), label: say('unused'), required: alone }, [['', goods('wear_unsaid')], ...use])}
${select({ ...of('undamaged'), label: say('undamaged') }, yesNo)}
${select({ ...of('packaging'), label: say('packaging') }, yesNo)}
${select({ ...of('fit'), label: goods('fit') }, yesNo.toReversed())}</fieldset>`
}

/** What the form says, as the returns service takes it: a unit that was not in the parcel, or of which nothing is said, is not named. */
function said({ found }: Seen, sent: SentForm) {
  const units = groupsOf(found.lines).flatMap(({ lineId, key, alone }) => {
    const is = (name: string) => sent.text(`${name}-${key}`) === 'yes'
    const quantity = alone ? 1 : (sent.number(`quantity-${key}`) ?? 0)
    const use = sent.text(`unused-${key}`)
    if (use === undefined || use === 'absent' || quantity === 0) return []
    return {
      ...{ lineId, quantity, unused: is('unused'), undamaged: is('undamaged') },
      ...{ originalPackaging: is('packaging'), fitForSale: is('fit') },
    }
  })
  return { receivedAt: momentSaid(sent.text('receivedAt')), units, note: sent.text('note') }
}

function followsOf(view: View, seen: Seen, then: VoluntaryReturn): Html {
  const say = checkWords(view.language)
  const { accepted = [], refused = [], missing = [] } = then.check ?? {}
  return html`${accepted.length > 0 && html`<p>${say('accepted', { units: unitsInWords(seen, accepted) })}</p>`}
${refused.map((each) => html`<p>${say('staysTheirs', { units: unitsInWords(seen, [each]) })}</p>${citesOf(view, each.reasons)}`)}
${missing.length > 0 && html`<p>${goodsWords(view.language)('missing', { units: unitsInWords(seen, missing) })}</p>`}
${then.ended === undefined ? refundOf(view, then) : html`<p><strong>${say('ends')}</strong></p>${citesOf(view, then.ended.reasons)}`}`
}
