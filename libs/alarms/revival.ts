import { Id } from '@vilkar/contracts/event.ts'
import { reviveDeadLetters } from '@vilkar/messaging/inbox/store.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'

/** How events that could not be applied are tried again, once their cause is mended. */
export function revivalRoute(server: Server, db: unknown) {
  server.post(
    '/dead-letters/revival',
    {
      config: { access: 'staff' },
      schema: {
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
}
