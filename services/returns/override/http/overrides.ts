import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Amount, Currency, LinePart, MAX_AMOUNT, MAX_LINES, Reasons } from '@vilkar/contracts/parts.ts'
import { OverrideAbout } from '@vilkar/contracts/returns-override.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { httpError, invalidField, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { orderUnknown } from '../../order-facts/http/visible-to.ts'
import { mergeLines } from '../../order-facts/merge-lines.ts'
import { lockOrder, readOrder } from '../../order-facts/store.ts'
import { propose, settle, type Wanted } from '../propose.ts'
import { overridesOf, readOverride, type StoredOverride } from '../store.ts'

const strict = { additionalProperties: false }
const OverrideBody = Type.Object(
  {
    about: OverrideAbout,
    lines: Type.Optional(
      Type.Array(Type.Object(LinePart.properties, strict), {
        ...{
          minItems: 1,
          maxItems: MAX_LINES,
          description: 'Of a withdrawal, voluntary return or complaint: which units.',
        },
      }),
    ),
    returnId: Type.Optional(Type.String({ ...Id, description: 'Of a deduction: the withdrawal.' })),
    amount: Type.Optional(
      Type.Integer({
        ...{ minimum: 1, maximum: MAX_AMOUNT },
        description: 'Of a deduction: how much of it is paid back after all; all of it if left out.',
      }),
    ),
    why: Why,
    words: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2_000,
        description: 'What the customer said. Of a complaint: what is wrong.',
      }),
    ),
  },
  { ...strict, title: 'Override' },
)
const OverrideView = Type.Object(
  {
    id: Id,
    orderId: Id,
    about: OverrideAbout,
    status: Type.Union([Type.Literal('proposed'), Type.Literal('decided'), Type.Literal('declined')]),
    needs: Type.Optional(Type.Literal('second-person')),
    answerBy: Type.Optional(Type.String()),
    lines: Type.Optional(Type.Array(LinePart)),
    amount: Type.Integer({ ...Amount, description: 'What it is worth to the customer.' }),
    currency: Currency,
    ruled: Type.Unsafe<Reasons>({ ...Reasons, description: 'What the rules said.' }),
    reasons: Type.Optional(Reasons),
    caseId: Type.Optional(
      Type.String({ ...Id, description: 'The case that came of it, or whose deduction it is about.' }),
    ),
    proposedAt: Instant,
    decidedAt: Type.Optional(Type.String()),
    proposedBy: Type.String(),
    why: Type.String(),
    settledBy: Type.Optional(Type.String()),
    settledWhy: Type.Optional(Type.String()),
  },
  { title: 'DecidedOtherwise' },
)

/** Deciding otherwise than the rules, in favour of the customer. */
export function overrides(server: Server, deps: Deps) {
  decide(server, deps)
  verdict(server, deps)
  list(server, deps)
}

function onlyPeople({ scopes }: Caller) {
  if (scopes.has('service'))
    throw httpError(403, 'person-needed', 'A person decides otherwise, by a token of their own.')
}

/** Throws 400 for a field that is missing for what it is about. */
function check({ about, lines, returnId, words }: Wanted) {
  if (about === 'deduction' && returnId === undefined) throw invalidField('body.returnId', 'is needed with a deduction')
  if (about !== 'deduction' && lines === undefined)
    throw invalidField('body.lines', 'is needed with anything but a deduction')
  if (about === 'complaint' && words === undefined)
    throw invalidField('body.words', 'is needed with a complaint: what is wrong')
}

function decide(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/overrides/:overrideId',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'decideOtherwise',
        summary: 'Decide otherwise than the rules, in favour of the customer',
        description:
          'What the rules refuse is taken all the same: a withdrawal, a voluntary return or a complaint of these units, which then goes its usual way; or what was deducted from a refund is paid back. Up to what the seller lets one person give for an order it is carried out at once; above that a second person approves. What the rules said stays beside it, and answers cite both. Nothing can be decided against the customer: what the rules give already is 409 `nothing-to-override`. The program that calls chooses the id: said again alike it is the same (200).',
        tags: ['overrides'],
        params: Type.Object({ id: Id, overrideId: Id }),
        body: OverrideBody,
        response: { 200: OverrideView, 201: OverrideView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId, overrideId }, body, caller }, reply) => {
      onlyPeople(caller)
      check(body)
      const { why, lines, ...said } = body
      const wanted = { ...said, ...(lines && { lines: mergeLines(lines) }) }
      const { stored, isNew } = await transact(deps, async (trx) => {
        const order = (await lockOrder(trx, orderId)) ?? orderUnknown()
        const done = await propose(trx, deps, order, wanted, { overrideId, by: caller.subject, why })
        if (done.refusal) throw refusalError(done.refusal)
        return done
      })
      return reply.status(isNew ? 201 : 200).send(viewOf(stored!))
    },
  )
}

function verdict(server: Server, deps: Deps) {
  server.put(
    '/overrides/:id/verdict',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'settleOverride',
        summary: 'Approve or decline what somebody else means to decide otherwise',
        description:
          'Approving needs the scope `returns:approve` and another person than who proposed it: 409 `second-person-needed`. It is carried out at once. Who proposed it takes it back by declining.',
        tags: ['overrides'],
        params: Type.Object({ id: Id }),
        body: Type.Object(
          { verdict: Type.Union([Type.Literal('approved'), Type.Literal('declined')]), why: Type.Optional(Why) },
          { ...strict, title: 'OverrideVerdict' },
        ),
        response: { 200: OverrideView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: overrideId }, body, caller }) => {
      onlyPeople(caller)
      if (body.verdict === 'approved' && !caller.scopes.has('returns:approve'))
        throw httpError(403, 'scope-missing', 'Approving needs a token with the scope "returns:approve".')
      const known = await readOverride(deps.db, overrideId)
      if (known === undefined) throw httpError(404, 'override-unknown', 'Nobody proposed that.')
      return transact(deps, async (trx) => {
        const order = (await lockOrder(trx, known.state.proposed.orderId))!
        const { stored, refusal } = await settle(trx, deps, order, { overrideId, by: caller.subject, ...body })
        if (refusal) throw refusalError(refusal)
        return viewOf(stored!)
      })
    },
  )
}

function list(server: Server, deps: Deps) {
  server.get(
    '/orders/:id/overrides',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listOverrides',
        summary: 'What was decided otherwise about an order',
        tags: ['overrides'],
        params: Type.Object({ id: Id }),
        response: { 200: Type.Object({ items: Type.Array(OverrideView) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id: orderId } }) => {
      if ((await readOrder(deps.pool, orderId)) === undefined) orderUnknown()
      return { items: (await overridesOf(deps.db, orderId)).map(viewOf) }
    },
  )
}

function viewOf({ id, state, personal }: StoredOverride): Static<typeof OverrideView> {
  const { status, proposed, decided } = state
  const { orderId, about, needs, answerBy, lines, amount, currency, ruled, proposedAt } = proposed
  const { by: proposedBy, why, settledBy, settledWhy } = personal
  return {
    ...{ id, orderId, about, status, lines, amount, currency, ruled, proposedAt, proposedBy: proposedBy!, why: why! },
    ...(status === 'proposed' && { needs, answerBy }),
    ...{ reasons: decided?.reasons, caseId: decided?.caseId, decidedAt: decided?.decidedAt, settledBy, settledWhy },
  }
}
