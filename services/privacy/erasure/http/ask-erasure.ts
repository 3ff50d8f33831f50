import { Id } from '@vilkar/contracts/event.ts'
import { MOST_ORDERS } from '@vilkar/contracts/privacy.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { erasure } from '@vilkar/terms/privacy/erasure.ts'
import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { SHOP } from '../../subjects/of-the-shop.ts'
import { askErasure as ask } from '../ask.ts'
import { answersTo, readErasure } from '../store.ts'
import { ErasureView, erasureView } from './erasure-view.ts'

const tags = ['erasures']
const params = Type.Object({ id: Id })

/** `PUT` and `GET /erasures/{id}`: staff has orders erased, whoever they are of. A person's own wish is a request (`requests/`). */
export function askErasure(server: Server, deps: Deps) {
  server.put(
    '/erasures/:id',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'askErasure',
        summary: 'Have the personal data of orders erased',
        description:
          'Each service that holds any is told and answers; what has something under way is postponed there. What bookkeeping keeps stays while it does (bokføringsloven § 13). The id is the caller’s to choose; said again alike nothing more happens. GDPR Art. 17(1).',
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
        response: { 200: ErasureView, ...problems(400, 401, 403, 409) },
      },
    },
    async ({ params: { id }, body: { controller, orderIds, why }, caller }) => {
      const at = deps.clock.now()
      const { reasons } = erasure(policyOf(controller), { receivedOn: osloDay(at) })
      const asked = { id, controller, system: SHOP, records: orderIds, reasons, at }
      const row = await transact(deps, async (trx) => {
        await ask(trx, { ...asked, keeps: ['accounts'], cause: 'requested', askedBy: caller.subject, why: asKept(why) })
        return (await readErasure(trx, id))!
      })
      const isSame = row.controller === controller && new Set([...row.records, ...orderIds]).size === row.records.length
      if (!isSame || row.records.length !== orderIds.length)
        throw httpError(409, 'erasure-differs', 'Another erasure was asked for under this id.')
      return erasureView(row, await answersTo(deps.db, [id]))
    },
  )
  server.get(
    '/erasures/:id',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'readErasure',
        summary: 'Read an erasure and what was answered to it',
        tags,
        params,
        response: { 200: ErasureView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const row = await readErasure(deps.db, id)
      if (row === undefined) throw httpError(404, 'erasure-unknown', 'There is no such erasure.')
      return erasureView(row, await answersTo(deps.db, [id]))
    },
  )
}
