import { Id } from '@vilkar/contracts/event.ts'
import { composedDoor } from '@vilkar/server/composed-doors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Type } from 'typebox'

/** As many reports as are listed at once: of one shipment no more than fifty are taken. */
const MOST_REPORTS = 200
const ofOrder = ({ id }: { id?: string }) => ({ orderId: id })

/** `GET /orders/{id}/dossier`: its shipments, who bears the risk of them, and what was reported damaged or lost. */
export const dossier = (server: Server) =>
  composedDoor(server as never, {
    ...{
      path: '/orders/:id/dossier',
      access: 'staff',
      operationId: 'readDossierOfShipping',
      title: 'DossierOfShipping',
    },
    summary: 'All that is known here of the goods of an order, in one answer',
    description:
      'For staff who answer its customer: each part is what its own door answers whoever asks. What they may not read, or what is not there, is left out. Of an order that is not known every list is empty.',
    tags: ['shipments'],
    params: Type.Object({ id: Id }),
    querystring: Type.Object(
      {
        at: Type.Optional(
          Type.String({
            format: 'date-time',
            description: 'Of the risk: the moment that is asked about; now if it is left out.',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    parts: {
      shipments: { door: '/shipments', query: ofOrder },
      risks: { door: '/orders/:id/risk', query: (_, { at }) => ({ at }) },
      damageReports: { door: '/damage-reports', query: (params) => ({ ...ofOrder(params), limit: MOST_REPORTS }) },
    },
  })
