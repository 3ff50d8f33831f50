import { Id, Instant } from '@vilkar/contracts/event.ts'
import { countFailed, readFailed, reviveDeadLetters } from '@vilkar/messaging/inbox/store.ts'
import type { MessagingTables } from '@vilkar/messaging/tables.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import { type Foreseeing, revivalPreviewRoute } from './revival-preview.ts'

const MAX_LISTED = 200

const FailedEvent = Type.Object(
  {
    eventId: Id,
    producer: Type.String({ description: 'The service that told it.' }),
    type: Type.String({ description: 'The name of the event.' }),
    aggregateId: Type.String({ format: 'uuid', description: 'The order, shipment or return that it is about.' }),
    version: Type.Integer({ description: 'Which event of that it is, counted from 1; later ones wait for it.' }),
    attempts: Type.Integer({ description: 'How often it was tried.' }),
    dead: Type.Boolean({ description: 'It is not tried again before it is revived.' }),
    receivedAt: Instant,
    nextAttemptAt: Type.Optional(Instant),
    error: Type.Optional(Type.String({ description: 'What the last try failed with; it may quote personal data.' })),
  },
  { title: 'FailedEvent' },
)

/** Events that could not be applied, and how they are tried again once their cause is mended. */
export function deadLetterRoutes(server: Server, db: unknown, foreseeing: Foreseeing = {}) {
  server.get(
    '/dead-letters',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listDeadLetters',
        summary: 'List events that could not be applied',
        description: `What a revival would try again: dead letters first, then events that failed and wait for their next try, the oldest first, at most ${MAX_LISTED}. \`GET /backlog\` counts all.`,
        tags: ['alarms'],
        querystring: Type.Object(
          { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_LISTED, default: MAX_LISTED })) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            items: Type.Array(FailedEvent),
            count: Type.Integer({ minimum: 0, description: `How many there are; ${MAX_LISTED} where there are more.` }),
          }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { limit = MAX_LISTED } }) => {
      const items = await readFailed(db as Kysely<MessagingTables>, limit)
      const areAll = items.length < limit || limit === MAX_LISTED
      return { items, count: areAll ? items.length : await countFailed(db as Kysely<MessagingTables>, MAX_LISTED) }
    },
  )

  server.post(
    '/dead-letters/revival',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'reviveDeadLetters',
        summary: 'Try events again that failed',
        description:
          'Dead letters, and events that failed and wait for their next try, are tried again at once and from the start: all of them, or those of one order, shipment or return. Asked twice, those are tried again that failed meanwhile. What becomes of them is seen in the alarms `event-failing` and `dead-letter`.',
        tags: ['alarms'],
        body: Type.Object(
          { aggregateId: Type.Optional(Id) },
          { additionalProperties: false, title: 'DeadLetterRevival' },
        ),
        response: {
          200: Type.Object(
            { revived: Type.Integer({ minimum: 0, description: 'How many events are tried again.' }) },
            { title: 'DeadLettersRevived' },
          ),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ body }) => ({ revived: await reviveDeadLetters(db as Kysely<never>, body) }),
  )
  revivalPreviewRoute(server, db, foreseeing)
}
