import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import { attempted, refusalOf, refusedWith } from '../../pages/attempt.ts'
import { form, input, mintId, readForm, select } from '../../pages/forms.ts'
import { type Html, leadTo } from '../../pages/show.ts'
import { basketOf } from '../basket.ts'
import { askQuote, buyingOf, FIELDS, keepBuying, type Typed } from '../buying.ts'
import { config, type Shop, showShop } from '../shop.ts'
import { countries, goTo, readChosen, whereOf } from '../where.ts'
import { shopWords } from '../words.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const KINDS = ['consumer', 'business'] as const

/** The first step of buying: who, and where the goods go. It is shown again with what is wrong, and binds nobody. */
export function address(server: FastifyInstance, { clients }: Shop) {
  server.get<{ Querystring: { change?: string } }>('/shop/checkout', { config }, async (request, reply) => {
    if (basketOf(request).length === 0) return leadTo(reply, '/shop/basket')
    const { typed } = buyingOf(request, request.query.change ?? '') ?? {
      typed: { country: whereOf(request), kind: 'consumer' },
    }
    return showForm(request, reply, typed)
  })

  server.post('/shop/checkout', { config }, async (request, reply) => {
    const sent = readForm(request.body)
    const id = UUID.test(sent.id) ? sent.id : mintId()
    const known = buyingOf(request, id)
    if (known?.placed) return leadTo(reply, `/shop/checkout/${id}`)
    const chosen = basketOf(request)
    if (chosen.length === 0) return leadTo(reply, '/shop/basket')
    const typed: Typed = Object.fromEntries(FIELDS.map((name) => [name, sent.text(name)]))
    const missing = required(typed).filter((name) => typed[name] === undefined)
    const say = shopWords(request.view.language)
    if (missing.length > 0)
      return showForm(
        request,
        reply.status(400),
        typed,
        html`<div class="ds-alert" data-color="warning" role="alert"><p>${say('missing', { fields: missing.map((name) => say(name)).join(', ') })}</p></div>`,
      )
    const lines = chosen.map(({ sku, quantity }) => ({ sku, quantity }))
    goTo(request, typed.country)
    const asked = await attempted(async () => {
      const skus = lines.map(({ sku }) => sku)
      const currency = (await readChosen(request.view.clients, skus, typed)).find(({ shown }) => shown)?.shown?.currency
      const wanted = { seller: chosen[0]!.seller, lines, typed, locale: request.view.language, currency }
      return answered(askQuote(await clients(), wanted))
    })
    if (asked.refused)
      return showForm(request, refusedWith(reply, asked.refused), typed, refusalOf(request.view, asked.refused))
    keepBuying(request, id, { typed, quote: asked.data })
    return leadTo(reply, `/shop/checkout/${id}`)
  })
}

const required = ({ kind }: Typed) =>
  FIELDS.filter((name) => name !== 'priceOffer' && (name !== 'organisationNumber' || kind === 'business'))

/** The form, with what was written before; `complaint` stands above it. */
export function showForm(request: FastifyRequest, reply: FastifyReply, typed: Typed, complaint: Html = html``) {
  const { view } = request
  const say = shopWords(view.language)
  const field = (name: (typeof FIELDS)[number], autocomplete: string, more: object = {}) =>
    input({ name, label: say(name), value: typed[name], autocomplete, required: true, ...more })
  const main = html`${complaint}<p class="quiet">${say('step1')}</p>
${form(
  view,
  { action: '/shop/checkout', submit: say('seeOver') },
  html`${select(
    { name: 'kind', label: say('kind'), value: typed.kind },
    KINDS.map((kind) => [kind, say(`kind_${kind}`)]),
  )}
${field('name', 'name')}
${field('organisationNumber', 'off', { required: false, help: say('organisationHelp') })}
${field('email', 'email', { type: 'email', help: say('emailHelp') })}
${field('street', 'street-address')}
${field('postalCode', 'postal-code')}
${field('city', 'address-level2')}
${select(
  { name: 'country', label: say('country'), value: typed.country, autocomplete: 'country' },
  countries(view.language),
)}
${field('priceOffer', 'off', { required: false, help: say('priceOfferHelp') })}`,
)}`
  return showShop(request, reply, { title: say('checkout'), main })
}
