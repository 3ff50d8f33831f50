import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { input, type SentForm } from '../pages/forms.ts'
import { day, inARow } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { comingBack, eachInWords, type GoodsSeen, refundOf } from './returned.ts'
import { goodsWords } from './words.ts'

/** Staff says that the shop collects the goods of a withdrawal, or on which day, after a look at what follows of it. */
export function collecting(view: View, seen: GoodsSeen): Deed {
  const say = goodsWords(view.language)
  const page = `/desk/cases/${seen.found.id}`
  const asked = { params: { path: { id: seen.found.id } } }
  const said = (sent: SentForm) => ({ collectOn: sent.text('collectOn') })
  const { collectOn } = seen.found.collection ?? {}
  return {
    title: say('collect'),
    lead: html`<p>${say('collectLead')}</p><div>${inARow(view, eachInWords(seen, comingBack(seen)))}</div>`,
    fields: (typed) =>
      input({
        ...{ name: 'collectOn', label: say('collectOn'), help: say('collectOnHelp'), type: 'date' },
        value: typed.text('collectOn') ?? collectOn,
      }),
    consequences: async (sent) => {
      const body = said(sent)
      const then = await answered(view.clients.returns.POST('/returns/{id}/collection/preview', { ...asked, body }))
      const { lastDay } = then.collection!
      return html`<p>${say('collectFollows')}</p><p>${say('collectLastDay', { day: day(view, lastDay) })}</p>${refundOf(view, then)}`
    },
    act: (sent) => answered(view.clients.returns.PUT('/returns/{id}/collection', { ...asked, body: said(sent) })),
    after: () => page,
    back: page,
  }
}
