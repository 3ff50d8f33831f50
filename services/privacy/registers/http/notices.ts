import { Id } from '@vilkar/contracts/event.ts'
import { MOST_ORDERS } from '@vilkar/contracts/privacy.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, invalidField, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { owed } from '../breach.ts'
import { lockBreach, readBreach, type StoredBreach } from '../breach-store.ts'
import { askNotices, noticesOf, ordersOfOthers } from '../notice-store.ts'

const tags = ['breaches']
const params = Type.Object({ id: Id })
const Notices = Type.Object(
  {
    waiting: Type.Integer({ description: 'Whose address is not known yet.' }),
    written: Type.Integer({
      description: 'To whom a mail was written; it goes out as soon as the mail server takes it.',
    }),
    noAddress: Type.Integer({ description: 'Of whose order nothing is left that leads to them.' }),
    orders: Type.Array(
      Type.Object({
        orderId: Id,
        status: Type.Union([Type.Literal('waiting'), Type.Literal('written'), Type.Literal('no-address')]),
      }),
      { description: 'By which orders they were named, at most 200: who has no address before all others.' },
    ),
  },
  { title: 'BreachNotices' },
)
const Body = Type.Object(
  {
    orderIds: Type.Array(Id, {
      minItems: 1,
      maxItems: MOST_ORDERS,
      description: 'Orders of the people concerned, of the controller of the breach.',
    }),
    language: Type.Union([Type.Literal('nb'), Type.Literal('en')], {
      description: 'In which the breach is described: its words are sent as they stand.',
    }),
  },
  { additionalProperties: false, title: 'BreachNoticeBody' },
)

/** `PUT` and `GET /breaches/{id}/notices`: whom a breach hit is written to, and how far it is. */
export function breachNotices(server: Server, deps: Deps) {
  server.put(
    '/breaches/:id/notices',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'mailPeopleOfBreach',
        summary: 'Write to those whom a breach hit, by their orders',
        description: `At most ${MOST_ORDERS} orders in a request, as many requests as it takes. Each gets one mail with the words of the breach as they stand then, at the address that orders has; so the breach is described whole before (GDPR Art. 34(2)). Say then by \`people-told\` that they were told.`,
        tags,
        params,
        body: Body,
        response: { 200: Notices, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body, caller }) => {
      const at = deps.clock.now().toString()
      await transact(deps, async (trx) => {
        const breach = await lockBreach(trx, id)
        if (breach === undefined) throw unknown()
        refuseUnready(breach)
        const others = await ordersOfOthers(trx, breach.state.controller, body.orderIds)
        if (others.length > 0)
          throw invalidField('body.orderIds', `names orders of another controller: ${others.join(', ')}`)
        await askNotices(trx, id, { ...body, by: caller.subject, at })
      })
      return noticesOf(deps.db, id)
    },
  )
  server.get(
    '/breaches/:id/notices',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'readBreachNotices',
        summary: 'How far it is with writing to those whom a breach hit',
        tags,
        params,
        response: { 200: Notices, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      if ((await readBreach(deps.db, id)) === undefined) throw unknown()
      return noticesOf(deps.db, id)
    },
  )
}

/** What is said to people is whole, and of a breach that is open and bears a risk for them. Throws 409. */
export function refuseUnready({ state, personal }: StoredBreach) {
  if (state.closedAt !== undefined)
    throw httpError(409, 'breach-closed', 'The breach is closed; open another for what was found since.')
  if (state.risk !== 'high')
    throw httpError(
      409,
      'breach-not-high',
      'People are written to about a high risk alone: say so of the breach first.',
    )
  const missing = owed(state, personal).notice.people?.missing ?? []
  if (missing.length > 0)
    throw httpError(409, 'breach-notice-incomplete', `Say first of the breach: ${missing.join(', ')}.`)
}

/** Of a breach that nobody opened. */
export const unknown = () => httpError(404, 'breach-unknown', 'There is no such breach.')
