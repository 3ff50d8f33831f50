import { composedDoor } from '@vilkar/server/composed-doors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Type } from 'typebox'
import { Link } from '../order-of-link.ts'
import { type ByLink, tags } from './door.ts'

type Asked = { link?: string; at?: string }

/** `GET /linked-order/dossier`: what the order of a link entitles to, its cases, and how the withdrawal function is labelled. */
export function dossier(server: Server, { onRequest, config: { access } }: ByLink) {
  const byLink = (_: object, { link }: Asked) => ({ link })
  composedDoor(server as never, {
    ...{ path: '/linked-order/dossier', access, onRequest, required: 'eligibility' },
    ...{ operationId: 'readLinkedDossierOfReturns', title: 'LinkedDossierOfReturns' },
    summary: 'All that the customer of an order may ask for, and what came of it, in one answer',
    description:
      'For whoever has its link: each part is what its own door answers to the link. It is one request of those that an address may make. `eligibility` is what holds now, and always there; `eligibilityThen` what holds at the moment that is asked about.',
    tags,
    querystring: Type.Object(
      {
        link: Link,
        at: Type.Optional(
          Type.String({ format: 'date-time', description: 'Without it there is no `eligibilityThen`.' }),
        ),
      },
      { additionalProperties: false },
    ),
    parts: {
      eligibility: { door: '/linked-order/eligibility/alike', query: byLink },
      eligibilityThen: {
        door: '/linked-order/eligibility/alike',
        query: (_, { link, at }: Asked) => (at === undefined ? undefined : { link, at }),
      },
      cases: { door: '/linked-order/cases', query: byLink },
      withdrawalFunction: { door: '/withdrawal-function' },
    },
  })
}
