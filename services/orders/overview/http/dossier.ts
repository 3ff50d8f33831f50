import { Id } from '@vilkar/contracts/event.ts'
import { composedDoor } from '@vilkar/server/composed-doors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Type } from 'typebox'

/** As many mails as are listed at once. */
const MOST_MAILS = 100

/** `GET /orders/{id}/dossier`: the order, what happened to it, its money and what was written about it. */
export const dossier = (server: Server) =>
  composedDoor(server as never, {
    ...{ path: '/orders/:id/dossier', access: 'staff', operationId: 'readDossierOfOrders', title: 'DossierOfOrders' },
    summary: 'All that is known of an order here, in one answer',
    description:
      'For staff who answer its customer: each part is what its own door answers whoever asks. What they may not read, or what is not there, is left out. The order itself is always there.',
    tags: ['orders'],
    params: Type.Object({ id: Id }),
    parts: {
      order: { door: '/orders/:id' },
      history: { door: '/orders/:id/history' },
      payments: { door: '/orders/:id/payments' },
      documents: { door: '/orders/:id/documents' },
      priceOffers: { door: '/orders/:id/price-offers' },
      mails: { door: '/orders/:id/mails', query: () => ({ limit: MOST_MAILS }) },
    },
    required: 'order',
  })
