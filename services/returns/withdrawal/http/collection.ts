import { Day } from '@vilkar/contracts/event.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import type { ReturnCommand } from '../commands.ts'
import { change, findReturn, foresee } from './change-return.ts'
import { ReturnView } from './return-view.ts'
import { ReturnParams } from './returns.ts'

const Collection = Type.Object(
  {
    collectOn: Type.Optional(
      Type.String({ ...Day, description: 'The day of the collection, in Oslo. Left out, it is set later.' }),
    ),
  },
  { additionalProperties: false, title: 'Collection' },
)
const route = {
  config: { access: 'returns:write' as const },
  schema: {
    tags: ['returns'],
    params: ReturnParams,
    body: Collection,
    response: { 200: ReturnView, ...problems(400, 401, 403, 404, 409) },
  },
}

/** The seller says that it collects the goods of a withdrawal (angrerettloven §§ 24 and 25). */
export function collection(server: Server, deps: Deps) {
  server.put(
    '/returns/:id/collection',
    {
      ...route,
      schema: {
        ...route.schema,
        operationId: 'offerCollection',
        summary: 'Say that the seller collects the goods',
        description:
          'Only for staff. The customer need not send the goods and pays nothing for their way; the refund waits for neither goods nor proof of sending, and is decided at once, or by its last day where the right hangs on a seal that nobody has looked at. Goods that are not collected by `collection.lastDay` are the customer’s. Sent again with another `collectOn`, it moves the day. 409 `nothing-to-collect` of goods that are sent or here, 409 `collection-day-refused` of a day that is over or too late.',
      },
    },
    async ({ params: { id }, body, caller }) => {
      mayCollect(caller)
      await findReturn(deps, caller, id)
      return change(deps, id, offered(id, body, caller))
    },
  )
  server.post(
    '/returns/:id/collection/preview',
    {
      ...route,
      schema: {
        ...route.schema,
        operationId: 'previewCollection',
        summary: 'See what would follow of collecting the goods',
        description:
          'Only for staff. Answers the return as it would be, or the same refusal, and nothing is done: who decides sees before what follows, and what it rests on.',
      },
    },
    async ({ params: { id }, body, caller }) => {
      mayCollect(caller)
      return foresee(deps, await findReturn(deps, caller, id), offered(id, body, caller))
    },
  )
}

function mayCollect({ scopes }: Caller) {
  if (!scopes.has('staff'))
    throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can say that the seller collects.')
}

const offered =
  (id: string, { collectOn }: Static<typeof Collection>, { subject }: Caller) =>
  (facts: OrderFacts, at: string): ReturnCommand => ({
    type: 'OfferCollection',
    data: { returnId: id, at, facts, offeredBy: subject, ...(collectOn && { collectOn }) },
  })
