import { composedDoor, first, limitOfEach } from '@vilkar/server/composed-doors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Type } from 'typebox'
import { DRIFT } from './counts.ts'

/** `GET /work`: what waits for a person here, list by list, of each the first. */
export const work = (server: Server) =>
  composedDoor(server as never, {
    ...{ path: '/work', access: 'staff', operationId: 'readWorkOfOrders', title: 'WorkOfOrders' },
    summary: 'What waits for a person, in one answer',
    description:
      'The beginning of every work list of this service, each as its own door answers it: where a list has more, that one has the rest, and `counts` says how many there are.',
    tags: ['orders'],
    querystring: Type.Object(limitOfEach, { additionalProperties: false }),
    parts: {
      unformed: { door: '/orders', query: (_, query) => ({ status: 'unformed', ...first(_, query) }) },
      late: { door: '/orders/late', query: first },
      hindrances: { door: '/hindrances', query: first },
      payouts: { door: '/payouts', query: (_, query) => ({ status: 'open', ...first(_, query) }) },
      uncaptured: { door: '/payments/uncaptured', query: first },
      endingAuthorisations: { door: '/payments/authorisations/ending', query: first },
      drift: { door: '/alarms', query: (_, query) => ({ kind: DRIFT, ...first(_, query) }) },
      alarms: { door: '/alarms', query: first },
      deadLetters: { door: '/dead-letters', query: first },
      unsentMails: { door: '/mails/unsent', query: first },
      law: { door: '/law' },
      counts: { door: '/work/counts' },
    },
  })
