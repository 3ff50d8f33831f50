import { composedDoor, first, limitOfEach } from '@vilkar/server/composed-doors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Type } from 'typebox'

/** `GET /work`: what waits for a person here, list by list, of each the first. */
export const work = (server: Server) =>
  composedDoor(server as never, {
    ...{ path: '/work', access: 'staff', operationId: 'readWorkOfShipping', title: 'WorkOfShipping' },
    summary: 'What waits for a person, in one answer',
    description:
      'The beginning of every work list of this service, each as its own door answers it: where a list has more, that one has the rest, and `counts` says how many there are.',
    tags: ['shipments'],
    querystring: Type.Object(limitOfEach, { additionalProperties: false }),
    parts: {
      failedDeliveries: { door: '/failed-deliveries', query: first },
      recalls: { door: '/recalls/open', query: first },
      carrierCodes: { door: '/carrier-codes', query: first },
      claims: { door: '/damage-reports', query: (_, query) => ({ claim: 'open', ...first(_, query) }) },
      toldClaims: { door: '/damage-reports', query: (_, query) => ({ claim: 'unsettled', ...first(_, query) }) },
      alarms: { door: '/alarms', query: first },
      deadLetters: { door: '/dead-letters', query: first },
      counts: { door: '/work/counts' },
    },
  })
