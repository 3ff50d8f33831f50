import { Id, Instant } from '@vilkar/contracts/event.ts'
import { LinePart, MAX_LINES } from '@vilkar/contracts/parts.ts'
import { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { visibleTo } from '../../order-facts/http/visible-to.ts'
import { mergeLines } from '../../order-facts/merge-lines.ts'
import { readOrder } from '../../order-facts/store.ts'
import { complain } from '../complain.ts'
import { complaintsOf, readComplaint } from '../store.ts'
import { ComplaintView, viewOf } from './complaint-view.ts'

const strict = { additionalProperties: false }
export const ComplaintParams = Type.Object({ id: Id })
export const Words = (description: string) => Type.String({ minLength: 1, maxLength: 2_000, description })
const When = (description: string) => Type.Optional(Type.String({ ...Instant, description }))
/** What a complaint says, by whatever door. */
export const complaintFields = {
  lines: Type.Optional(
    Type.Array(Type.Object(LinePart.properties, strict), {
      ...{ minItems: 1, maxItems: MAX_LINES, description: 'Left out: everything.' },
    }),
  ),
  defect: Words('What is wrong, in the customer’s words.'),
  noticedAt: When('When the customer noticed it: up to two months from here no consumer’s complaint is late.'),
  showedAt: When('When it showed.'),
}
/** What staff says of a complaint besides: how it came and when, and who is at fault. */
export const staffFields = {
  channel: Type.Optional(NoticeChannel),
  noticeSentAt: When('When the complaint was sent. Only staff, who saw it, may say so.'),
  sellerAtFault: Type.Optional(
    Type.Literal(true, {
      description:
        'The seller was grossly negligent or acted in bad faith: then no complaint is late (forbrukerkjøpsloven § 27, kjøpsloven § 33). Only for staff, whatever was said to it before.',
    }),
  ),
}
const ComplaintBody = Type.Object({ ...complaintFields, ...staffFields }, { ...strict, title: 'ComplaintToMake' })

/** Complaining of a defect, and reading what came of it (clause 10). */
export function complaints(server: Server, deps: Deps) {
  make(server, deps)
  read(server, deps)
}

function make(server: Server, deps: Deps) {
  server.post(
    '/orders/:id/complaints',
    {
      config: { access: 'returns:write' },
      schema: {
        operationId: 'complain',
        summary: 'Complain of a defect',
        description:
          'By whatever channel the customer said so. It is acknowledged by mail at once, with the day by which a person answers. What came after the last day of all is rejected at once, with its reasons; whether it came in a reasonable time is for a person to judge. Of units that a complaint is open about already, the answer is that one: 200.',
        tags: ['complaints'],
        params: ComplaintParams,
        body: ComplaintBody,
        response: { 200: ComplaintView, 201: ComplaintView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId }, body: { lines, ...said }, caller }, reply) => {
      visibleTo(caller, await readOrder(deps.pool, orderId))
      const staff = caller.scopes.has('staff')
      if (said.noticeSentAt !== undefined && !staff)
        throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can say when a complaint was sent.')
      if (said.sellerAtFault && !staff)
        throw httpError(
          403,
          'scope-missing',
          'Only a token with the scope "staff" can say that the seller is at fault.',
        )
      const made = { ...said, ...(lines && { lines: mergeLines(lines) }), ...(staff && { recordedBy: caller.subject }) }
      const { stored, refusal, earlier } = await transact(deps, (trx) =>
        complain(trx, deps, { returnId: uuidv7(), orderId, ...made }),
      )
      if (refusal) throw refusalError(refusal)
      return reply
        .status(earlier ? 200 : 201)
        .header('location', `/complaints/${stored!.id}`)
        .send(viewOf(stored!))
    },
  )
}

function read(server: Server, deps: Deps) {
  server.get(
    '/complaints/:id',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'readComplaint',
        summary: 'Read a complaint',
        tags: ['complaints'],
        params: ComplaintParams,
        response: { 200: ComplaintView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, caller }) => viewOf(await findComplaint(deps, caller, id)),
  )
  server.get(
    '/orders/:id/complaints',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'listComplaintsOfOrder',
        summary: 'The complaints about an order',
        tags: ['complaints'],
        params: ComplaintParams,
        response: { 200: Type.Object({ items: Type.Array(ComplaintView) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id: orderId }, caller }) => {
      visibleTo(caller, await readOrder(deps.pool, orderId))
      return { items: (await complaintsOf(deps.db, orderId)).map(viewOf) }
    },
  )
}

/** The complaint, if the caller may see its order. Throws a 404 problem otherwise: for anybody else there is none. */
export async function findComplaint({ db, pool }: Deps, caller: Caller, id: string) {
  const stored = await readComplaint(db, id)
  if (stored === undefined) throw httpError(404, 'complaint-unknown', 'There is no such complaint.')
  visibleTo(caller, await readOrder(pool, stored.state.received.orderId))
  return stored
}
