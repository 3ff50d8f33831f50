import { composedDoor } from '@vilkar/server/composed-doors.ts'
import type { Server } from '@vilkar/server/http.ts'
import type { TObject } from 'typebox'
import type { ByLink } from './by-link.ts'

/** `GET /linked-order/dossier`: the order of a link, its documents and the prices that its customer was offered. */
export function dossier(server: Server, { onRequest, config: { access } }: ByLink, querystring: TObject) {
  const byLink = (_: object, { link }: { link?: unknown }) => ({ link })
  composedDoor(server as never, {
    ...{ path: '/linked-order/dossier', access, onRequest, querystring, required: 'order' },
    ...{ operationId: 'readLinkedDossierOfOrders', title: 'LinkedDossierOfOrders' },
    summary: 'All that the customer of an order is shown of it here, in one answer',
    description:
      'For whoever has its link: each part is what its own door answers to the link. It is one request of those that an address may make. The order itself is always there.',
    tags: ['linked order'],
    parts: {
      order: { door: '/linked-order', query: byLink },
      documents: { door: '/linked-order/documents', query: byLink },
      priceOffers: { door: '/linked-order/price-offers', query: byLink },
    },
  })
}
