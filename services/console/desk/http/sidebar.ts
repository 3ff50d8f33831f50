import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import { pageFault } from '../../pages/faults.ts'
import { page } from '../../pages/layout.ts'
import { createReading } from '../../pages/reading.ts'
import { policyFramedBy } from '../../pages/server.ts'
import { show } from '../../pages/show.ts'
import { out, readPerson, sidebar } from '../sidebar.ts'
import { sidebarWords } from '../words.ts'

const MAX_LENGTH = 254
export const SIDEBAR = '/desk/sidebar'

/**
 * `/desk/sidebar?email=…`: who writes to a help desk, as a narrow page that these origins may frame. It only reads; whoever is not signed in
 * is asked to sign in elsewhere, since no issuer lets itself be framed.
 */
export function sidebarPage(server: FastifyInstance, origins: readonly string[]) {
  const route = { config: { access: 'public' as const }, helmet: policyFramedBy(origins) }
  server.get<{ Querystring: { email?: string } }>(SIDEBAR, route, async (request, reply) => {
    const { view, query } = request
    const say = sidebarWords(view.language)
    const title = say('customer')
    if (view.person === undefined) {
      const main = html`<p>${say('signInText')}</p>
<p>${out(view, `/sign-in?back=${encodeURIComponent(view.url)}`, say('signIn'))}</p>`
      return show(reply.status(401), page(view, { title, main, framed: true }))
    }
    if (!view.person.scopes.has('staff')) throw pageFault(403)
    const email = [query.email ?? ''].flat()[0]!.trim().slice(0, MAX_LENGTH)
    if (email === '') return show(reply, page(view, { title, main: html`<p>${say('noEmail')}</p>`, framed: true }))
    const reading = createReading()
    const seen = await readPerson(view, reading, email)
    const ofCases = seen.cases?.map(({ orderId }) => orderId) ?? []
    request.found = {
      what: 'sidebar',
      orderIds: [...new Set([...(seen.orders?.items.map(({ id }) => id) ?? []), ...ofCases])],
    }
    const main = html`${reading.notice(view)}${sidebar(view, email, seen)}`
    return show(reply, page(view, { title: email, main, framed: true }))
  })
}
