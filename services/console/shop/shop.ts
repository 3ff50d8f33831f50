import type { Clients } from '@vilkar/client/client.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../deps.ts'
import { page } from '../pages/layout.ts'
import { type Html, show } from '../pages/show.ts'
import { basketOf } from './basket.ts'
import { shopWords } from './words.ts'

/** What the pages of the shop work with: forms are kept as all are, and the services are asked as the shop. */
export type Shop = { deps: Deps; clients: () => Promise<Clients> }

export const config = { access: 'public' as const }

/** A page of the shop: in the frame of all pages, without what is for staff, with the way to the basket. */
export function showShop(request: FastifyRequest, reply: FastifyReply, { title, main }: { title: string; main: Html }) {
  const { view } = request
  const say = shopWords(view.language)
  const count = basketOf(request).reduce((sum, { quantity }) => sum + quantity, 0)
  const ways = html`<nav aria-label="${say('place')}"><ul class="ways"><li><a class="ds-link" href="/shop">${say('catalogue')}</a></li>
<li><a class="ds-link" href="/shop/basket">${say('basketOf', { count })}</a></li></ul></nav>`
  return show(reply, page(view, { title, main: html`${ways}${main}`, open: true }))
}
