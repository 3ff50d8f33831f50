import { Id } from '@vilkar/contracts/event.ts'
import { MAX_AMOUNT } from '@vilkar/contracts/parts.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { orderUnknown, visibleTo } from '../../order-facts/http/visible-to.ts'
import { limitsOf } from '../../order-facts/limits.ts'
import { lockOrder, readOrder } from '../../order-facts/store.ts'
import { handle } from '../handle.ts'
import { payoutsOf } from '../store.ts'
import { ProposedPayoutView, viewOf } from './payout-view.ts'

const strict = { additionalProperties: false }
const PositiveAmount = Type.Integer({
  ...{ minimum: 1, maximum: MAX_AMOUNT, description: 'Minor units of the currency of the order.' },
})

/** Money that is given beyond duty, and all that is paid to a customer besides refunds. */
export function payouts(server: Server, deps: Deps) {
  give(server, deps)
  list(server, deps)
}

/** Throws 403 unless a person calls, by a token of their own. */
export function onlyPeople({ scopes }: Caller) {
  if (scopes.has('service'))
    throw httpError(403, 'person-needed', 'A person decides on money besides refunds, by a token of their own.')
}

function give(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/goodwill/:payoutId',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'giveGoodwill',
        summary: 'Give a customer money beyond duty',
        description:
          'Up to what the seller lets one person give for an order, it is owed at once; above that a second person approves (`needs`: `second-person`), and above what two may give it is 409 `concession-limit`. It is paid besides refunds and takes nothing from one, whatever comes later. The program that calls chooses the id: said again alike it is the same (200).',
        tags: ['payouts'],
        params: Type.Object({ id: Id, payoutId: Id }),
        body: Type.Object(
          {
            amount: PositiveAmount,
            why: Why,
            caseId: Type.Optional(
              Type.String({ ...Id, description: 'The case that it is about, if it is about one.' }),
            ),
          },
          { ...strict, title: 'Goodwill' },
        ),
        response: { 200: ProposedPayoutView, 201: ProposedPayoutView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId, payoutId }, body, caller }, reply) => {
      onlyPeople(caller)
      const { stored, events, refusal } = await transact(deps, async (trx) => {
        const { facts } = (await lockOrder(trx, orderId)) ?? orderUnknown()
        const before = await payoutsOf(trx, orderId)
        const given = before.reduce(
          (sum, { state: { proposed, status } }) =>
            proposed.kind === 'goodwill' && status !== 'declined' ? sum + proposed.amount : sum,
          0,
        )
        const at = deps.clock.now().toString()
        const limits = { ...limitsOf(facts), given }
        const data = { payoutId, at, facts, ...body, limits, by: caller.subject }
        return handle(trx, { type: 'ProposeGoodwill', data }, deps)
      })
      if (refusal) throw refusalError(refusal)
      return reply.status(events.length > 0 ? 201 : 200).send(viewOf(stored!, true))
    },
  )
}

function list(server: Server, deps: Deps) {
  server.get(
    '/orders/:id/payouts',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'listProposedPayouts',
        summary: 'What is given or owed to a customer besides refunds',
        tags: ['payouts'],
        params: Type.Object({ id: Id }),
        response: { 200: Type.Object({ items: Type.Array(ProposedPayoutView) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id: orderId }, caller }) => {
      visibleTo(caller, await readOrder(deps.pool, orderId))
      const staff = caller.scopes.has('staff')
      const all = await payoutsOf(deps.db, orderId)
      // What nobody has approved is no promise yet.
      const shown = all.filter(({ state }) => staff || state.decided || state.proposed.kind === 'late-interest')
      return { items: shown.map((each) => viewOf(each, staff)) }
    },
  )
}
