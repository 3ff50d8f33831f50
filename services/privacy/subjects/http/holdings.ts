import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { rulesFor } from '@vilkar/terms/privacy/accounts.ts'
import type { Policy } from '@vilkar/terms/privacy/policy.ts'
import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { Facts } from '../facts.ts'
import { hold } from '../hold.ts'
import { Age, CategoryName, RecordName, SystemName } from '../names.ts'
import { refuseTheShop } from '../refuse-the-shop.ts'
import { endHolding, type HoldingId, holdingsOf, readHolding } from '../store.ts'
import { Identifier } from '../subject-key.ts'
import { HoldingView, viewOf } from './holding-view.ts'

const tags = ['holdings']
const params = Type.Object({ controller: ControllerId, system: SystemName, record: RecordName })
const Held = Type.Object(
  {
    category: CategoryName,
    identifiers: Type.Array(Identifier, { maxItems: 10, description: 'By what the person may be known.' }),
    facts: Facts,
    age: Type.Optional({
      ...Age,
      description:
        'Full years. Asked for when who joins an organisation is told for the first time: 409 `age-unknown` without it. It is not kept.',
    }),
  },
  { additionalProperties: false, title: 'Held' },
)

/** What is about to be held; `known`: it is held already, of the same category. */
export type ToBeHeld = HoldingId & { category: string; subjects: string[]; age?: number; known: boolean }
/** Throws for what may not be held, such as a child’s before a guardian consented. */
export type Guard = (held: ToBeHeld) => Promise<void>

/** The doors of whoever holds personal data: `PUT` and `DELETE /holdings/{controller}/{system}/{record}`, and what is held of a person. */
export function holdings(server: Server, deps: Deps, guard: Guard) {
  server.put(
    '/holdings/:controller/:system/:record',
    {
      config: { access: 'holdings:write' },
      schema: {
        operationId: 'tellHolding',
        summary: 'A system holds a record of a person',
        description:
          'Tell it when the record is made and whenever a fact changes; what is told last holds. Of a member who is a child nothing is held before a guardian consented to the `membership` (`POST /guardian-consents`): 409 `guardian-must-consent`. The answer says when it has to go and why (GDPR Art. 5(1)(e)). Identifiers are hashed with a key and not kept.',
        tags,
        params,
        body: Held,
        response: { 200: HoldingView, ...problems(400, 401, 403, 409) },
      },
    },
    async ({ params: id, body: { category, identifiers, facts, age } }) => {
      refuseTheShop(id.system)
      const { controller } = id
      if (!isNamed(policyOf(controller), category))
        throw httpError(409, 'category-unknown', `The policy of ${controller} names no category ${category}.`)
      const subjects = identifiers.map((each) => deps.subjectKey({ controller, ...each }))
      const at = deps.clock.now()
      const before = await readHolding(deps.db, id)
      const known = before?.category === category && before.status !== 'erased'
      await guard({ ...id, category, subjects, known, ...(age !== undefined && { age }) })
      const row = await transact(deps, async (trx) => {
        await hold(trx, { ...id, category, facts, subjects: [...new Set(subjects)] }, at)
        return readHolding(trx, id)
      })
      return viewOf(row!, at)
    },
  )
  server.delete(
    '/holdings/:controller/:system/:record',
    {
      config: { access: 'holdings:write' },
      schema: {
        operationId: 'endHolding',
        summary: 'A system holds a record no more',
        description: 'It deleted it by itself. Said twice it is said once.',
        tags,
        params,
        response: { 204: Type.Null(), ...problems(400, 401, 403, 409) },
      },
    },
    async ({ params: id }, reply) => {
      refuseTheShop(id.system)
      await transact(deps, (trx) => endHolding(trx, id))
      return reply.status(204).send(null)
    },
  )
  listRoute(server, deps)
}

function listRoute(server: Server, deps: Deps) {
  server.post(
    '/holdings/of-person',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'listHoldingsOfPerson',
        summary: 'Who holds what of a person',
        description: 'POST, so that no address stands in a log of addresses. Nothing is stored.',
        tags,
        body: Type.Object(
          { controller: ControllerId, identifiers: Type.Array(Identifier, { minItems: 1, maxItems: 10 }) },
          { additionalProperties: false, title: 'PersonAsked' },
        ),
        response: { 200: Type.Object({ items: Type.Array(HoldingView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ body: { controller, identifiers } }) => {
      const keys = identifiers.map((each) => deps.subjectKey({ controller: controller, ...each }))
      const at = deps.clock.now()
      return { items: (await holdingsOf(deps.db, controller, keys)).map((row) => viewOf(row, at)) }
    },
  )
}

/** A category that a policy names, with a period or as what goes on request alone; and accounts, which the law names. */
const isNamed = (policy: Policy, category: string) =>
  rulesFor(policy, category).length > 0 || policy.erasure.takes.some(({ data }) => data === category)
