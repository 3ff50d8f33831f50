import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import { envelopeProperties } from '@vilkar/contracts/event.ts'
import { createFeedWatch, lastNumber, readFeed } from '@vilkar/messaging/outbox/feed.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'

const PAGE_SIZE = 100
const MAX_PAGE_SIZE = 500
/** How long whoever asks may wait for something to happen. */
const MAX_WAIT_SECONDS = 25

const Event = Type.Object({
  ...envelopeProperties,
  type: Type.String({ description: 'The event’s name.', enum: allEvents.shipping.map(nameOf) }),
  data: Type.Object({}, { additionalProperties: true, description: 'As the AsyncAPI document says of the event.' }),
})
const Cursor = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** `GET /shipments/feed`: all that shipping tells, over HTTP, for a warehouse that is not on the broker. */
export function feed(server: Server, { db }: Deps) {
  const watch = createFeedWatch(db)
  server.addHook('preClose', async () => void (await watch.stop()))
  server.get(
    '/shipments/feed',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'readShipmentFeed',
        summary: 'What happened to shipments, from a cursor on',
        description:
          'Every event that shipping tells, once, in the order in which it happened: of one order always, whichever of its shipments it is about. Keep `cursor` with your own work, in one transaction, and ask on from it; asking again from an earlier one gives the same again. A cursor ahead of all that was told, as after a restore from a backup, is refused (`cursor-ahead`), since what happens next would be missed. With `wait` the answer comes when something happens, or empty after so many seconds.',
        tags: ['warehouse'],
        querystring: Type.Object(
          {
            after: Type.Optional(
              Type.Integer({ ...Cursor, description: '`cursor` of the answer before; 0 is the beginning.' }),
            ),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
            wait: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_WAIT_SECONDS, description: 'Seconds.' })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object(
            { items: Type.Array(Type.Object({ cursor: Cursor, event: Event })), cursor: Cursor },
            { title: 'Feed' },
          ),
          ...problems(400, 401, 403, 409),
        },
      },
    },
    async ({ query: { after = 0, limit = PAGE_SIZE, wait = 0 } }) => {
      const found = await readFeed(db, { after, limit })
      if (found.items.length > 0) return found as never
      const last = await lastNumber(db)
      if (after > last)
        throw httpError(409, 'cursor-ahead', `Nothing was told behind ${after}: the last of the feed is ${last}.`)
      if (wait === 0) return found as never
      await watch.until(after, wait * 1_000)
      return (await readFeed(db, { after, limit })) as never
    },
  )
}
