import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Static, Type } from 'typebox'
import type { Deps, Trx } from '../../deps.ts'
import { recordVerdict, retryOperation, retrySession } from '../by-hand.ts'
import { claimOperation, reduceClaim } from '../claim.ts'
import type { Statement } from '../decisions.ts'
import type { Operation } from '../operation.ts'
import { lockOperation } from '../operation-store.ts'
import { readSession } from '../session-store.ts'

const strict = { additionalProperties: false }
const OperationParams = Type.Object({ id: Id })
export const Why = Type.String({
  minLength: 1,
  maxLength: 1_000,
  description: 'Why, for whoever looks at the order later.',
})
const Verdict = Type.Enum(['executed', 'not-executed', 'claimed', 'reduced'], {
  description:
    'executed: the provider did it, and its movement is `providerId`. not-executed: it did not; asked again. claimed: a capture that was refused, whose authorisation has run out and which the customer has not paid again: it is claimed of the customer, with an invoice. reduced: of such a claim no more than `stands` is claimed any more, and a credit note takes back the rest.',
})

const VerdictBody = Type.Object(
  {
    verdict: Verdict,
    providerId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Needed with a capture or a refund that was executed.',
      }),
    ),
    stands: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'Needed with a claim that is reduced: what of it stands, in minor units; 0 is nothing.',
      }),
    ),
    reason: Why,
  },
  { ...strict, title: 'OperationVerdict' },
)

/** A money operation as staff see it after they spoke about it. */
export const OperationView = Type.Object(
  {
    id: Id,
    orderId: Id,
    kind: Type.String(),
    status: Type.String({
      description:
        'planned → sent → done; waiting-for-capture: a refund of more than was captured; declined: the provider said no; ambiguous: its books can be read in two ways; claimed: it could not be taken, and is claimed of the customer.',
    }),
    attempt: Type.Integer({ description: 'Grows when a person has it tried again after a definite no.' }),
    providerId: Type.Optional(Type.String({ description: "The provider's name of what it did." })),
  },
  { title: 'MoneyOperation' },
)

/** The routes for a person after a money operation that was declined or is ambiguous. Who and why is kept. */
export function paymentOperations(server: Server, deps: Deps) {
  server.post(
    '/payments/operations/:id/retry',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'retryOperation',
        summary: 'Try a money operation again',
        description:
          'After a definite no it is a new attempt, under a new key. One that is still unanswered is looked at again, under its own key, so that nothing can happen twice.',
        tags: ['payments'],
        params: OperationParams,
        body: Type.Object({ reason: Why }, { ...strict, title: 'Retry' }),
        response: { 202: OperationView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { reason }, caller }, reply) => {
      const said = { by: caller.subject, reason }
      const view = await transact(deps, async (trx) => {
        const locked = await lockOperation(trx, id)
        if (locked === undefined) return retryRefusedSession(trx, deps, id, said)
        return operationView(await retryOperation(trx, deps, locked, said))
      })
      return reply.status(202).send(view)
    },
  )

  server.put(
    '/payments/operations/:id/verdict',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'judgeOperation',
        summary: 'Say what became of an ambiguous money operation',
        description:
          "For an operation that our reading of the provider's books cannot settle: a person has looked there. Of one that was refused, or a refund that waits for more to be captured, it is said which movement, made by hand and taken into the ledger since, is a part of it or all of it; the rest is asked for anew. What left and cannot be taken any more may be claimed of the customer (forbrukerkjøpsloven § 44, kjøpsloven § 52), by an invoice of its own; of that claim less may stand in the end. Said twice it happens once.",
        tags: ['payments'],
        params: OperationParams,
        body: VerdictBody,
        response: { 200: OperationView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    ({ params: { id }, body: { verdict, providerId, stands, reason }, caller }) =>
      transact(deps, async (trx) => {
        const said = { by: caller.subject, reason, providerId }
        const found = await findOperation(trx, id)
        if (verdict === 'claimed') return operationView(await claimOperation(trx, deps, found, said))
        if (verdict !== 'reduced') return operationView(await recordVerdict(trx, deps, found, verdict, said))
        if (stands === undefined)
          throw httpError(400, 'invalid-input', 'body.stands is required: how much of the claim stands?')
        return operationView(await reduceClaim(trx, deps, found, stands, said))
      }),
  )
}

/** The operation and its order, locked. Throws 404. */
async function findOperation(trx: Trx, id: string) {
  const found = await lockOperation(trx, id)
  if (found === undefined) throw operationUnknown()
  return found
}

/** Of the sessions that customers pay by, only one that could not be opened is anybody's business. */
async function retryRefusedSession(trx: Trx, deps: Deps, id: string, said: Statement) {
  const session = await readSession(trx, id)
  if (session?.status !== 'declined') throw operationUnknown()
  const { orderId, status, attempt } = await retrySession(trx, deps, session, said)
  return { id, orderId, kind: 'start', status, attempt }
}

const operationUnknown = () => httpError(404, 'operation-unknown', 'There is no such money operation.')

/** A money operation as callers see it. */
export const operationView = ({
  id,
  orderId,
  kind,
  status,
  attempt,
  providerId,
}: Operation): Static<typeof OperationView> => ({
  id,
  orderId,
  kind,
  status,
  attempt,
  ...(providerId && { providerId }),
})
