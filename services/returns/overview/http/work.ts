import { composedDoor, first, limitOfEach } from '@vilkar/server/composed-doors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Type } from 'typebox'
import { Word } from '../../cases/http/tags.ts'

type Asked = { limit?: number; assignee?: string; tag?: string }
/** Of what bears no tags nothing is asked for by one. */
const untagged = (query: Asked, more: object = {}) =>
  query.tag === undefined ? { ...more, ...first(query, query) } : undefined
const whose = (query: Asked) => ({ assignee: query.assignee, tag: query.tag })

/** `GET /work`: what waits for a person here, list by list, of each the first. */
export const work = (server: Server) =>
  composedDoor(server as never, {
    ...{ path: '/work', access: 'staff', operationId: 'readWorkOfReturns', title: 'WorkOfReturns' },
    summary: 'What waits for a person, in one answer',
    description:
      'The beginning of every work list of this service, each as its own door answers it: where a list has more, that one has the rest, and `counts` says how many there are. `assignee` and `tag` are of cases; with a tag there are cases and tags alone.',
    tags: ['cases'],
    querystring: Type.Object(
      {
        ...limitOfEach,
        assignee: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Cases of theirs alone.' })),
        tag: Type.Optional(Word),
      },
      { additionalProperties: false },
    ),
    parts: {
      cases: { door: '/returns', query: (_, query) => ({ status: 'open', ...whose(query), ...first(_, query) }) },
      caseFigures: { door: '/returns/figures', query: (_, query) => ({ status: 'open', ...whose(query) }) },
      refunds: { door: '/returns', query: (_, query) => ({ refund: 'unpaid', ...whose(query), ...first(_, query) }) },
      pendingStatements: { door: '/statements', query: (_, query) => untagged(query, { status: 'pending' }) },
      unclearStatements: { door: '/statements', query: (_, query) => untagged(query, { status: 'unclear' }) },
      alarms: { door: '/alarms', query: (_, query) => untagged(query) },
      deadLetters: { door: '/dead-letters', query: (_, query) => untagged(query) },
      unsentMails: { door: '/mails/unsent', query: (_, query) => untagged(query) },
      tags: { door: '/tags' },
      counts: { door: '/work/counts', query: (_, query) => whose(query) },
    },
  })
