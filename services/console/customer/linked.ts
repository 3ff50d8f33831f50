import { isProblemError } from '@vilkar/client/client.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'hono/html'
import { showCustomer, type Visit, visitorOf } from './customer-page.ts'
import { customerWords } from './words.ts'

/** What a page by link is asked with. */
export type ByLink = { Querystring: { link?: string; at?: string; sent?: string } }

/** The signed link that a page was asked with; empty where it is none, which opens nothing. */
export const linkOf = ({ query }: Pick<FastifyRequest, 'query'>) => {
  const { link } = query as { link?: unknown }
  return typeof link === 'string' ? link : ''
}

/** The address of a page about the order of a link; `path` begins with a slash or is empty. */
export const pathBy = (link: string, path = '', more: Record<string, string> = {}) =>
  `/customer/order${path}?${new URLSearchParams({ link, ...more })}`

/** How a service is asked by a link, for whoever visits. */
export const askedBy = (request: Visit, link = linkOf(request)) => ({
  params: { query: { link } },
  headers: visitorOf(request),
})

/** What there is; undefined for a link that opens nothing, whatever is wrong with it. */
export async function readOr404<Data>(read: () => Promise<Data>): Promise<Data | undefined> {
  return read().catch((error) => {
    if (isProblemError(error) && [400, 404].includes(error.problem.status)) return undefined
    throw error
  })
}

/** The page for every link that opens nothing. */
export function linkUnknown(request: Visit, reply: FastifyReply) {
  const say = customerWords(request.view.language)
  const main = html`<div class="ds-alert" data-color="warning" role="alert"><p>${say('noLinkText')}</p></div>
<p class="ways"><a class="ds-link" href="/customer/withdraw">${say('withoutLink')}</a></p>`
  return showCustomer(request, reply.status(404), { title: say('noLink'), main })
}
