import { setTimeout as sleep } from 'node:timers/promises'
import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import { attempt, refusalOf, refusedWith } from '../../pages/attempt.ts'
import { readForm } from '../../pages/forms.ts'
import { type Html, leadTo } from '../../pages/show.ts'
import { emptyBasket } from '../basket.ts'
import { askQuote, type Bought, type Buying, buyingOf, keepBought, keepBuying } from '../buying.ts'
import { offer } from '../offer.ts'
import { config, type Shop, showShop } from '../shop.ts'
import { shopWords } from '../words.ts'

type At = { Params: { id: string } }
const IN_FLIGHT_TRIES = 5
const IN_FLIGHT_WAIT_MS = 1_000

/**
 * The second step: all that must be told before somebody is bound, and then the button. Pressed twice, at the same moment or after the
 * way back, it is one order: a quote becomes one order at most, and its id is the key that orders remembers.
 */
export function checkout(server: FastifyInstance, { clients }: Shop) {
  const read = async (id: string) =>
    answered((await clients()).orders.GET('/quotes/{id}/information', { params: { path: { id } } }))

  async function see(request: FastifyRequest<At>, reply: FastifyReply, buying: Buying, complaint: Html = html``) {
    const { view, params } = request
    const main = html`${complaint}${offer(view, { id: params.id, buying, told: await read(buying.quote.id) })}`
    return showShop(request as FastifyRequest, reply, { title: shopWords(view.language)('check'), main })
  }

  server.get<At>('/shop/checkout/:id', { config }, async (request, reply) => {
    const buying = buyingOf(request as FastifyRequest, request.params.id)
    if (buying === undefined) return lost(request as FastifyRequest, reply)
    if (buying.placed) return leadTo(reply, `/shop/orders/${buying.placed.number}/pay`)
    return see(request, reply, buying)
  })

  server.post<At>('/shop/checkout/:id/delivery', { config }, async (request, reply) => {
    const { id } = request.params
    const buying = buyingOf(request as FastifyRequest, id)
    if (buying === undefined) return lost(request as FastifyRequest, reply)
    if (buying.placed) return leadTo(reply, `/shop/orders/${buying.placed.number}/pay`)
    const { typed, quote } = buying
    const lines = quote.lines.map(({ sku, quantity }) => ({ sku, quantity }))
    const deliveryOption = readForm(request.body).text('option')
    const { seller, locale, currency } = quote
    const wanted = { seller, lines, typed, locale, currency, deliveryOption }
    const asked = await attempt(askQuote(await clients(), wanted))
    if (asked.refused)
      return see(request, refusedWith(reply, asked.refused), buying, refusalOf(request.view, asked.refused))
    keepBuying(request as FastifyRequest, id, { typed, quote: asked.data })
    return leadTo(reply, `/shop/checkout/${id}#delivery`)
  })

  server.post<At>('/shop/checkout/:id', { config }, async (request, reply) => {
    const { id } = request.params
    const buying = buyingOf(request as FastifyRequest, id)
    if (buying === undefined) return lost(request as FastifyRequest, reply)
    if (buying.placed) return leadTo(reply, `/shop/orders/${buying.placed.number}/pay`)
    const say = shopWords(request.view.language)
    if (readForm(request.body).text('accepted') !== 'yes')
      return see(
        request,
        reply.status(400),
        buying,
        html`<div class="ds-alert" data-color="warning" role="alert"><p>${say('notAccepted')}</p></div>`,
      )
    const placed = await attempt(place(await clients(), buying))
    if (placed.refused)
      return see(
        request,
        refusedWith(reply, placed.refused),
        buying,
        html`${refusalOf(request.view, placed.refused)}
<p><a class="ds-link" href="/shop/checkout?change=${id}">${say('askAgain')}</a></p>`,
      )
    const bought: Bought = { id: placed.data.id, number: placed.data.number, payAt: placed.data.payment.url ?? '' }
    keepBuying(request as FastifyRequest, id, { ...buying, placed: bought })
    keepBought(request as FastifyRequest, bought)
    emptyBasket(request as FastifyRequest)
    return leadTo(reply, `/shop/orders/${bought.number}/pay`)
  })
}

type Clients = Awaited<ReturnType<Shop['clients']>>

/** Places the order of a quote. While another press of the same button is being worked on, it waits for what came of that. */
async function place({ orders }: Clients, { typed, quote }: Buying) {
  const { name = '', email = '', street = '', postalCode = '', city = '', country = '' } = typed
  const body = {
    quoteId: quote.id,
    acceptedTermsSha256: quote.terms.sha256,
    customer:
      quote.customerKind === 'business'
        ? { kind: 'business' as const, name, organisationNumber: typed.organisationNumber ?? '' }
        : { kind: 'consumer' as const, name },
    email,
    shippingAddress: { name, street, postalCode, city, country },
    locale: quote.locale,
  }
  for (let tries = 1; ; tries += 1) {
    const call = orders.POST('/orders', { body, params: { header: { 'idempotency-key': quote.id } } })
    const { error } = await call
    const isInFlight = (error as { type?: string } | undefined)?.type === '/problems/request-in-flight'
    if (!isInFlight || tries === IN_FLIGHT_TRIES) return call
    await sleep(IN_FLIGHT_WAIT_MS)
  }
}

function lost(request: FastifyRequest, reply: FastifyReply) {
  const say = shopWords(request.view.language)
  const main = html`<div class="ds-alert" data-color="warning" role="alert"><p>${say('lostText')}</p></div>
<p class="ways"><a class="ds-link" href="/shop/basket">${say('toBasket')}</a></p>`
  return showShop(request, reply.status(404), { title: say('lost'), main })
}
