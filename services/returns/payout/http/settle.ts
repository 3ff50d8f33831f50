import { Id } from '@vilkar/contracts/event.ts'
import { Amount } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { readOrder } from '../../order-facts/store.ts'
import { handle } from '../handle.ts'
import type { PayoutCommand } from '../state.ts'
import { readPayout } from '../store.ts'
import { ProposedPayoutView, viewOf } from './payout-view.ts'
import { onlyPeople } from './payouts.ts'

const strict = { additionalProperties: false }
const schema = {
  tags: ['payouts'],
  params: Type.Object({ id: Id }),
  response: { 200: ProposedPayoutView, ...problems(400, 401, 403, 404, 409) },
}
const config = { access: 'staff' } as const

/** What a payout waits for: a second person, or the rate of interest. */
export function settlePayouts(server: Server, deps: Deps) {
  verdict(server, deps)
  interest(server, deps)
}

function verdict(server: Server, deps: Deps) {
  server.put(
    '/proposed-payouts/:id/verdict',
    {
      config,
      schema: {
        ...schema,
        operationId: 'settlePayout',
        summary: 'Approve or decline what somebody else means to give',
        description:
          'Approving needs the scope `returns:approve` and another person than who proposed it: 409 `second-person-needed`. Who proposed it takes it back by declining. Interest is owed by law and is not declined.',
        body: Type.Object(
          { verdict: Type.Union([Type.Literal('approved'), Type.Literal('declined')]), why: Type.Optional(Why) },
          { ...strict, title: 'PayoutVerdict' },
        ),
      },
    },
    async ({ params: { id: payoutId }, body, caller }) => {
      onlyPeople(caller)
      if (body.verdict === 'approved' && !caller.scopes.has('returns:approve'))
        throw httpError(403, 'scope-missing', 'Approving needs a token with the scope "returns:approve".')
      return change(deps, (at) => ({
        type: 'SettlePayout',
        data: { payoutId, at, by: caller.subject, ...body },
      }))
    },
  )
}

function interest(server: Server, deps: Deps) {
  server.put(
    '/proposed-payouts/:id/interest',
    {
      config,
      schema: {
        ...schema,
        operationId: 'setLateInterest',
        summary: 'Say what late interest comes to, the rate looked up',
        description:
          'For interest that waits for a rate which is not known here (`needs`: `rate`). No less than what was counted by the least rate that there can be.',
        body: Type.Object({ amount: Amount, why: Why }, { ...strict, title: 'LateInterestAmount' }),
      },
    },
    async ({ params: { id: payoutId }, body, caller }) => {
      onlyPeople(caller)
      const known = await readPayout(deps.db, payoutId)
      const order = known && (await readOrder(deps.pool, known.state.proposed.orderId))
      const edition = order?.facts.terms.edition ?? ''
      return change(deps, (at) => ({
        type: 'SetInterest',
        data: { payoutId, at, edition, by: caller.subject, ...body },
      }))
    },
  )
}

async function change(deps: Deps, commandAt: (at: string) => PayoutCommand) {
  const { stored, refusal } = await transact(deps, (trx) => handle(trx, commandAt(deps.clock.now().toString()), deps))
  if (refusal) throw refusalError(refusal)
  return viewOf(stored!, true)
}
