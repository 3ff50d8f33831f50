import { answered, isProblemError } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import { form } from '../../pages/forms.ts'
import { facts } from '../../pages/parts.ts'
import { leadTo } from '../../pages/show.ts'
import { showCustomer, visitorOf } from '../customer-page.ts'
import { draftOf, keepDraft } from '../drafts.ts'
import { customerWords } from '../words.ts'
import { labelsOf } from './withdraw.ts'

const config = { access: 'public' as const }
type Params = { Params: { id: string } }

/**
 * The second step: what was filled in, and the button that bears the words of the law alone. Pressed twice, or again after the way
 * back, it is one statement: the returns service knows the draft, and the page of what is confirmed leads to its receipt.
 */
export function confirm(server: FastifyInstance) {
  server.get<Params>('/customer/withdraw/:id', { config }, async (request, reply) => {
    const { view, params } = request
    const kept = draftOf(request, params.id)
    if (kept === undefined) return lost(request, reply)
    if (kept.receipt !== undefined) return leadTo(reply, kept.receipt)
    const say = customerWords(view.language)
    const { confirm: submit, fields } = await labelsOf(view)
    const { name, orderNumber, email, part } = kept.filledIn
    const main = html`<p class="lead">${say('checkText')}</p>
<div class="ds-card">${facts([
      [fields.name, name],
      [fields.orderNumber, orderNumber],
      [fields.email, email],
      [say('concerns'), part ?? say('everything')],
    ])}</div>
${form(view, { action: `/customer/withdraw/${encodeURIComponent(params.id)}`, submit }, html``)}
<p><a class="ds-link" href="/customer/withdraw">${say('change')}</a></p>`
    return showCustomer(request, reply, { title: say('check'), main })
  })

  server.post<Params>('/customer/withdraw/:id', { config }, async (request, reply) => {
    const { id } = request.params
    const kept = draftOf(request, id)
    if (kept === undefined) return lost(request, reply)
    try {
      const { id: receiptId, receipt } = await answered(
        request.view.clients.returns.POST('/withdrawal-function/confirmations', {
          body: { draft: kept.draft },
          headers: visitorOf(request),
        }),
      )
      const link = new URL(receipt).searchParams.get('link') ?? ''
      const path = `/customer/receipts/${receiptId}?link=${encodeURIComponent(link)}`
      keepDraft(request, id, { ...kept, receipt: path })
      return leadTo(reply, path)
    } catch (error) {
      if (isProblemError(error) && error.problem.status === 404) return lost(request, reply)
      throw error
    }
  })
}

function lost(request: FastifyRequest, reply: FastifyReply) {
  const say = customerWords(request.view.language)
  const main = html`<div class="ds-alert" data-color="warning" role="alert"><p>${say('lostText')}</p></div>
<p class="ways"><a class="ds-link" href="/customer/withdraw">${say('again')}</a></p>`
  return showCustomer(request, reply.status(404), { title: say('lost'), main })
}
