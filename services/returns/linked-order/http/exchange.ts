import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { agreeExchange } from '../../exchange/agree-exchange.ts'
import { ExchangeView, viewOf } from '../../exchange/http/exchange-view.ts'
import { Link, orderOf } from '../order-of-link.ts'
import { type ByLink, tags } from './door.ts'

/** Exchanging goods of the order of a link for those of a newer order, whose own link has to be shown. */
export const exchange = (server: Server, deps: Deps, door: ByLink) =>
  server.put(
    '/linked-order/exchanges/:exchangeId',
    {
      ...door,
      schema: {
        operationId: 'agreeExchangeByLink',
        summary: 'Exchange goods of the order of a link for others',
        description:
          'As `PUT /orders/{id}/exchanges/{exchangeId}`, for whoever has the links of both orders. Said again alike it is the same (200).',
        tags,
        params: Type.Object({ exchangeId: Id }),
        body: Type.Object(
          {
            link: Link,
            returnId: Type.String({ ...Id, description: 'Of the order of `link`.' }),
            newLink: Type.String({ ...Link, description: 'The link of the order of what the customer has instead.' }),
          },
          { additionalProperties: false, title: 'LinkedExchange' },
        ),
        response: { 200: ExchangeView, 201: ExchangeView, ...problems(400, 404, 409) },
      },
    },
    async ({ params: { exchangeId }, body: { link, returnId, newLink } }, reply) => {
      const { orderId } = (await orderOf(deps, link)).facts
      const { facts: replacing } = await orderOf(deps, newLink)
      const { stored, isNew } = await agreeExchange(deps, { orderId, exchangeId, returnId, replacing })
      return reply.status(isNew ? 201 : 200).send(viewOf(stored))
    },
  )
