import { answered, type Problem } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { html } from 'hono/html'
import { attempt, refusalOf, refusedWith } from '../../pages/attempt.ts'
import { checkbox, form, input, readForm, textarea } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { notice, section, table } from '../../pages/parts.ts'
import { leadTo, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { camera } from '../camera.ts'
import { numbered, numbersSaid } from '../numbers.ts'
import { type Counts, isWhole, readCounts, type Scanned, scan, writeCounts } from '../packing.ts'
import { pathOf, readShipment, type Shipment } from '../shipment.ts'
import { warehouseWords } from '../words.ts'

type Of = { Params: { id: string }; Querystring: { at?: string; sku?: string } }
const config = { access: 'shipments:write' as const }
const MAX_LENGTH = 100

/** Packing by scan: the address says what is counted, and each scan leads to the next address. Nothing is told before it is whole. */
export function pack(server: FastifyInstance) {
  server.get<Of>('/warehouse/shipments/:id/packing', { config }, async ({ view, params: { id }, query }, reply) => {
    const shipment = await answered(readShipment(view.clients, id))
    const sku = (query.sku ?? '').trim().slice(0, MAX_LENGTH)
    const before = readCounts(query.at ?? '', shipment.lines)
    const scanned = sku === '' ? undefined : scan(sku, before, shipment.lines)
    const counts = scanned?.kind === 'counted' ? scanned.counts : before
    return showPacking(view, reply, { shipment, counts, said: scanned && scanText(view, sku, scanned, shipment) })
  })

  server.post<Of>('/warehouse/shipments/:id/packing', { config }, async ({ view, params: { id }, body }, reply) => {
    const sent = readForm(body)
    const shipment = await answered(readShipment(view.clients, id))
    const { lines } = shipment
    const at = sent.text('at') ?? lines.map(({ lineId }) => `${lineId}:${sent.text(`units-${lineId}`) ?? ''}`).join()
    const counts = readCounts(at, lines)
    const tooMany = lines.some(({ lineId, quantity }) => (sent.number(`units-${lineId}`) ?? 0) > quantity)
    if (tooMany || !isWhole(counts, lines)) {
      const said = notice('warning', warehouseWords(view.language)(tooMany ? 'tooMany' : 'notWhole'))
      reply.status(409)
      return showPacking(view, reply, { shipment, counts, said })
    }
    const path = { id }
    const told = { params: { path }, body: numbersSaid(sent, lines) }
    const { refused } = await attempt(view.clients.shipping.PUT('/shipments/{id}/packing', told))
    if (refused) return showPacking(view, reply, { shipment, counts, refused })
    return leadTo(reply, `${pathOf(path)}?done=packed`)
  })
}

function scanText(view: View, sku: string, scanned: Scanned, { lines }: Shipment) {
  const say = warehouseWords(view.language)
  if (scanned.kind === 'wrong') return notice('danger', say('wrongScan', { sku }))
  const { name, lineId, quantity } = lines.find((line) => line.lineId === scanned.line.lineId)!
  if (scanned.kind === 'surplus') return notice('danger', say('surplusScan', { name, quantity }))
  return notice('success', say('counted', { name, count: scanned.counts.get(lineId)!, quantity }))
}

type Packing = { shipment: Shipment; counts: Counts; said?: ReturnType<typeof notice>; refused?: Problem }

async function showPacking(view: View, reply: FastifyReply, { shipment, counts, said, refused }: Packing) {
  const say = warehouseWords(view.language)
  const path = pathOf(shipment)
  const whole = isWhole(counts, shipment.lines)
  const rows = shipment.lines.map(({ lineId, sku, name, quantity }) => [
    html`${name}<br><span class="quiet">${sku}</span>`,
    html`<strong class="nowrap">${say('countOf', { count: counts.get(lineId)!, quantity })}</strong>`,
  ])
  const main = html`<p class="ways"><a class="ds-link" href="${path}">${say('toShipment')}</a></p>
${refused && refusalOf(view, refused)}${said}
${section(
  'scan',
  say(whole ? 'allIn' : 'scan'),
  html`${
    whole
      ? form(
          view,
          { action: `${path}/packing`, submit: say('packed') },
          html`<input type="hidden" name="at" value="${writeCounts(counts)}"><p>${say('allInHelp')}</p>${numbersOf(view, shipment, 'scanned')}`,
        )
      : html`<form class="form inline" action="${path}/packing#scan"><input type="hidden" name="at" value="${writeCounts(counts)}">
<div class="ds-field"><label class="ds-label" for="scan-sku">${say('scanLabel')}</label><p class="help" data-field="description" id="scan-help">${say('scanHelp')}</p>
<input class="ds-input" id="scan-sku" name="sku" autofocus autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="${MAX_LENGTH}" aria-describedby="scan-help" required></div>
<button class="ds-button" type="submit">${say('count')}</button></form>${camera(view, 'scan-sku', { sends: true })}`
  }
${table(say('goods'), [say('product'), say('inParcel')], rows)}`,
)}
${!whole && byHand(view, shipment, counts)}`
  if (refused) refusedWith(reply, refused)
  return show(reply, page(view, { title: say('packOf', { number: shipment.orderNumber }), main }))
}

/** Of goods that are critical to safety: the number of each unit, and that the manual lies in the parcel, unless it is read online. */
function numbersOf(view: View, { lines }: Shipment, prefix: string) {
  const say = warehouseWords(view.language)
  return numbered(lines).map(
    ({ lineId, name, sku, quantity, manualUrl }) =>
      html`${textarea({ prefix, name: `serials-${lineId}`, label: say('serialsOf', { name, sku }), help: say('serialsHelp', { quantity }) })}
${manualUrl ? html`<p>${say('manualOnline', { name })}</p>` : checkbox({ prefix: `${prefix}-${lineId}`, name: 'manual', value: lineId, label: say('manualOf', { name }) })}`,
  )
}

/** For whoever has no scanner: the units of each line, typed as they were counted. */
function byHand(view: View, shipment: Shipment, counts: Counts) {
  const say = warehouseWords(view.language)
  return section(
    'by-hand',
    say('byHand'),
    form(
      view,
      { action: `${pathOf(shipment)}/packing`, submit: say('packedByHand'), quiet: true },
      html`<p>${say('byHandHelp')}</p>${shipment.lines.map(({ lineId, name, sku, quantity }) =>
        input({
          name: `units-${lineId}`,
          label: say('unitsOf', { name, sku }),
          type: 'number',
          help: say('ofSo', { quantity }),
          value: counts.get(lineId) ? String(counts.get(lineId)) : '',
          required: true,
        }),
      )}${numbersOf(view, shipment, 'typed')}`,
    ),
  )
}
