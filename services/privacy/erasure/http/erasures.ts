import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { Controller, ErasureCause, Kept, MOST_ORDERS } from '@vilkar/contracts/privacy.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { erasure } from '@vilkar/terms/privacy/erasure.ts'
import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { askErasure } from '../handle.ts'
import type { ErasureCommand } from '../state.ts'
import { readErasure, type StoredErasure } from '../store.ts'

const tags = ['erasure']
const params = Type.Object({ id: Id })
const ErasureView = Type.Object(
  {
    id: Id,
    controller: Controller,
    orderIds: Type.Array(Id),
    keeps: Type.Array(Kept),
    cause: ErasureCause,
    askedAt: Instant,
    answerBy: Instant,
    reasons: Reasons,
  },
  { title: 'Erasure' },
)

/** Erasures: asked for by staff, and read. */
export function erasures(server: Server, deps: Deps) {
  askRoute(server, deps)
  readRoute(server, deps)
}

function askRoute(server: Server, deps: Deps) {
  server.put(
    '/erasures/:id',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'askErasure',
        summary: 'Have the personal data of orders erased',
        description:
          'By staff, on request of the person. Every service that holds any of it is told and answers; what has something under way is postponed there. What bookkeeping keeps stays while it does (bokføringsloven § 13). The id is the caller’s to choose; said again alike nothing more happens. GDPR Art. 17(1).',
        tags,
        params,
        body: Type.Object(
          {
            controller: ControllerId,
            orderIds: Type.Array(Id, { minItems: 1, maxItems: MOST_ORDERS, uniqueItems: true }),
            why: Why,
          },
          { additionalProperties: false, title: 'ErasureBody' },
        ),
        response: { 200: ErasureView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { controller, orderIds, why }, caller }) => {
      if (!caller.scopes.has('staff'))
        throw httpError(403, 'scope-missing', 'This needs a token with the scope "staff".')
      const now = deps.clock.now()
      const { reasons } = erasure(policyOf(controller), { receivedOn: osloDay(now) })
      const command: ErasureCommand = {
        type: 'AskErasure',
        data: {
          ...{ erasureId: id, controller, orderIds, keeps: ['accounts'], cause: 'requested', reasons },
          ...{ at: now.toString(), by: caller.subject, why },
        },
      }
      const { stored, refusal } = await transact(deps, (trx) => askErasure(trx, command))
      if (refusal) throw refusalError(refusal)
      return viewOf(stored!)
    },
  )
}

function readRoute(server: Server, { db }: Deps) {
  server.get(
    '/erasures/:id',
    {
      config: { access: 'privacy:read' },
      schema: {
        ...{ operationId: 'readErasure', summary: 'What holders were asked to erase, and why', tags, params },
        response: { 200: ErasureView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const found = await readErasure(db, id)
      if (found === undefined) throw httpError(404, 'erasure-unknown', 'No such erasure was asked for.')
      return viewOf(found)
    },
  )
}

function viewOf({ id, state: { status: _, ...asked } }: StoredErasure) {
  return { id, ...asked }
}
