import { answered, type Problem } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { html } from 'hono/html'
import { attempt, refusalOf, refusedWith } from '../../pages/attempt.ts'
import { form, input, readForm } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { mayGoOn, section } from '../../pages/parts.ts'
import { leadTo, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { inboundPath, nameOf, parcelPage, parcelTable, readParcel } from '../inbound-page.ts'
import { warehouseWords } from '../words.ts'

type Of = { Params: { id: string } }
const config = { access: 'shipments:write' as const }
/** The service lists no more parcels at a time. */
const MOST_LISTED = 100

/** What comes back in: parcels that are open or nobody's, one parcel, and each unit in it. */
export function inbound(server: FastifyInstance) {
  server.get('/warehouse/inbound', { config }, async ({ view }, reply) => showList(view, reply))

  server.post('/warehouse/inbound', { config }, async ({ view, body }, reply) => {
    const sent = readForm(body)
    const said = textsOf(sent, ['trackingNumber', 'orderNumber', 'note'])
    const { refused, data } = await attempt(
      view.clients.shipping.PUT('/inbound-parcels/{id}', { params: { path: { id: sent.id } }, body: said }),
    )
    // Of a number that was scanned already, the answer is that parcel.
    return refused ? showList(view, reply, refused) : leadTo(reply, inboundPath(data.id))
  })

  server.get<Of>('/warehouse/inbound/:id', { config }, async ({ view, params: { id } }, reply) =>
    showParcel(view, reply, id),
  )

  server.post<Of>('/warehouse/inbound/:id/units', { config }, async ({ view, params: { id }, body }, reply) => {
    const sent = readForm(body)
    const ticked = (name: string) => sent.text(name) !== undefined
    const { refused } = await attempt(
      view.clients.shipping.PUT('/inbound-parcels/{id}/units/{unitId}', {
        params: { path: { id, unitId: sent.id } },
        body: {
          ...textsOf(sent, ['sku', 'serialNumber', 'orderNumber', 'note']),
          ...(sent.text('seal') && { seal: sent.text('seal') as 'intact' }),
          wear: (sent.text('wear') ?? '') as 'none',
          complete: ticked('complete'),
          originalPackaging: ticked('originalPackaging'),
          fitForSale: ticked('fitForSale'),
        },
      }),
    )
    return refused ? showParcel(view, reply, id, refused) : leadTo(reply, inboundPath(id))
  })

  server.post<Of>('/warehouse/inbound/:id/closing', { config }, async ({ view, params: { id }, body }, reply) => {
    const content = (readForm(body).text('content') ?? '') as 'units'
    const { refused } = await attempt(
      view.clients.shipping.PUT('/inbound-parcels/{id}/closing', { params: { path: { id } }, body: { content } }),
    )
    return refused ? showParcel(view, reply, id, refused) : leadTo(reply, inboundPath(id))
  })

  server.post<Of>('/warehouse/inbound/:id/settlement', { config }, async ({ view, params: { id }, body }, reply) => {
    const done = readForm(body).text('done') ?? ''
    const { refused } = await attempt(
      view.clients.shipping.PUT('/inbound-parcels/{id}/settlement', { params: { path: { id } }, body: { done } }),
    )
    return refused ? showParcel(view, reply, id, refused) : leadTo(reply, inboundPath(id))
  })
}

/** What was written in fields, without those that were left empty. */
const textsOf = <Name extends string>(sent: ReturnType<typeof readForm>, names: readonly Name[]) =>
  Object.fromEntries(
    names.map((name) => [name, sent.text(name)] as const).filter(([, text]) => text !== undefined),
  ) as Partial<Record<Name, string>>

async function showList(view: View, reply: FastifyReply, refused?: Problem) {
  const say = warehouseWords(view.language)
  const list = (status: 'open' | 'unsettled') =>
    answered(view.clients.shipping.GET('/inbound-parcels', { params: { query: { status } } }))
  const [open, unsettled] = await Promise.all([list('open'), list('unsettled')])
  const listed = (id: 'open' | 'unsettled', { items }: typeof open) =>
    section(
      id,
      say(id === 'open' ? 'openParcels' : 'unsettledParcels'),
      items.length === 0
        ? html`<p class="quiet">${say('nothing')}</p>`
        : html`${parcelTable(view, say(id === 'open' ? 'openParcels' : 'unsettledParcels'), items)}${mayGoOn(view, items, MOST_LISTED)}`,
    )
  const main = html`<p class="ways"><a class="ds-link" href="/warehouse">${say('toList')}</a></p>
${refused && refusalOf(view, refused)}
${section(
  'take-in',
  say('takeIn'),
  form(
    view,
    { action: '/warehouse/inbound', submit: say('takeInSubmit') },
    html`<p>${say('takeInHelp')}</p>${input({ name: 'trackingNumber', label: say('tracking') })}
${input({ name: 'orderNumber', label: say('orderNumber') })}${input({ name: 'note', label: say('outside') })}`,
  ),
)}
${listed('open', open)}${listed('unsettled', unsettled)}`
  if (refused) refusedWith(reply, refused)
  return show(reply, page(view, { title: say('inbound'), main }))
}

async function showParcel(view: View, reply: FastifyReply, id: string, refused?: Problem) {
  const say = warehouseWords(view.language)
  const parcel = await answered(readParcel(view.clients, id))
  const main = html`<p class="ways"><a class="ds-link" href="/warehouse/inbound">${say('toInbound')}</a></p>
${refused && refusalOf(view, refused)}${parcelPage(view, parcel)}`
  if (refused) refusedWith(reply, refused)
  return show(reply, page(view, { title: say('parcelOf', { name: nameOf(view, parcel) }), main }))
}
