import { Id } from '@vilkar/contracts/event.ts'
import type { Category } from '@vilkar/contracts/personal-data.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import { collect } from './collect.ts'
import type { Holding, Ids } from './places.ts'

const Found = Type.Object(
  {
    place: Type.String({ examples: ['orders.personal->email'] }),
    category: Type.Unsafe<Category>(Type.String({ description: 'What it says of the person.', examples: ['contact'] })),
    value: Type.Unknown({
      description:
        'Text or JSON, as it is kept; of a mail its subject, when it was sent, its text and what was attached, by name.',
    }),
  },
  { title: 'PersonalDatum' },
)
const View = Type.Object({ orderId: Id, items: Type.Array(Found) }, { title: 'PersonalDataOfOrder' })

/** What a service is asked with: where the data are, and by which ids an order is known. */
type Holder<Tables> = {
  db: Kysely<Tables>
  holding: Holding
  idsOf: (db: Kysely<Tables>, orderIds: string[]) => Promise<Ids>
}

/** `GET /personal-data/{orderId}`: what is kept of the person of an order, for who asks what is kept of them (GDPR Art. 15). */
export function personalDataRoutes<Tables>(server: Server, { db, holding, idsOf }: Holder<Tables>) {
  server.get(
    '/personal-data/:orderId',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'collectPersonalData',
        summary: 'Collect what is kept of the person of an order',
        description:
          'Every place that holds personal data, with what stands there; not who of the staff did something. Of an order that is not known, or was erased, there is nothing.',
        tags: ['personal data'],
        params: Type.Object({ orderId: Id }),
        response: { 200: View, ...problems(400, 401, 403) },
      },
    },
    async ({ params: { orderId } }) => {
      return { orderId, items: await collect(db, holding, await idsOf(db, [orderId])) }
    },
  )
}
