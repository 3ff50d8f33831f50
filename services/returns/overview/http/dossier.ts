import { Id } from '@vilkar/contracts/event.ts'
import { composedDoor } from '@vilkar/server/composed-doors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Type } from 'typebox'

/** As many mails as are listed at once. */
const MOST_MAILS = 100
/** Of how many lines what holds is said in sentences too: an order of more is read for what it says, and the rest is asked for. */
const LINES_IN_WORDS = 10

/** `GET /orders/{id}/dossier`: what it entitles to, in rulings and in sentences, what was said, promised and decided, and its cases. */
export const dossier = (server: Server) =>
  composedDoor(server as never, {
    ...{ path: '/orders/:id/dossier', access: 'staff', operationId: 'readDossierOfReturns', title: 'DossierOfReturns' },
    summary: 'All that an order entitles to and what came of it, in one answer',
    description:
      'For staff who answer its customer: each part is what its own door answers whoever asks. What they may not read, or what is not there, is left out. Of an order that is not known here no more than `cases` and `mails` are, and they are empty.',
    tags: ['returns'],
    params: Type.Object({ id: Id }),
    querystring: Type.Object(
      {
        at: Type.Optional(
          Type.String({
            format: 'date-time',
            description: 'Of the entitlements: the moment that is asked about; now if it is left out.',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    parts: {
      entitlements: { door: '/orders/:id/entitlements/alike', query: (_, { at }) => ({ at }) },
      inWords: { door: '/orders/:id/entitlements/in-words', query: (_, { at }) => ({ at, limit: LINES_IN_WORDS }) },
      statements: { door: '/orders/:id/statements' },
      payouts: { door: '/orders/:id/payouts' },
      overrides: { door: '/orders/:id/overrides' },
      agreements: { door: '/orders/:id/agreements' },
      tags: { door: '/orders/:id/tags' },
      cases: { door: '/returns', query: ({ id }) => ({ orderId: id }) },
      mails: { door: '/orders/:id/mails', query: () => ({ limit: MOST_MAILS }) },
    },
  })
