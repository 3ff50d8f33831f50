import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { AgreedChanges } from '@vilkar/contracts/returns-agreement.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Name } from '@vilkar/server/person.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { standing } from '@vilkar/terms/order/agreements.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { orderUnknown, visibleTo } from '../../order-facts/http/visible-to.ts'
import { lockOrder, readOrder } from '../../order-facts/store.ts'
import { handle } from '../handle.ts'
import { agreementsOf, type StoredAgreement } from '../store.ts'

const strict = { additionalProperties: false }
const MAX_ENDED = 20
const AgreementBody = Type.Object(
  {
    changes: AgreedChanges,
    text: Type.String({ minLength: 1, maxLength: 4_000, description: 'What was agreed, word for word.' }),
    party: Type.String({ ...Name, description: 'Who agreed to it for the customer.' }),
    agreedAt: Type.String({ ...Instant, description: 'When it was agreed.' }),
    ends: Type.Optional(
      Type.Array(Id, {
        ...{ minItems: 1, maxItems: MAX_ENDED, uniqueItems: true },
        description: 'Earlier agreements of the order that hold no more.',
      }),
    ),
  },
  { ...strict, title: 'WrittenAgreement' },
)
const AgreementView = Type.Object(
  {
    ...{ id: Id, orderId: Id, changes: AgreedChanges, ends: Type.Optional(Type.Array(Id)), agreedAt: Type.String() },
    recordedAt: Type.String(),
    recordedBy: Type.Optional(Type.String({ description: 'For staff alone.' })),
    holds: Type.Boolean({ description: 'No later agreement has ended it.' }),
    text: Type.String(),
    party: Type.String(),
    refund: Type.Optional(
      Type.Object(
        { amount: Type.Integer(), dueOn: Type.String() },
        { description: 'What is paid back since something is cheaper, in minor units, and by when.' },
      ),
    ),
    reasons: Reasons,
  },
  { title: 'Agreement' },
)

/** What was agreed in writing with one customer instead of what the terms say (clause 3). */
export function agreements(server: Server, deps: Deps) {
  record(server, deps)
  list(server, deps)
}

function record(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/agreements/:agreementId',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'recordAgreement',
        summary: 'Record what was agreed in writing with a customer',
        description:
          'Every later ruling about the order that rests on it cites clause 3 and the agreement; the customer has it by mail. A consumer cannot agree to less than the law gives (angrerettloven § 3, forbrukerkjøpsloven § 3): 409 `agreement-undercuts`, whose `undercuts` says what would be allowed. It is never changed: said again alike it is the same one (200), said otherwise 409 `agreement-recorded`. A later one may end it, and of several that change the same the latest holds. The program that calls chooses the id.',
        tags: ['agreements'],
        params: Type.Object({ id: Id, agreementId: Id }),
        body: AgreementBody,
        response: { 200: AgreementView, 201: AgreementView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId, agreementId }, body, caller }, reply) => {
      if (caller.scopes.has('service'))
        throw httpError(403, 'person-needed', 'A person records what was agreed, by a token of their own.')
      const { text, party, ...said } = body
      const personal = { text, party, recordedBy: caller.subject }
      const { stored, events, refusal } = await transact(deps, async (trx) => {
        const { facts } = (await lockOrder(trx, orderId)) ?? orderUnknown()
        const at = deps.clock.now().toString()
        return handle(trx, { type: 'RecordAgreement', data: { agreementId, at, facts, personal, ...said } }, deps)
      })
      if (refusal) throw refusalError(refusal)
      const { facts } = (await readOrder(deps.pool, orderId))!
      return reply.status(events.length > 0 ? 201 : 200).send(viewOf(stored!, holdingIn(facts), true))
    },
  )
}

function list(server: Server, deps: Deps) {
  server.get(
    '/orders/:id/agreements',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'listAgreements',
        summary: 'What was agreed in writing about an order',
        tags: ['agreements'],
        params: Type.Object({ id: Id }),
        response: { 200: Type.Object({ items: Type.Array(AgreementView) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id: orderId }, caller }) => {
      const { facts } = visibleTo(caller, await readOrder(deps.pool, orderId))
      const holding = holdingIn(facts)
      const staff = caller.scopes.has('staff')
      return { items: (await agreementsOf(deps.db, orderId)).map((each) => viewOf(each, holding, staff)) }
    },
  )
}

type Known = Parameters<typeof standing>[0]
const holdingIn = ({ agreements = [] }: { agreements?: Known }) =>
  new Set(standing(agreements).map(({ agreementId }) => agreementId))

function viewOf(
  { id, state, personal }: StoredAgreement,
  holding: ReadonlySet<string>,
  staff: boolean,
): Static<typeof AgreementView> {
  const { status: _, agreementId: __, ...recorded } = state
  const { text, party, recordedBy } = personal
  return { id, ...recorded, holds: holding.has(id), text, party, ...(staff && { recordedBy }) }
}
