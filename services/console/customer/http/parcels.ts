import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { attempted, refusedWith } from '../../pages/attempt.ts'
import { fileInput, form, idIn, oneOf, readForm, type SentForm, select, textarea } from '../../pages/forms.ts'
import { once } from '../../pages/once.ts'
import { createReading } from '../../pages/reading.ts'
import { type Html, leadTo } from '../../pages/show.ts'
import { showCustomer, visitorOf } from '../customer-page.ts'
import { linkOf, linkUnknown, pathBy } from '../linked.ts'
import { type LinkedParcel, readParcels } from '../order-reading.ts'
import { unsettledIn } from '../parcels.ts'
import { photosIn, sendPhotos } from '../photos.ts'
import { refusal, toPutRight } from '../refused.ts'
import { unitFields, unitsIn } from '../units.ts'
import { customerWords, parcelWords } from '../words.ts'
import { keepPicture } from './damage.ts'

const config = { access: 'public' as const }
type ByParcel = { Params: { id: string }; Querystring: { link?: string } }
const KINDS = ['lost', 'damaged'] as const

/** Telling of a parcel of the order of a link that it has not come, or that something in it was damaged: a form, and the report that it comes to. */
export function parcels(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  server.get<ByParcel>('/customer/order/parcels/:id', { config }, (request, reply) => show(request, reply))
  server.post<ByParcel>('/customer/order/parcels/:id', { config }, (request, reply) => take(deps, request, reply))
}

async function take(deps: Pick<Deps, 'db'>, request: FastifyRequest<ByParcel>, reply: FastifyReply) {
  const { view, params } = request
  const say = parcelWords(view.language)
  const sent = readForm(request.body)
  const seen = await find(request)
  if (seen === undefined) return linkUnknown(request, reply)
  const [kind, what, lines] = [
    oneOf(KINDS, sent.text('kind')),
    sent.text('what'),
    unitsIn({ lines: unsettledIn(seen.parcel) }, sent),
  ]
  const lacks =
    kind === undefined ? 'noKind' : what === undefined ? 'noWhat' : lines.length === 0 ? 'noUnits' : undefined
  if (kind === undefined || what === undefined || lacks !== undefined)
    return show(request, reply.status(400), { above: toPutRight(say(lacks!)), typed: sent })
  const link = linkOf(request)
  // The id of the form is that of the report: however often it is sent, it is one.
  const id = idIn(sent)
  let kept: Record<string, string> = {}
  const made = await attempted(() =>
    once(deps, sent.id, async () => {
      await answered(
        view.clients.shipping.PUT('/linked-order/damage-reports/{id}', {
          params: { path: { id } },
          body: { link, shipmentId: params.id, kind, lines, what },
          headers: visitorOf(request),
        }),
      )
      kept = await sendPhotos(keepPicture(request, id), photosIn(request.body))
    }),
  )
  if (made.refused === undefined) return leadTo(reply, pathBy(link, `/damage/${id}`, { sent: 'yes', ...kept }))
  refusedWith(reply, made.refused)
  return show(request, reply, { above: refusal(view, made.refused), typed: sent })
}

/** The order of a link and one of its parcels; undefined for a link that opens nothing, and for a parcel that is not of it. */
async function find(request: FastifyRequest<ByParcel>) {
  const found = await readParcels(request, createReading())
  const parcel = found?.parcels.find(({ id }) => id === request.params.id)
  return found && parcel && { ...found, parcel }
}

async function show(
  request: FastifyRequest<ByParcel>,
  reply: FastifyReply,
  { above, typed = readForm({}) }: { above?: Html; typed?: SentForm } = {},
) {
  const { view } = request
  const say = parcelWords(view.language)
  const seen = await find(request)
  if (seen === undefined) return linkUnknown(request, reply)
  const { order, parcel, link } = seen
  const kind = { name: 'kind', label: say('kind'), value: typed.text('kind') ?? suspected(parcel) }
  const more = customerWords(view.language)
  const fields = html`${select(
    kind,
    KINDS.map((each) => [each, say(`kind_${each}`)]),
  )}
${unitFields(view, { order, lines: unsettledIn(parcel).map(asReturnable), filled: 'all', legend: say('which') }, typed)}
${textarea({ name: 'what', label: say('what'), help: say('whatHelp'), value: typed.text('what'), required: true })}
${fileInput({ name: 'photos', label: more('photos'), help: more('photosHelp'), accept: 'image/jpeg,image/png,image/webp' })}`
  const main = html`${above}
<p class="lead">${say('reportIntro')}</p>
${form(view, { action: pathBy(link, `/parcels/${parcel.id}`), submit: say('submitReport'), files: true }, fields)}
<p><a class="ds-link" href="${pathBy(link)}">${more('toOrder')}</a></p>`
  return showCustomer(request, reply, { title: say('reportTitle'), main })
}

const asReturnable = ({ lineId, quantity }: LinkedParcel['lines'][number]) => ({ lineId, returnable: quantity })

/** Of what the customer has, it is likelier that something is damaged. */
const suspected = ({ receivedAt }: LinkedParcel) => (receivedAt === undefined ? 'lost' : 'damaged')
