import { Instant } from '@vilkar/contracts/event.ts'
import { Looked } from '@vilkar/contracts/returns-voluntary.ts'
import { fold } from '@vilkar/decider/decider.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, invalidField, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { lockOrderOfCase, readOrder } from '../../order-facts/store.ts'
import { isAsItWas } from '../check.ts'
import { decider } from '../decider.ts'
import { handle } from '../handle.ts'
import type { RequestedReturn, VoluntaryReturnCommand } from '../state.ts'
import type { StoredVoluntaryReturn } from '../store.ts'
import { VoluntaryReturnView, viewOf } from './voluntary-return-view.ts'
import { findVoluntaryReturn, VoluntaryReturnParams } from './voluntary-returns.ts'

const MAX_UNITS_NAMED = 1_000
const strict = { additionalProperties: false }
const ReceivedAt = Type.Optional(
  Type.String({ ...Instant, description: 'When the goods came; now if it is left out.' }),
)
const Check = Type.Object(
  {
    receivedAt: ReceivedAt,
    units: Type.Array(Type.Object(Looked.properties, strict), { maxItems: MAX_UNITS_NAMED }),
    note: Type.Optional(
      Type.String({ minLength: 1, maxLength: 1_000, description: 'For the customer: what the goods lack.' }),
    ),
  },
  { ...strict, title: 'VoluntaryReturnCheck' },
)
type Check = Static<typeof Check>
const schema = {
  tags: ['voluntary returns'],
  params: VoluntaryReturnParams,
  response: { 200: VoluntaryReturnView, ...problems(400, 401, 403, 404, 409) },
}
const config = { access: 'returns:write' } as const

/** What becomes of goods that go back by the offer: they are here, they were looked at, or the customer keeps them. */
export function check(server: Server, deps: Deps) {
  receive(server, deps)
  look(server, deps)
  giveUp(server, deps)
}

function receive(server: Server, deps: Deps) {
  server.put(
    '/voluntary-returns/:id/receipt',
    {
      config,
      schema: {
        ...schema,
        operationId: 'receiveVoluntaryReturn',
        summary: 'The goods of a voluntary return are here',
        description:
          'Only for staff. From here the last day to pay back is counted. What nobody has looked at by then is paid back as if it met the conditions.',
        body: Type.Object({ receivedAt: ReceivedAt }, { ...strict, title: 'VoluntaryReturnReceipt' }),
      },
    },
    async ({ params: { id }, body, caller }) => {
      onlyStaff(caller.scopes)
      await findVoluntaryReturn(deps, caller, id)
      return change(deps, id, (_, at) => ({
        type: 'RecordReceipt',
        data: { returnId: id, at, receivedAt: body.receivedAt ?? at },
      }))
    },
  )
}

function look(server: Server, deps: Deps) {
  server.put(
    '/voluntary-returns/:id/check',
    {
      config,
      schema: {
        ...schema,
        operationId: 'checkVoluntaryReturn',
        summary: 'Say how the goods of a voluntary return came back',
        description:
          'Only for staff; records the receipt too. What is unused, undamaged and in its original packaging is paid back. Of anything else a person says so, with a note for the customer: it stays the customer’s, and so do units that are not named. Said once: 409 `inspection-settled` if it is said otherwise later.',
        body: Check,
      },
    },
    async ({ params: { id }, body, caller }) => {
      mayLook(body, caller)
      await findVoluntaryReturn(deps, caller, id)
      return change(deps, id, looked(id, body, caller))
    },
  )
  server.post(
    '/voluntary-returns/:id/check/preview',
    {
      config,
      schema: {
        ...schema,
        operationId: 'previewVoluntaryReturnCheck',
        summary: 'See what would follow of how the goods of a voluntary return came back',
        description:
          'Only for staff. Answers the return as it would be, or the same refusal, and nothing is done: who looks sees before what is paid back, and what stays the customer’s by which sentence.',
        body: Check,
      },
    },
    async ({ params: { id }, body, caller }) => {
      mayLook(body, caller)
      return foresee(deps, await findVoluntaryReturn(deps, caller, id), looked(id, body, caller))
    },
  )
}

/** Throws 403 for who may not say what came back, and 400 where goods lack something and nobody says what. */
function mayLook({ units, note }: Check, caller: Caller) {
  onlyStaff(caller.scopes)
  if (units.every(isAsItWas)) return
  if (caller.scopes.has('service'))
    throw httpError(403, 'person-needed', 'A person judges what came back, by a token of their own.')
  if (note === undefined) throw invalidField('body.note', 'is needed where goods lack something')
}

const looked =
  (returnId: string, { receivedAt, units, note }: Check, caller: Caller) =>
  (facts: OrderFacts, at: string): VoluntaryReturnCommand => ({
    type: 'RecordCheck',
    data: { returnId, at, facts, receivedAt: receivedAt ?? at, units, note, checkedBy: caller.subject },
  })

function giveUp(server: Server, deps: Deps) {
  server.put(
    '/voluntary-returns/:id/giving-up',
    {
      config,
      schema: {
        ...schema,
        operationId: 'giveUpVoluntaryReturn',
        summary: 'The customer keeps the goods after all',
        description: 'As long as they have them: 409 `return-received` after that.',
      },
    },
    async ({ params: { id }, caller }) => {
      await findVoluntaryReturn(deps, caller, id)
      return change(deps, id, (_, at) => ({ type: 'GiveUp', data: { returnId: id, at } }))
    },
  )
}

function onlyStaff(scopes: ReadonlySet<string>) {
  if (!scopes.has('staff'))
    throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can say what came back.')
}

/** What the return would be by this, decided as `change` decides it now; nothing is done or kept, a refusal neither. */
async function foresee(
  deps: Deps,
  { id, state, ...stored }: StoredVoluntaryReturn,
  commandOf: (facts: OrderFacts, at: string) => VoluntaryReturnCommand,
) {
  const { facts } = (await readOrder(deps.pool, state.requested.orderId))!
  const { events, refusal } = decider.decide(commandOf(facts as OrderFacts, deps.clock.now().toString()), state)
  if (refusal) throw refusalError(refusal)
  return viewOf({ ...stored, id, state: fold(decider, state, events) as RequestedReturn })
}

/** Time and facts are read under the lock of the order: who waited for it hears what was decided meanwhile. */
async function change(deps: Deps, id: string, commandOf: (facts: OrderFacts, at: string) => VoluntaryReturnCommand) {
  const { stored, refusal } = await transact(deps, async (trx) => {
    const order = (await lockOrderOfCase(trx, id))!
    return handle(trx, commandOf(order.facts as OrderFacts, deps.clock.now().toString()), deps)
  })
  if (refusal) throw refusalError(refusal)
  return viewOf(stored!)
}
