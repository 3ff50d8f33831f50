import { Id, Instant } from '@vilkar/contracts/event.ts'
import { LinePart, MAX_LINES } from '@vilkar/contracts/parts.ts'
import { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { visibleTo } from '../../order-facts/http/visible-to.ts'
import { mergeLines } from '../../order-facts/merge-lines.ts'
import { readOrder } from '../../order-facts/store.ts'
import { askForReturn } from '../ask-for-return.ts'
import { readVoluntaryReturn, voluntaryReturnsOf } from '../store.ts'
import { VoluntaryReturnView, viewOf } from './voluntary-return-view.ts'

const strict = { additionalProperties: false }
export const VoluntaryReturnParams = Type.Object({ id: Id })
/** What a request says, by whatever door. */
export const requestFields = {
  lines: Type.Optional(
    Type.Array(Type.Object(LinePart.properties, strict), {
      ...{ minItems: 1, maxItems: MAX_LINES, description: 'Left out: everything.' },
    }),
  ),
  statement: Type.Optional(Type.String({ maxLength: 2000, description: "The customer's own words." })),
}
const RequestBody = Type.Object(
  {
    ...requestFields,
    channel: Type.Optional(NoticeChannel),
    noticeSentAt: Type.Optional(
      Type.String({ ...Instant, description: 'When the request was sent. Only staff, who saw it, may say so.' }),
    ),
  },
  { ...strict, title: 'VoluntaryReturnRequest' },
)
type RequestBody = Static<typeof RequestBody>

/** Asking to send goods back by the offer of the terms (clause 9), and reading what came of it. */
export function voluntaryReturns(server: Server, deps: Deps) {
  ask(server, deps)
  read(server, deps)
}

function ask(server: Server, deps: Deps) {
  server.post(
    '/orders/:id/voluntary-returns',
    {
      config: { access: 'returns:write' },
      schema: {
        operationId: 'askVoluntaryReturn',
        summary: 'Ask to send goods back by the offer of the terms',
        description:
          'For consumers and businesses: unused, undamaged, in the original packaging, within the days of clause 9; the price of the goods comes back, and the customer pays the way. Never instead of the right of withdrawal: of what can still be withdrawn from the answer is `withdrawal-gives-more`. Each line is judged by itself; only when none can go back is the request refused, and the reasons go out by mail as the instructions do. Asked again for units that are on their way, it is the request that there was: 200.',
        tags: ['voluntary returns'],
        params: VoluntaryReturnParams,
        body: RequestBody,
        response: { 200: VoluntaryReturnView, 201: VoluntaryReturnView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId }, body, caller }, reply) => {
      visibleTo(caller, await readOrder(deps.pool, orderId))
      const { stored, refusal, earlier } = await transact(deps, (trx) =>
        askForReturn(trx, deps, { returnId: uuidv7(), orderId, ...requestIn(body, caller) }),
      )
      if (refusal) throw refusalError(refusal)
      return reply
        .status(earlier ? 200 : 201)
        .header('location', `/voluntary-returns/${stored!.id}`)
        .send(viewOf(stored!))
    },
  )
}

/** Throws 403 when somebody says what only staff may. */
function requestIn({ lines, ...said }: RequestBody, caller: Caller) {
  const staff = caller.scopes.has('staff')
  if (said.noticeSentAt !== undefined && !staff)
    throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can say when a request was sent.')
  return { ...said, ...(lines && { lines: mergeLines(lines) }), ...(staff && { recordedBy: caller.subject }) }
}

function read(server: Server, deps: Deps) {
  server.get(
    '/voluntary-returns/:id',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'readVoluntaryReturn',
        summary: 'Read a voluntary return',
        tags: ['voluntary returns'],
        params: VoluntaryReturnParams,
        response: { 200: VoluntaryReturnView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, caller }) => viewOf(await findVoluntaryReturn(deps, caller, id)),
  )
  server.get(
    '/orders/:id/voluntary-returns',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'listVoluntaryReturns',
        summary: 'The voluntary returns of an order',
        tags: ['voluntary returns'],
        params: VoluntaryReturnParams,
        response: { 200: Type.Object({ items: Type.Array(VoluntaryReturnView) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id: orderId }, caller }) => {
      visibleTo(caller, await readOrder(deps.pool, orderId))
      return { items: (await voluntaryReturnsOf(deps.db, orderId)).map(viewOf) }
    },
  )
}

/** The return, if the caller may see its order. Throws a 404 problem otherwise: for anybody else there is none. */
export async function findVoluntaryReturn({ db, pool }: Deps, caller: Caller, id: string) {
  const stored = await readVoluntaryReturn(db, id)
  if (stored === undefined) throw httpError(404, 'return-unknown', 'There is no such return.')
  visibleTo(caller, await readOrder(pool, stored.state.requested.orderId))
  return stored
}
