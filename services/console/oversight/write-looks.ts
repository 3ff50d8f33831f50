import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { pageFault } from '../pages/faults.ts'
import { keepLooks, type Look } from './looks.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The orders of which a page shows whose they are, where its address does not say it. */
    found?: { what: Look['what']; orderIds: readonly string[] }
    /** What came of it is the page of a fault, on which nobody is seen. */
    failed?: true
  }
}

/** Under these addresses lie all pages of an order, of a case, of what somebody asks about their data and of where a shipment goes, whoever adds one. */
const PAGES = {
  '/desk/orders/:': 'order',
  '/desk/cases/:': 'case',
  '/privacy/requests/:': 'request',
  '/warehouse/shipments/:': 'shipment',
} as const
const DOCUMENT = '/documents/'
/** In either case, as the services take an id. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Writes down who of the staff looked at whom before the page leaves: what cannot be written down is not shown (503), since a page that
 * nobody knows of would be worse than none; without its database the console knows nobody who is signed in either. One statement a page.
 */
export function writeLooks(server: FastifyInstance, { db }: Pick<Deps, 'db'>) {
  server.addHook('onError', async (request) => {
    request.failed = true
  })
  server.addHook('onSend', async (request, reply, payload) => {
    const looks = looksOf(request, reply)
    await keepLooks(db, looks).catch((error) => {
      request.log.error({ err: error }, 'who looked could not be written down, and the page was not shown')
      throw pageFault(503)
    })
    return payload
  })
}

function looksOf(request: FastifyRequest, { statusCode }: FastifyReply): Look[] {
  const { view, params, routeOptions, found, failed } = request
  const subject = view?.person?.subject
  // A page with a form that was refused has a status of its own, and shows the same as without.
  const leadsOn = statusCode >= 300 && statusCode < 400
  if (subject === undefined || failed || leadsOn) return []
  if (found !== undefined) return found.orderIds.map((about) => ({ subject, what: found.what, about }))
  const { url = '' } = routeOptions
  const { id, orderId: about = id } = params as { id?: string; orderId?: string }
  if (about === undefined || !UUID.test(about)) return []
  const page = Object.entries(PAGES).find(([begin]) => url.startsWith(begin))
  if (page === undefined) return []
  return [{ subject, what: url.includes(DOCUMENT) ? 'document' : page[1], about }]
}
