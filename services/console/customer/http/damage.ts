import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { attempted, refusedWith } from '../../pages/attempt.ts'
import { oneOf, readForm } from '../../pages/forms.ts'
import { once } from '../../pages/once.ts'
import { createReading } from '../../pages/reading.ts'
import { type Html, leadTo } from '../../pages/show.ts'
import { sentNotice } from '../case-page.ts'
import { checkedMain } from '../checked.ts'
import { showCustomer, type Visit, visitorOf } from '../customer-page.ts'
import { damagePage } from '../damage-page.ts'
import { LOSS_CHOICES, lossFollows } from '../foreseen.ts'
import { askedBy, linkOf, linkUnknown, pathBy } from '../linked.ts'
import { readParcels } from '../order-reading.ts'
import { photosIn, sendPhotos, showPicture } from '../photos.ts'
import { refusal, toPutRight } from '../refused.ts'
import { customerWords, parcelWords, previewWords } from '../words.ts'

const config = { access: 'public' as const }
type ByReport = { Params: { id: string }; Querystring: { link?: string; sent?: string; refused?: string } }

/** Adds a picture to a report. */
export const keepPicture = (request: Visit, id: string) => (bytes: Buffer) =>
  request.view.clients.shipping.POST('/linked-order/damage-reports/{id}/photos', {
    params: { path: { id }, query: { link: linkOf(request) } },
    body: bytes as never,
    bodySerializer: () => bytes as never,
    headers: { ...visitorOf(request), 'content-type': 'application/octet-stream' },
  })

/** A report about a parcel of the order of a link: how it stands, its pictures, and the choice of what is to become of a loss. */
export function damage(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  server.get<ByReport>('/customer/order/damage/:id', { config }, (request, reply) =>
    show(request, reply, sentNotice(request.view, request.query)),
  )
  server.post<ByReport>('/customer/order/damage/:id/photos', { config }, async (request, reply) => {
    const { id } = request.params
    const photos = photosIn(request.body)
    if (photos.length === 0)
      return show(request, reply.status(400), toPutRight(customerWords(request.view.language)('noPhotos')))
    if ((await find(request)) === undefined) return linkUnknown(request, reply)
    const kept = await sendPhotos(keepPicture(request, id), photos)
    return leadTo(reply, `${pathBy(linkOf(request), `/damage/${id}`, kept)}#pictures`)
  })
  server.post<ByReport>('/customer/order/damage/:id/choice', { config }, async (request, reply) => {
    const { view, params } = request
    const sent = readForm(request.body)
    const choice = oneOf(LOSS_CHOICES, sent.text('choice'))
    if (choice === undefined)
      return show(request, reply.status(400), toPutRight(parcelWords(view.language)('noChoice')))
    const made = await attempted(() =>
      once(deps, sent.id, () =>
        answered(
          view.clients.shipping.PUT('/linked-order/damage-reports/{id}/choice', {
            params: { path: params },
            body: { link: linkOf(request), choice },
            headers: visitorOf(request),
          }),
        ),
      ),
    )
    if (made.refused === undefined)
      return leadTo(reply, pathBy(linkOf(request), `/damage/${params.id}`, { sent: 'yes' }))
    refusedWith(reply, made.refused)
    return show(request, reply, refusal(view, made.refused))
  })
  choiceCheck(server)
  picture(server)
}

/** What would follow of a choice of a loss, with nothing done, and the button that makes it. The choice stands in the address, so that the way back leads there. */
function choiceCheck(server: FastifyInstance) {
  server.get<ByReport>('/customer/order/damage/:id/choice/check', { config }, async (request, reply) => {
    const { view, params, query: body } = request
    const choice = oneOf(LOSS_CHOICES, readForm(body).text('choice'))
    if (choice === undefined)
      return show(request, reply.status(400), toPutRight(parcelWords(view.language)('noChoice')))
    const seen = await find(request)
    if (seen === undefined) return linkUnknown(request, reply)
    const made = await attempted(() => lossFollows(request, seen, choice))
    if (made.refused) {
      refusedWith(reply, made.refused)
      return show(request, reply, refusal(view, made.refused))
    }
    const link = linkOf(request)
    const main = checkedMain(view, {
      ...{ action: pathBy(link, `/damage/${params.id}/choice`), back: pathBy(link, `/damage/${params.id}`) },
      ...{ submit: previewWords(view.language)(`confirmLoss_${choice}`), body, follows: made.data },
    })
    return showCustomer(request, reply, { title: parcelWords(view.language)('choose'), main })
  })
}

/** A picture of a report. */
const picture = (server: FastifyInstance) =>
  server.get<{ Params: { id: string; sha256: string }; Querystring: { link?: string } }>(
    '/customer/order/damage/:id/photos/:sha256',
    { config },
    async (request, reply) => {
      const answer = await request.view.clients.shipping.GET('/linked-order/damage-reports/{id}/photos/{sha256}', {
        params: { path: request.params, query: { link: linkOf(request) } },
        headers: visitorOf(request),
        parseAs: 'arrayBuffer',
      })
      return showPicture(reply, answer)
    },
  )

async function find(request: FastifyRequest<ByReport>) {
  const reading = createReading()
  const { params, headers } = askedBy(request)
  const [seen, photos] = await Promise.all([
    readParcels(request, reading),
    reading.of(
      'shipping',
      request.view.clients.shipping.GET('/linked-order/damage-reports/{id}/photos', {
        params: { ...params, path: { id: request.params.id } },
        headers,
      }),
    ),
  ])
  const parcel = seen?.parcels.find(({ reports }) => reports.some(({ id }) => id === request.params.id))
  const report = parcel?.reports.find(({ id }) => id === request.params.id)
  return seen && parcel && report && { ...seen, report, shipmentId: parcel.id, photos: photos?.items ?? [], reading }
}

async function show(request: FastifyRequest<ByReport>, reply: FastifyReply, above: Html) {
  const { view } = request
  const seen = await find(request)
  if (seen === undefined) return linkUnknown(request, reply)
  const main = damagePage(view, seen, html`${above}${seen.reading.notice(view)}`)
  return showCustomer(request, reply, { title: parcelWords(view.language)(`report_${seen.report.kind}`), main })
}
