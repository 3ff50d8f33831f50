import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { visibleTo } from '../../order-facts/http/visible-to.ts'
import { readOrder } from '../../order-facts/store.ts'
import { agreeExchange } from '../agree-exchange.ts'
import { exchangesOf } from '../store.ts'
import { ExchangeView, viewOf } from './exchange-view.ts'

const strict = { additionalProperties: false }
/** Goods that go back, and an order of what the customer has instead, looked at together. */
export function exchanges(server: Server, deps: Deps) {
  agree(server, deps)
  list(server, deps)
}

function agree(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/exchanges/:exchangeId',
    {
      config: { access: 'returns:write' },
      schema: {
        operationId: 'agreeExchange',
        summary: 'Exchange goods for others',
        description:
          'The goods go back by a withdrawal or voluntary return of this order, and what the customer has instead is an order of its own, placed as any at the price of today. Each is paid and paid back whole; `difference` is what that comes to. What goes back follows its own right, and the new goods have their own periods from their own delivery. Should the new order be cancelled, unpaid or out of stock, or the goods never be sent back, the exchange is over and the other part goes on by itself. The program that calls chooses the id: said again alike it is the same (200).',
        tags: ['exchanges'],
        params: Type.Object({ id: Id, exchangeId: Id }),
        body: Type.Object({ returnId: Id, newOrderId: Id }, { ...strict, title: 'ExchangeRequest' }),
        response: { 200: ExchangeView, 201: ExchangeView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId, exchangeId }, body: { returnId, newOrderId }, caller }, reply) => {
      visibleTo(caller, await readOrder(deps.pool, orderId))
      const { facts: replacing } = visibleTo(caller, await readOrder(deps.pool, newOrderId))
      const { stored, isNew } = await agreeExchange(deps, { orderId, exchangeId, returnId, replacing })
      return reply.status(isNew ? 201 : 200).send(viewOf(stored))
    },
  )
}

function list(server: Server, deps: Deps) {
  server.get(
    '/orders/:id/exchanges',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'listExchanges',
        summary: 'The exchanges that an order is part of',
        description: 'In which its goods go back, or which it is the new order of.',
        tags: ['exchanges'],
        params: Type.Object({ id: Id }),
        response: { 200: Type.Object({ items: Type.Array(ExchangeView) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id: orderId }, caller }) => {
      visibleTo(caller, await readOrder(deps.pool, orderId))
      return { items: (await exchangesOf(deps.db, orderId)).map(viewOf) }
    },
  )
}
