import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { pendingChange } from '../../order/address.ts'
import { handle, lockOrder } from '../../order/handle.ts'
import { OrderView, viewOf } from '../../order/http/order-view.ts'
import { findOrder, OrderParams } from '../../order/http/read-orders.ts'
import { AddressInput, addressOf } from './address.ts'

const AddressChangeBody = Type.Object(
  { shippingAddress: AddressInput, why: Why },
  { additionalProperties: false, title: 'AddressChange' },
)

/** `PUT /orders/{id}/shipping-address`: goods that have not left go elsewhere, at the same price. */
export function changeAddress(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/shipping-address',
    {
      config: { access: 'orders:place' },
      schema: {
        operationId: 'changeShippingAddress',
        summary: 'Have goods that have not left sent to another address',
        description:
          'In the same country and the same VAT area, so that price, VAT and rights stay as they were agreed; else it is refused with what would change. 202: shipping is being asked whether goods are still here (`addressChange`); of several shipments those that have not left go to the new address. The customer is told by mail what came of it, and documents that are issued later have the new address. 200: it is the address already. Said twice it is asked once.',
        tags: ['orders'],
        params: OrderParams,
        body: AddressChangeBody,
        response: { 200: OrderView, 202: OrderView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId }, body: { shippingAddress, why }, caller }, reply) => {
      await findOrder(deps, caller, orderId)
      const to = addressOf('body.shippingAddress', shippingAddress)
      const { stored, refusal } = await transact(deps, async (trx) => {
        const locked = (await lockOrder(trx, orderId))!
        const { shippingAddress: from, addressChange: asked } = locked.personal
        const at = deps.clock.now().toString()
        const who = { by: caller.subject, why: asKept(why) }
        const data = { orderId, at, requestId: uuidv7(), from, ...(asked && { asked }), to, ...who }
        return handle(trx, { type: 'ChangeAddress', data }, deps, locked)
      })
      if (refusal) throw refusalError(refusal)
      return reply.status(pendingChange(stored!.state) ? 202 : 200).send(viewOf(stored!))
    },
  )
}
