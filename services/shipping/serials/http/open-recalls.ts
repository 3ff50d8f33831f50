import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Sku } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { openRecalls } from '../found.ts'

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 100
const Count = (description: string) => Type.Integer({ minimum: 0, description })
const OpenRecall = Type.Object(
  {
    ...{ id: Id, sku: Sku, announcedAt: Instant },
    ...{ asked: Count('Orders whose customer is or was to be told.'), told: Count('Who were, in whatever way.') },
    unreachable: Count('No mail reaches them: a person is to tell them.'),
    waiting: Count('What became of the mail is not known yet.'),
  },
  { title: 'OpenRecall' },
)

/** `GET /recalls/open`: recalls that are not over, with whom somebody has to tell still; those with the most of these first. */
export function openRecallsRoute(server: Server, { db }: Deps) {
  server.get(
    '/recalls/open',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listOpenRecalls',
        summary: 'Recalls that are not over, with how many customers are still to be told',
        description: 'Who must be told by a person stands first.',
        tags: ['serials'],
        querystring: Type.Object(
          { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(OpenRecall) }), ...problems(400, 401, 403) },
      },
    },
    async ({ query: { limit = PAGE_SIZE } }) => ({ items: await openRecalls(db, limit) }),
  )
}
