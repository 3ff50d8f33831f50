import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { checkbox, input, type SentForm, textarea } from '../pages/forms.ts'
import { citesOf, facts } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Order } from './order-table.ts'
import { pathOfRecall, type Recall, scopeOf } from './recalls.ts'
import { deskWords, recallWords } from './words.ts'

const REMEDIES = ['repair', 'replacement', 'refund'] as const
const LANGUAGES = ['nb', 'en'] as const
const linesOf = (text: string | undefined) =>
  (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Which units are meant: lots and serial numbers, one a line, of which `from..to` is a range; with neither, all. */
function scopeSaid(sent: SentForm) {
  const lots = linesOf(sent.text('lots'))
  const ranges = linesOf(sent.text('serials')).map((line) => {
    const [from = '', to = from] = line.split('..').map((each) => each.trim())
    return { from, to }
  })
  return {
    ...(lots.length > 0 && { lotNumbers: lots }),
    ...(ranges.length > 0 && { serialNumbers: ranges }),
  }
}
const inBoth = (sent: SentForm, name: string) => ({
  nb: sent.text(`${name}-nb`) ?? '',
  en: sent.text(`${name}-en`) ?? '',
})

/** Somebody calls a product back, after a look at whom that concerns. */
export function announcing(view: View): Deed {
  const say = recallWords(view.language)
  const { shipping } = view.clients
  const scoped = (sent: SentForm) => ({ sku: sent.text('sku') ?? '', ...scopeSaid(sent) })
  const said = (sent: SentForm) => ({
    ...scoped(sent),
    ...{ hazard: inBoth(sent, 'hazard'), whatToDo: inBoth(sent, 'whatToDo') },
    remedies: REMEDIES.filter((each) => sent.text(`remedy-${each}`) !== undefined),
  })
  const inEach = (typed: SentForm, name: 'hazard' | 'whatToDo', label: 'announceHazard' | 'announceWhatToDo'): Html =>
    html`${LANGUAGES.map((language) =>
      textarea({
        ...{ name: `${name}-${language}`, value: typed.text(`${name}-${language}`), required: true },
        label: say(label, { language: say(language === 'nb' ? 'inNb' : 'inEn') }),
      }),
    )}`
  return {
    title: say('doAnnounce'),
    lead: say('announceLead'),
    fields: (typed) => html`${input({ name: 'sku', label: say('sku'), value: typed.text('sku'), required: true })}
${textarea({ name: 'lots', label: say('announceLots'), value: typed.text('lots') })}
${textarea({ name: 'serials', label: say('announceSerials'), help: say('announceScopeHelp'), value: typed.text('serials') })}
${inEach(typed, 'hazard', 'announceHazard')}${inEach(typed, 'whatToDo', 'announceWhatToDo')}
<fieldset class="ds-fieldset"><legend class="ds-label">${say('remedies')}</legend>
${REMEDIES.map((each) => checkbox({ name: `remedy-${each}`, label: say(`remedy_${each}`), checked: typed.names.length === 0 || typed.text(`remedy-${each}`) !== undefined }))}
</fieldset>`,
    async consequences(sent) {
      const { orders, units, here, complete, reasons } = await answered(
        shipping.POST('/recalls/preview', { body: scoped(sent) }),
      )
      const { hazard, whatToDo, sku, ...scope } = said(sent)
      return html`${facts([
        [say('sku'), sku],
        [say('scope'), scopeOf(view, scope)],
        [say('remedies'), scope.remedies.map((each) => say(`remedy_${each}`)).join(', ')],
      ])}
<p>${say('announceFollows', { orders, units: units.out })}</p>
${units.unnumbered > 0 && html`<p>${say('announceUnnumbered', { count: units.unnumbered })}</p>`}
${units.cameBack > 0 && html`<p>${say('announceBack', { count: units.cameBack })}</p>`}
<p>${say('announceHere', { count: here })}</p>${!complete && html`<p>${say('announceMore')}</p>`}
${LANGUAGES.map((language) => html`<blockquote lang="${language}">${hazard[language]}<br>${whatToDo[language]}</blockquote>`)}
${citesOf(view, reasons)}`
    },
    act: (sent) => answered(shipping.PUT('/recalls/{id}', { params: { path: { id: sent.id } }, body: said(sent) })),
    after: (sent) => pathOfRecall(sent),
    back: '/desk/recalls',
    danger: true,
  }
}

/** Somebody ends a recall, after a look at who was not told. */
export function endingRecall(view: View, recall: Recall): Deed {
  const say = recallWords(view.language)
  const { shipping } = view.clients
  const path = { params: { path: { id: recall.id } } }
  return {
    title: say('doEnd'),
    lead: html`<p>${say('endLead')}</p>${facts([
      [say('sku'), recall.sku],
      [say('scope'), scopeOf(view, recall)],
    ])}`,
    fields: (typed) => textarea({ name: 'why', label: say('endWhy'), value: typed.text('why'), required: true }),
    async consequences(sent) {
      const { changes, untold, here, reasons } = await answered(shipping.POST('/recalls/{id}/end/preview', path))
      if (!changes) return html`<p>${say('endOver')}</p>`
      return html`<p>${say('endFollows', { here })}</p>${untold > 0 && html`<p>${say('endUntold', { count: untold })}</p>`}
<blockquote>${sent.text('why') ?? ''}</blockquote>${citesOf(view, reasons)}`
    },
    act: (sent) => answered(shipping.PUT('/recalls/{id}/end', { ...path, body: { why: sent.text('why') ?? '' } })),
    after: () => pathOfRecall(recall),
    back: pathOfRecall(recall),
    danger: true,
  }
}

/** Somebody says that the customer of an order was told of a recall otherwise than by mail. */
export function tellingOfRecall(view: View, order: Order, recall: Recall): Deed {
  const say = recallWords(view.language)
  const { shipping } = view.clients
  const path = { params: { path: { id: recall.id, orderId: order.id } } }
  return {
    title: say('doTold'),
    lead: html`<p>${say('toldLead')}</p>${facts([
      [deskWords(view.language)('orderHead'), order.number],
      [deskWords(view.language)('customer'), order.customer.name],
      [say('sku'), recall.sku],
    ])}`,
    fields: (typed) => textarea({ name: 'how', label: say('toldHow'), value: typed.text('how'), required: true }),
    async consequences(sent) {
      const asked = shipping.POST('/recalls/{id}/notices/{orderId}/told/preview', path)
      const { changes, reasons } = await answered(asked)
      return html`<p>${say(changes ? 'toldFollows' : 'toldOver')}</p>
<blockquote>${sent.text('how') ?? ''}</blockquote>${citesOf(view, reasons)}`
    },
    act: (sent) =>
      answered(
        shipping.PUT('/recalls/{id}/notices/{orderId}/told', { ...path, body: { how: sent.text('how') ?? '' } }),
      ),
    after: () => `${pathOfRecall(recall)}#notices`,
    back: `${pathOfRecall(recall)}#notices`,
  }
}
