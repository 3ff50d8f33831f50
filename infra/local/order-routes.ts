import type { Issuer } from '@vilkar/testing/issuer.ts'
import type { FastifyInstance } from 'fastify'
import { missing, type Show, wantsPage } from './answer.ts'
import { type ListedOrder, type OrderFacts, orderPage } from './order-page.ts'
import type { Urls } from './shopper.ts'

/** Reads orders from the three services, as their support would. */
export function createOrderReader(issuer: Pick<Issuer, 'token'>, urlsOf: () => Urls) {
  /** Undefined for whatever the service does not answer with success. */
  async function ask<T>(url: string) {
    const response = await fetch(url, { headers: { authorization: `Bearer ${await issuer.token('support')}` } })
    return response.ok ? ((await response.json()) as T) : undefined
  }

  return {
    async latest(limit: number) {
      const listed = await ask<{ items: ListedOrder[] }>(`${urlsOf().orders}/orders?limit=${limit}`)
      return listed?.items ?? []
    },
    async read(id: string): Promise<OrderFacts | undefined> {
      const { orders, shipping, returns } = urlsOf()
      const place = encodeURIComponent(id)
      const order = await ask<OrderFacts['order']>(`${orders}/orders/${place}`)
      if (order === undefined) return undefined
      const [history, listed, eligibility] = await Promise.all([
        ask<{ items: OrderFacts['history'] }>(`${orders}/orders/${place}/history`),
        ask<{ items: OrderFacts['shipments'] }>(`${shipping}/shipments?orderId=${place}`),
        ask<NonNullable<OrderFacts['eligibility']>>(`${returns}/orders/${place}/eligibility`),
      ])
      const shipments = (listed?.items ?? []).map(async (shipment) => ({
        ...shipment,
        risk: await ask<NonNullable<OrderFacts['shipments'][number]['risk']>>(
          `${shipping}/shipments/${shipment.id}/risk`,
        ),
      }))
      return { order, history: history?.items ?? [], shipments: await Promise.all(shipments), eligibility }
    },
  }
}
type OrderReader = ReturnType<typeof createOrderReader>

/** An order with all that the services say of it, as a page and as JSON. */
export function orderRoutes(server: FastifyInstance, show: Show, orders: OrderReader, urlsOf: () => Urls) {
  const UNKNOWN = 'There is no such order.'
  server.get<{ Params: { id: string } }>('/orders/:id', async (request, reply) => {
    const facts = await orders.read(request.params.id)
    if (facts === undefined) return missing(request, reply, show, UNKNOWN)
    return wantsPage(request) ? show(reply, facts.order.number, orderPage(facts, urlsOf())) : facts
  })
  server.get<{ Params: { id: string } }>('/orders/:id/json', async (request, reply) => {
    const facts = await orders.read(request.params.id)
    if (facts === undefined) return missing(request, reply, show, UNKNOWN)
    return reply.type('application/json').send(JSON.stringify(facts, null, 2))
  })
}
