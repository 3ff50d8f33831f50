import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { attempted, refusedWith } from '../../pages/attempt.ts'
import { momentSaid, oneOf, readForm, type SentForm } from '../../pages/forms.ts'
import { once } from '../../pages/once.ts'
import { createReading } from '../../pages/reading.ts'
import { type Html, leadTo } from '../../pages/show.ts'
import { casePage, sentNotice } from '../case-page.ts'
import { checkedMain } from '../checked.ts'
import { showCustomer, visitorOf } from '../customer-page.ts'
import { REMEDIES, remedyFollows } from '../foreseen.ts'
import { linkOf, linkUnknown, pathBy } from '../linked.ts'
import { readCase } from '../order-reading.ts'
import { keepOfCase, photosIn, sendPhotos, showPicture } from '../photos.ts'
import { refusal, toPutRight } from '../refused.ts'
import { customerWords, previewWords } from '../words.ts'

const config = { access: 'public' as const }
type ByCase = { Params: { id: string }; Querystring: { link?: string; sent?: string; refused?: string } }

/** A case of the order of a link: how it stands, its pictures, and the choice of what is to become of defective goods. */
export function cases(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  server.get<ByCase>('/customer/order/cases/:id', { config }, (request, reply) =>
    show(request, reply, sentNotice(request.view, request.query)),
  )
  server.post<ByCase>('/customer/order/cases/:id/photos', { config }, async (request, reply) => {
    const { id } = request.params
    const photos = photosIn(request.body)
    if (photos.length === 0) return show(request, reply.status(400), lacking(request, 'noPhotos'))
    if ((await found(request)) === undefined) return linkUnknown(request, reply)
    const kept = await sendPhotos(keepOfCase(request, id), photos)
    return leadTo(reply, `${pathBy(linkOf(request), `/cases/${id}`, kept)}#pictures`)
  })
  server.post<ByCase>('/customer/order/cases/:id/choice', { config }, async (request, reply) => {
    const { view, params } = request
    const sent = readForm(request.body)
    const remedy = oneOf(REMEDIES, sent.text('remedy'))
    if (remedy === undefined) return show(request, reply.status(400), lacking(request, 'noChoice'))
    const made = await attempted(() =>
      once(deps, sent.id, () =>
        answered(
          view.clients.returns.PUT('/linked-order/complaints/{id}/choice', {
            params: { path: params },
            body: { link: linkOf(request), remedy },
            headers: visitorOf(request),
          }),
        ),
      ),
    )
    if (made.refused) {
      refusedWith(reply, made.refused)
      return show(request, reply, refusal(view, made.refused))
    }
    return leadTo(reply, pathBy(linkOf(request), `/cases/${params.id}`, { sent: 'yes' }))
  })
  choiceCheck(server)
  proof(server, deps)
  picture(server)
}

/** What would follow of a choice, with nothing done, and the button that makes it. The choice stands in the address, so that the way back leads there. */
function choiceCheck(server: FastifyInstance) {
  server.get<ByCase>('/customer/order/cases/:id/choice/check', { config }, async (request, reply) => {
    const { view, params, query: body } = request
    const remedy = oneOf(REMEDIES, readForm(body).text('remedy'))
    if (remedy === undefined) return show(request, reply.status(400), lacking(request, 'noChoice'))
    const seen = await found(request)
    if (seen === undefined) return linkUnknown(request, reply)
    const made = await attempted(() => remedyFollows(request, { id: params.id, order: seen.order }, remedy))
    if (made.refused) {
      refusedWith(reply, made.refused)
      return show(request, reply, refusal(view, made.refused))
    }
    const link = linkOf(request)
    const main = checkedMain(view, {
      ...{ action: pathBy(link, `/cases/${params.id}/choice`), back: pathBy(link, `/cases/${params.id}`) },
      ...{ submit: previewWords(view.language)(`confirm_${remedy}`), body, follows: made.data },
    })
    return showCustomer(request, reply, { title: customerWords(view.language)('choose'), main })
  })
}

/** That goods were sent, as their customer says it, once; what is refused is said above the form, in which it stands as it was written. */
const proof = (server: FastifyInstance, deps: Pick<Deps, 'db'>) => {
  server.post<ByCase>('/customer/order/cases/:id/proof', { config }, async (request, reply) => {
    const { view, params } = request
    const sent = readForm(request.body)
    const made = await attempted(() =>
      once(deps, sent.id, () =>
        answered(
          view.clients.returns.PUT('/linked-order/cases/{id}/proof-of-sending', {
            params: { path: params },
            body: {
              ...{ link: linkOf(request), carrier: sent.text('carrier') ?? '' },
              ...{ trackingNumber: sent.text('trackingNumber') ?? '', sentAt: momentSaid(sent.text('sentAt')) },
            },
            headers: visitorOf(request),
          }),
        ),
      ),
    )
    if (made.refused === undefined)
      return leadTo(reply, `${pathBy(linkOf(request), `/cases/${params.id}`, { sent: 'yes' })}#sent`)
    refusedWith(reply, made.refused)
    return show(request, reply, refusal(view, made.refused), sent)
  })
}

/** A picture of a case. */
const picture = (server: FastifyInstance) =>
  server.get<{ Params: { id: string; sha256: string }; Querystring: { link?: string } }>(
    '/customer/order/cases/:id/photos/:sha256',
    { config },
    async (request, reply) => {
      const answer = await request.view.clients.returns.GET('/linked-order/cases/{id}/photos/{sha256}', {
        params: { path: request.params, query: { link: linkOf(request) } },
        headers: visitorOf(request),
        parseAs: 'arrayBuffer',
      })
      return showPicture(reply, answer)
    },
  )

const lacking = ({ view }: FastifyRequest<ByCase>, what: 'noPhotos' | 'noChoice') =>
  toPutRight(customerWords(view.language)(what))

const found = (request: FastifyRequest<ByCase>) => readCase(request, createReading(), request.params.id)

async function show(request: FastifyRequest<ByCase>, reply: FastifyReply, above: Html, typed?: SentForm) {
  const { view, params } = request
  const reading = createReading()
  const seen = await readCase(request, reading, params.id)
  if (seen === undefined) return linkUnknown(request, reply)
  const title = customerWords(view.language)('caseOf', {
    kind: customerWords(view.language)(`kind_${seen.found.kind}`),
    number: seen.order.number,
  })
  return showCustomer(request, reply, {
    title,
    main: casePage(view, seen, { above: html`${above}${reading.notice(view)}`, typed }),
  })
}
