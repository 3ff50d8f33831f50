import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { input, momentSaid, oneOf, type SentForm, select, textarea } from '../pages/forms.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import {
  comingBack,
  type GoodsSeen,
  type Group,
  groupsOf,
  lineName,
  type Returned,
  refundOf,
  unitsInWords,
} from './returned.ts'
import { goodsWords } from './words.ts'

const WEARS = ['none', 'tried', 'used', 'damaged'] as const
const SEALS = ['intact', 'broken'] as const
const ANSWERS = ['yes', 'no'] as const
/** Somebody says what came back, unit by unit, after a look at what follows of it. */
export function inspecting(view: View, seen: GoodsSeen): Deed {
  const say = goodsWords(view.language)
  const page = `/desk/cases/${seen.found.id}`
  const asked = { params: { path: { id: seen.found.id } } }
  return {
    title: say('inspect'),
    lead: say('inspectLead'),
    fields: (typed) => html`
${seen.found.receivedAt === undefined && input({ name: 'receivedAt', label: say('receivedAt'), help: say('receivedAtHelp'), type: 'datetime-local', value: typed.text('receivedAt') })}
${groupsOf(comingBack(seen)).map((group) => unitFields(view, seen, { group, typed }))}
${textarea({ name: 'note', label: say('note'), help: say('noteHelp'), value: typed.text('note') })}`,
    consequences: async (sent) => {
      const body = said(seen, sent)
      return followsOf(
        view,
        seen,
        await answered(view.clients.returns.POST('/returns/{id}/inspection/preview', { ...asked, body })),
      )
    },
    act: (sent) => answered(view.clients.returns.PUT('/returns/{id}/inspection', { ...asked, body: said(seen, sent) })),
    after: () => page,
    back: page,
  }
}

function unitFields(view: View, seen: GoodsSeen, { group, typed }: { group: Group; typed: SentForm }): Html {
  const say = goodsWords(view.language)
  const { lineId, key, number, count, quantity, alone } = group
  const yesNo = ANSWERS.map((answer) => [answer, view.say(answer)] as const)
  const of = (name: string) => ({ name: `${name}-${key}`, value: typed.text(`${name}-${key}`) })
  return html`<fieldset class="unit"><legend class="ds-label">${say(alone ? 'unit' : 'units', { name: lineName(seen, lineId), number, count })}</legend>
${!alone && input({ ...of('quantity'), label: say('howMany'), type: 'number', min: 0, max: count, value: typed.text(`quantity-${key}`) ?? String(quantity) })}
${select({ ...of('wear'), label: say('wear'), required: alone }, [['', say('wear_unsaid')], ['absent', say('wear_absent')], ...WEARS.map((wear) => [wear, say(`wear_${wear}`)] as const)])}
${select({ ...of('seal'), label: say('seal') }, [['', say('seal_unsaid')], ...SEALS.map((seal) => [seal, say(`seal_${seal}`)] as const)])}
${select({ ...of('complete'), label: say('complete') }, yesNo)}
${select({ ...of('fit'), label: say('fit') }, yesNo.toReversed())}
${input({ ...of('serial'), label: say('serial') })}</fieldset>`
}

/** What the form says, as the returns service takes it: a unit that was not in the parcel is not named; what is unsaid is its to refuse. */
function said(seen: GoodsSeen, sent: SentForm) {
  const units = groupsOf(comingBack(seen)).flatMap(({ lineId, key, alone }) => {
    const of = (name: string) => sent.text(`${name}-${key}`)
    const quantity = alone ? 1 : (sent.number(`quantity-${key}`) ?? 0)
    if (of('wear') === 'absent' || quantity === 0) return []
    return {
      ...{ lineId, quantity, wear: oneOf(WEARS, of('wear'))!, seal: oneOf(SEALS, of('seal')) },
      ...{ complete: of('complete') === 'yes', fitForSale: of('fit') === 'yes', serialNumber: of('serial') },
    }
  })
  return { receivedAt: momentSaid(sent.text('receivedAt')), units, note: sent.text('note') }
}

function followsOf(view: View, seen: GoodsSeen, then: Returned): Html {
  const say = goodsWords(view.language)
  const { inspection, fitForSale = [] } = then
  const missing = inspection?.missing ?? []
  return html`<p>${say(inspection?.plain ? 'plain' : 'notPlain')}</p>
${missing.length > 0 && html`<p>${say('missing', { units: unitsInWords(seen, missing) })}</p>`}
${fitForSale.length > 0 && html`<p>${say('intoStock', { units: unitsInWords(seen, fitForSale) })}</p>`}
${refundOf(view, then)}`
}
