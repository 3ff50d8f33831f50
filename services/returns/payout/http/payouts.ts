import { randomUUID } from 'node:crypto'
import { Id } from '@vilkar/contracts/event.ts'
import { MAX_AMOUNT } from '@vilkar/contracts/parts.ts'
import { fold } from '@vilkar/decider/decider.ts'
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
import { decider } from '../decider.ts'
import { handle } from '../handle.ts'
import type { OpenPayout } from '../state.ts'
import { payoutsOf, type StoredPayout } from '../store.ts'
import { ProposedPayoutView, viewOf } from './payout-view.ts'

const strict = { additionalProperties: false }
const PositiveAmount = Type.Integer({
  ...{ minimum: 1, maximum: MAX_AMOUNT, description: 'Minor units of the currency of the order.' },
})

const Goodwill = Type.Object(
  {
    amount: PositiveAmount,
    why: Why,
    caseId: Type.Optional(Type.String({ ...Id, description: 'The case that it is about, if it is about one.' })),
  },
  { ...strict, title: 'Goodwill' },
)
const Sum = (description: string) => Type.Integer({ description })
const Foreseen = Type.Object(
  {
    ...Type.Pick(ProposedPayoutView, ['amount', 'currency', 'needs', 'answerBy', 'dueOn', 'reasons']).properties,
    given: Sum('What was given, or proposed, for this order before.'),
    alone: Sum('Up to what one person gives for an order.'),
    together: Sum('Up to what two give for an order.'),
  },
  { title: 'GoodwillForeseen', description: 'Money in minor units of `currency`.' },
)

/** What was given beyond duty for an order, or is proposed, in minor units. */
const givenIn = (payouts: StoredPayout[]) =>
  payouts.reduce(
    (sum, { state: { proposed, status } }) =>
      proposed.kind === 'goodwill' && status !== 'declined' ? sum + proposed.amount : sum,
    0,
  )

/** Money that is given beyond duty, and all that is paid to a customer besides refunds. */
export function payouts(server: Server, deps: Deps) {
  give(server, deps)
  foreseeGoodwill(server, deps)
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
        body: Goodwill,
        response: { 200: ProposedPayoutView, 201: ProposedPayoutView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId, payoutId }, body, caller }, reply) => {
      onlyPeople(caller)
      const { stored, events, refusal } = await transact(deps, async (trx) => {
        const { facts } = (await lockOrder(trx, orderId)) ?? orderUnknown()
        const limits = { ...limitsOf(facts), given: givenIn(await payoutsOf(trx, orderId)) }
        const data = { payoutId, at: deps.clock.now().toString(), facts, ...body, limits, by: caller.subject }
        return handle(trx, { type: 'ProposeGoodwill', data }, deps)
      })
      if (refusal) throw refusalError(refusal)
      return reply.status(events.length > 0 ? 201 : 200).send(viewOf(stored!, true))
    },
  )
}

function foreseeGoodwill(server: Server, { db, pool, clock }: Deps) {
  server.post(
    '/orders/:id/goodwill/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewGoodwill',
        summary: 'See what would follow of money beyond duty',
        description:
          'Nothing is done: whether it would be owed at once (`dueOn`) or wait for a second person (`needs`, `answerBy`), what it would rest on, and how much was given for the order before. Refused as it would be.',
        tags: ['payouts'],
        params: Type.Object({ id: Id }),
        body: Goodwill,
        response: { 200: Foreseen, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId }, body, caller }) => {
      onlyPeople(caller)
      const { facts } = (await readOrder(pool, orderId)) ?? orderUnknown()
      const limits = { ...limitsOf(facts), given: givenIn(await payoutsOf(db, orderId)) }
      const data = { payoutId: randomUUID(), at: clock.now().toString(), facts, ...body, limits, by: caller.subject }
      const { events, refusal } = decider.decide({ type: 'ProposeGoodwill', data }, decider.initial)
      if (refusal) throw refusalError(refusal)
      const state = fold(decider, decider.initial, events) as OpenPayout
      const { amount, currency, needs, answerBy, dueOn, reasons } = viewOf(
        { id: data.payoutId, state, personal: {}, version: 0 },
        false,
      )
      return { amount, currency, needs, answerBy, dueOn, reasons, ...limits }
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
