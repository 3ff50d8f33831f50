import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { eligibility } from '@vilkar/terms/order/entitlements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { visibleTo } from '../../order-facts/http/visible-to.ts'
import { readOrder } from '../../order-facts/store.ts'

export const Availability = Type.Object(
  {
    available: Type.Boolean({ description: 'Whether the function is to be shown: as long as the right lasts.' }),
    until: Type.Optional(
      Type.String({
        description: 'The last day, in Europe/Oslo; left out while the period has not begun, and once it is over.',
      }),
    ),
  },
  { title: 'WithdrawalFunction' },
)

/** Whether any of the order can be withdrawn from at a moment, and until when: exactly as long the function is there (§ 20 a). */
export function availabilityOf(facts: OrderFacts, at: Temporal.Instant): Static<typeof Availability> {
  const open = eligibility(facts, at, 'all-known').lines.filter(
    ({ withdrawal, returnable }) => returnable > 0 && withdrawal.outcome !== 'refused',
  )
  if (open.length === 0) return { available: false }
  const days = open.map(({ withdrawal }) => withdrawal.until)
  const until = days.includes(undefined) ? undefined : days.toSorted().at(-1)
  return { available: true, ...(until && { until }) }
}

/** `GET /orders/{id}/withdrawal-function`: for a storefront that knows its customer. */
export const availability = (server: Server, { pool, clock }: Deps) =>
  server.get(
    '/orders/:id/withdrawal-function',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'readWithdrawalFunction',
        summary: 'Whether to show the withdrawal function for an order',
        tags: ['withdrawal function'],
        params: Type.Object({ id: Id }),
        response: { 200: Availability, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, caller }) =>
      availabilityOf(visibleTo(caller, await readOrder(pool, id)).facts, clock.now()),
  )
