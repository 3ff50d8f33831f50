import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, invalidField, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { lockOrderOfCase } from '../../order-facts/store.ts'
import { handle } from '../handle.ts'
import type { ComplaintCommand } from '../state.ts'
import { ComplaintView, ReducedLine, viewOf } from './complaint-view.ts'
import { ComplaintParams, findComplaint, Words } from './complaints.ts'

const strict = { additionalProperties: false }
export const config = { access: 'returns:write' } as const
export const schema = {
  tags: ['complaints'],
  params: ComplaintParams,
  response: { 200: ComplaintView, ...problems(400, 401, 403, 404, 409) },
}
const Shown = (description: string) => Type.Optional(Type.Boolean({ description }))
const Assessment = Type.Object(
  {
    outcome: Type.Union([Type.Literal('accepted'), Type.Literal('rejected')]),
    grounds: Type.Optional(Words('Why, for the customer. Needed to reject.')),
    notFeasible: Type.Optional(
      Type.Array(Type.Union([Type.Literal('repair'), Type.Literal('replacement')]), {
        maxItems: 2,
        description: 'What is impossible, or would cost out of all proportion: it is for the seller to show.',
      }),
    ),
    furtherAttempt: Type.Optional(
      Type.Union([Type.Literal('offered'), Type.Literal('reasonable')], {
        description:
          'Once putting it right has failed. A consumer may refuse another attempt unless one is reasonable (forbrukerkjøpsloven § 30): offered, they may take or leave it; reasonable, with grounds, they choose between repair and replacement again.',
      }),
    ),
    cause: Type.Optional(
      Type.Union(
        ['no-defect', 'late', 'misinstallation', 'unauthorised-modification', 'misuse'].map((cause) =>
          Type.Literal(cause as 'late'),
        ),
        { description: 'Needed to reject.' },
      ),
    ),
    proof: Type.Optional(Words('What shows that a defect that is presumed was not there at delivery.')),
    installedBySeller: Shown('Installing it was the seller’s to do.'),
    instructionsCorrect: Shown('Somebody has shown that the instructions were right.'),
    instructionsSupplied: Shown('Somebody has shown that they came with the goods.'),
  },
  { ...strict, title: 'ComplaintAssessment' },
)

/** What people decide about a complaint: whether the seller answers for it, and how much lower a price is. */
export function judge(server: Server, deps: Deps) {
  assess(server, deps)
  reduce(server, deps)
}

function assess(server: Server, deps: Deps) {
  server.put(
    '/complaints/:id/assessment',
    {
      config,
      schema: {
        ...schema,
        operationId: 'assessComplaint',
        summary: 'Judge a complaint',
        description:
          'Only for staff, a person. Accepted, the customer is told what they may choose from, and before that what prolongs the liability. Rejected, with grounds, the customer is told why and who mediates and decides; 409 `rejection-unfounded` where the law does not let the seller: a defect that is presumed needs `proof`, damage by use needs right instructions shown. What was rejected may be accepted after all, and accepted again with `furtherAttempt` once putting it right has failed.',
        body: Assessment,
      },
    },
    async ({ params: { id }, body: { outcome, grounds, notFeasible, furtherAttempt, cause, ...shown }, caller }) => {
      onlyPeople(caller)
      await findComplaint(deps, caller, id)
      const assessedBy = caller.subject
      if (outcome === 'accepted' && furtherAttempt === 'reasonable' && grounds === undefined)
        throw invalidField('body.grounds', 'is needed where the customer may not refuse another attempt')
      if (outcome === 'accepted')
        return change(deps, id, (facts, at) => ({
          type: 'AcceptComplaint',
          data: { returnId: id, at, facts, assessedBy, notFeasible, grounds, furtherAttempt },
        }))
      if (grounds === undefined) throw invalidField('body.grounds', 'is needed to reject')
      if (cause === undefined) throw invalidField('body.cause', 'is needed to reject')
      return change(deps, id, (facts, at) => ({
        type: 'RejectComplaint',
        data: { returnId: id, at, facts, assessedBy, grounds, cause, ...shown },
      }))
    },
  )
}

function reduce(server: Server, deps: Deps) {
  server.put(
    '/complaints/:id/price-reduction',
    {
      config,
      schema: {
        ...schema,
        operationId: 'setPriceReduction',
        summary: 'Say how much lower the price is',
        description:
          'Only for staff, a person, once the customer chose a lower price. It is paid back the way they paid, and never more than was paid for these units and is not paid back.',
        body: Type.Object(
          { lines: Type.Array(ReducedLine, { minItems: 1, maxItems: MAX_LINES }) },
          { ...strict, title: 'PriceReduction' },
        ),
      },
    },
    async ({ params: { id }, body: { lines }, caller }) => {
      onlyPeople(caller)
      if (new Set(lines.map(({ lineId }) => lineId)).size < lines.length)
        throw invalidField('body.lines', 'names a line twice')
      await findComplaint(deps, caller, id)
      return change(deps, id, (facts, at) => ({ type: 'ReducePrice', data: { returnId: id, at, facts, lines } }))
    },
  )
}

function onlyPeople(caller: Caller) {
  onlyStaff(caller)
  if (caller.scopes.has('service'))
    throw httpError(403, 'person-needed', 'A person judges a complaint, by a token of their own.')
}

export function onlyStaff({ scopes }: Caller) {
  if (!scopes.has('staff'))
    throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can say what became of a complaint.')
}

/** Time and facts are read under the lock of the order: who waited for it hears what was decided meanwhile. */
export async function change(deps: Deps, id: string, commandOf: (facts: OrderFacts, at: string) => ComplaintCommand) {
  const { stored, refusal } = await transact(deps, async (trx) => {
    const order = (await lockOrderOfCase(trx, id))!
    return handle(trx, commandOf(order.facts as OrderFacts, deps.clock.now().toString()), deps)
  })
  if (refusal) throw refusalError(refusal)
  return viewOf(stored!)
}
