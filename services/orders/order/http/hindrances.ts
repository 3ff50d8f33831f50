import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import { LinePart, Reasons } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { invalidField, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { awaitedOf } from '../delay.ts'
import { handle } from '../handle.ts'
import { order as decider } from '../order.ts'
import type { OrderCommand, StoredOrder } from '../state.ts'
import { OrderView, viewOf } from './order-view.ts'
import { findOrder, OrderParams } from './read-orders.ts'
import { HindranceBody } from './tell-hindrance.ts'

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 100
const strict = { additionalProperties: false }
const tags = ['orders']
const params = Type.Object({ ...OrderParams.properties, hindranceId: Id })
const Awaited = {
  unsent: Type.Array(LinePart, { description: 'Units that have not left.' }),
  underway: Type.Array(LinePart, { description: 'Units that are on their way.' }),
}
const ExpectedBy = Type.Optional(
  Type.String({ ...Day, description: 'When the goods are expected now, if that is known.' }),
)
const Open = Type.Object(
  {
    ...{ orderId: Id, number: Type.String(), hindranceId: Id, event: Type.String(), what: Type.String() },
    expectedBy: ExpectedBy,
    exempt: Type.Boolean({ description: 'From damages for the delay, as far as is known.' }),
    hinderedAt: Instant,
    ...Awaited,
  },
  { title: 'OpenHindrance' },
)
const Foreseen = Type.Object(
  {
    changes: Type.Boolean({ description: 'false: it was said already, and nothing more would happen.' }),
    exempt: Type.Optional(
      Type.Boolean({ description: 'Whether it would free the seller from damages for the delay.' }),
    ),
    mail: Type.Boolean({ description: 'The customer would have a mail about it.' }),
    ...Awaited,
    reasons: Type.Unsafe<Static<typeof Reasons>>({ ...Reasons, description: 'What it rests on.' }),
  },
  { title: 'HindranceForeseen' },
)
const EndBody = { expectedBy: ExpectedBy }

/** What keeps us from delivering, of all orders; what would follow of telling of it; that it is over, and what would follow of that. */
export function hindrances(server: Server, deps: Deps) {
  listRoute(server, deps)
  previewRoutes(server, deps)
  endRoute(server, deps)
}

function listRoute(server: Server, { db }: Deps) {
  server.get(
    '/hindrances',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listHindrances',
        summary: 'What keeps us from delivering orders that are waited for, the newest order first',
        description: 'Each as its customer was told, until it is said to be over or nothing is waited for any more.',
        tags,
        querystring: Type.Object(
          {
            after: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
            limit: Type.Optional(
              Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE, description: 'Of orders.' }),
            ),
          },
          strict,
        ),
        response: {
          200: Type.Object({ items: Type.Array(Open), next: Type.Optional(Id) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { after, limit = PAGE_SIZE } }) => {
      const rows = await db
        .selectFrom('orders')
        .select(['id', 'version', 'state', 'personal'])
        .where(sql<boolean>`state ? 'hindrances'`)
        .where(sql<boolean>`jsonb_path_exists(state, '$.hindrances[*] ? (!exists(@.endedAt))')`)
        .$if(after !== undefined, (query) => query.where('id', '<', after!))
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      const page = rows.slice(0, limit)
      return { items: page.flatMap(openOf), ...(rows.length > limit && { next: page.at(-1)!.id }) }
    },
  )
}

/** What still keeps an order from being delivered; nothing where its customer waits for nothing. */
function openOf({ id: orderId, state }: StoredOrder): Static<typeof Open>[] {
  const awaited = awaitedOf(state)
  if (state.status === 'cancelled' || awaited.unsent.length + awaited.underway.length === 0) return []
  const { number } = state.placed
  return (state.hindrances ?? [])
    .filter(({ endedAt }) => endedAt === undefined)
    .map(({ hindranceId, event, what, expectedBy, exempt, hinderedAt }) => ({
      ...{ orderId, number, hindranceId, event, what, exempt, hinderedAt },
      ...{ ...(expectedBy && { expectedBy }), ...awaited },
    }))
}

function mustCome(expectedBy: string | undefined, now: Temporal.Instant) {
  if (expectedBy !== undefined && expectedBy < osloDay(now).toString())
    throw invalidField('body.expectedBy', 'is a day that has passed')
}

/** What a decision about a hindrance would tell, with nothing done; thrown as its refusal where it would be refused. */
function foresee(
  state: StoredOrder['state'],
  command: Extract<OrderCommand, { type: 'TellHindrance' | 'EndHindrance' }>,
): Static<typeof Foreseen> {
  const { events, refusal } = decider.decide(command, state)
  if (refusal) throw refusalError(refusal)
  const [event] = events.flatMap((each) =>
    each.type === 'DeliveryHindered' || each.type === 'DeliveryHindranceEnded' ? [each] : [],
  )
  if (event === undefined) return { changes: false, mail: false, ...awaitedOf(state), reasons: [] }
  const { unsent, underway, reasons } = event.data
  return {
    changes: true,
    ...(event.type === 'DeliveryHindered' && { exempt: event.data.exempt }),
    ...{ mail: unsent.length + underway.length > 0, unsent, underway, reasons },
  }
}

function previewRoutes(server: Server, deps: Deps) {
  const { clock } = deps
  server.post(
    '/orders/:id/hindrances/:hindranceId/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewHindrance',
        summary: 'See what would follow of telling a customer what keeps us from delivering',
        description: 'Nothing is told. It is refused as `PUT /orders/{id}/hindrances/{hindranceId}` would be now.',
        ...{ tags, params, body: HindranceBody },
        response: { 200: Foreseen, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId, hindranceId }, body, caller }) => {
      const { state } = await findOrder(deps, caller, orderId)
      const now = clock.now()
      mustCome(body.expectedBy, now)
      const said = { ...body, what: asKept(body.what) }
      const data = { orderId, at: now.toString(), hindranceId, by: caller.subject, ...said }
      return foresee(state, { type: 'TellHindrance', data })
    },
  )
  server.post(
    '/orders/:id/hindrances/:hindranceId/end/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewHindranceEnd',
        summary: 'See what would follow of saying that it is over',
        description: 'Nothing is said. It is refused as `PUT /orders/{id}/hindrances/{hindranceId}/end` would be now.',
        ...{ tags, params, body: Type.Object(EndBody, { ...strict, title: 'HindranceEndAsked' }) },
        response: { 200: Foreseen, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId, hindranceId }, body: { expectedBy }, caller }) => {
      const { state } = await findOrder(deps, caller, orderId)
      const now = clock.now()
      mustCome(expectedBy, now)
      const said = { ...(expectedBy && { expectedBy }), by: caller.subject, why: '' }
      return foresee(state, { type: 'EndHindrance', data: { orderId, at: now.toString(), hindranceId, ...said } })
    },
  )
}

function endRoute(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/hindrances/:hindranceId/end',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'endHindrance',
        summary: 'Say that what kept us from delivering is over',
        description:
          'It frees from damages while it lasts, and no longer (forbrukerkjøpsloven § 24, kjøpsloven § 27). Who waits for anything of the order still is told by mail. Said twice it is over once, and the first word stands.',
        ...{ tags, params },
        body: Type.Object(
          { ...EndBody, why: Type.String({ ...Why, description: 'How it is known.' }) },
          { ...strict, title: 'HindranceEnd' },
        ),
        response: { 200: OrderView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId, hindranceId }, body: { expectedBy, why }, caller }) => {
      await findOrder(deps, caller, orderId)
      const now = deps.clock.now()
      mustCome(expectedBy, now)
      const said = { ...(expectedBy && { expectedBy }), by: caller.subject, why: asKept(why) }
      const data = { orderId, at: now.toString(), hindranceId, ...said }
      const { stored, refusal } = await transact(deps, (trx) => handle(trx, { type: 'EndHindrance', data }, deps))
      if (refusal) throw refusalError(refusal)
      return viewOf(stored!)
    },
  )
}
