import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { attempted, refusedWith } from '../../pages/attempt.ts'
import { form, idIn, mintId, readForm } from '../../pages/forms.ts'
import { once } from '../../pages/once.ts'
import { createReading } from '../../pages/reading.ts'
import { ruling } from '../../pages/ruling.ts'
import { type Html, leadTo } from '../../pages/show.ts'
import { showCustomer, type Visit, visitorOf } from '../customer-page.ts'
import { keepReceipt, receiptOf } from '../drafts.ts'
import { type ByLink, linkOf, linkUnknown, pathBy } from '../linked.ts'
import { nameIn, readLinked, type Seen } from '../order-reading.ts'
import { refusal, toPutRight } from '../refused.ts'
import { openLines } from '../rights.ts'
import { hiddenUnits, unitFields, unitsIn } from '../units.ts'
import { customerWords } from '../words.ts'
import { labelsOf } from './withdraw.ts'

const config = { access: 'public' as const }

/**
 * The withdrawal function from the page of an order: which units, then what is about to be said and the button that bears the words of
 * the law alone, then the receipt. Choosing says nothing, and stands in the address with the id of the form, so that the way back has both: what was
 * confirmed leads to its receipt.
 */
export function withdrawByLink(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  server.get<ByLink>('/customer/order/withdraw', { config }, async (request, reply) => {
    const seen = await readLinked(request, createReading())
    return seen === undefined ? linkUnknown(request, reply) : choose(request, reply, seen)
  })
  server.get<ByLink>('/customer/order/withdraw/check', { config }, async (request, reply) => {
    const seen = await readLinked(request, createReading())
    return seen === undefined ? linkUnknown(request, reply) : check(request, reply, seen)
  })
  server.post<ByLink>('/customer/order/withdraw', { config }, async (request, reply) => {
    const seen = await readLinked(request, createReading())
    if (seen === undefined) return linkUnknown(request, reply)
    const link = linkOf(request)
    const sent = readForm(request.body)
    const lines = unitsIn(seen.order, sent)
    if (lines.length === 0) return choose(request, reply.status(400), seen, none(request))
    const made = await attempted(() =>
      once(deps, sent.id, async () => {
        const call = request.view.clients.returns.POST('/linked-order/withdrawals', {
          body: { link, lines },
          headers: visitorOf(request),
        })
        const { receipt } = await answered(call)
        keepReceipt(request, sent.id, receiptPath(receipt, link))
      }),
    )
    if (made.refused) {
      refusedWith(reply, made.refused)
      return choose(request, reply, seen, refusal(request.view, made.refused))
    }
    return leadTo(reply, receiptOf(request, sent.id) ?? `${pathBy(link, '', { sent: 'yes' })}#cases`)
  })
}

const none = ({ view }: Visit) => toPutRight(customerWords(view.language)('noUnits'))

/** Where the receipt is shown here, with the way back to the order. */
function receiptPath(receipt: string, order: string) {
  const { pathname, searchParams } = new URL(receipt)
  return `/customer${pathname}?${new URLSearchParams({ link: searchParams.get('link') ?? '', order })}`
}

async function choose(request: Visit, reply: FastifyReply, seen: Seen, above?: Html) {
  const { view } = request
  const say = customerWords(view.language)
  const { withdraw: title } = await labelsOf(view)
  const lines = openLines('withdraw', seen)
  const main = html`${above}
${
  lines.length === 0
    ? html`<p class="lead">${say('nothingToWithdraw')}</p>`
    : html`<p class="lead">${say('withdrawIntro')}</p>
<form class="form" action="/customer/order/withdraw/check"><input type="hidden" name="link" value="${seen.link}"><input type="hidden" name="id" value="${mintId()}">
${unitFields(view, { order: seen.order, lines, filled: 'all' }, readForm(request.body ?? request.query))}
<p><button class="ds-button" type="submit">${say('next')}</button></p></form>`
}
<p><a class="ds-link" href="${pathBy(seen.link)}">${say('toOrder')}</a></p>`
  return showCustomer(request, reply, { title, main })
}

async function check(request: Visit, reply: FastifyReply, seen: Seen) {
  const { view } = request
  const say = customerWords(view.language)
  const asked = readForm(request.query)
  const id = idIn(asked)
  const receipt = receiptOf(request, id)
  if (receipt !== undefined) return leadTo(reply, receipt)
  const units = unitsIn(seen.order, asked)
  if (units.length === 0) return choose(request, reply.status(400), seen, none(request))
  const { confirm: submit } = await labelsOf(view)
  const chosen = units.map(({ lineId, quantity }) => {
    const line = seen.rights?.lines.find((each) => each.lineId === lineId)
    const name = `${quantity} × ${nameIn(seen.order)({ lineId })}`
    return line === undefined ? html`<li>${name}</li>` : ruling(view, name, line.withdrawal)
  })
  const main = html`<p class="lead">${say('checkText')}</p>
<div class="ds-card"><ul class="list">${chosen}</ul></div>
${form(view, { action: pathBy(seen.link, '/withdraw'), submit, id }, hiddenUnits(units))}
<p><a class="ds-link" href="${pathBy(seen.link, '/withdraw', Object.fromEntries(units.map(({ lineId, quantity }) => [`units-${lineId}`, String(quantity)])))}">${say('change')}</a></p>`
  return showCustomer(request, reply, { title: say('check'), main })
}
