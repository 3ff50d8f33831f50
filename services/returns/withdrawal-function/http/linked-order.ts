import { randomUUIDv7 } from 'node:crypto'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { isForAddress, linkUnknown, ORDER_LINK } from '@vilkar/server/signed-links.ts'
import { eligibility } from '@vilkar/terms/order/entitlements.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { EligibilityView } from '../../order-facts/http/eligibility-view.ts'
import { entitlementsJson } from '../../order-facts/http/entitlements-json.ts'
import { orderUnknown } from '../../order-facts/http/visible-to.ts'
import type { PlacedOrder } from '../../order-facts/projection.ts'
import { readOrder } from '../../order-facts/store.ts'
import { linesNamed, saidFields } from '../../statement/http/statement-body.ts'
import { stateAndAnswer, withdrawalAnswers } from '../../statement/http/withdraw.ts'
import type { Statement } from '../../statement/statement.ts'
import { Availability, availabilityOf } from './availability.ts'

const Link = Type.String({
  minLength: 1,
  maxLength: 1_000,
  description: 'The signed link of a mail: what stands behind `link=`.',
})
const querystring = Type.Object({ link: Link }, { additionalProperties: false })
const tags = ['withdrawal function']

/** What the bearer of a signed link may do with its one order, without a token: see what it entitles to, and withdraw. */
export function linkedOrder(server: Server, deps: Deps) {
  const { clock } = deps
  server.get(
    '/linked-order/eligibility',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'readLinkedEligibility',
        summary: 'What may be returned of the order of a link, until when, and why',
        tags,
        querystring,
        response: { 200: EligibilityView, ...problems(400, 404) },
      },
    },
    async ({ query: { link } }, reply) => {
      const { facts } = await orderOf(deps, link)
      const view = eligibility(facts, clock.now(), 'all-known')
      return reply.type('application/json; charset=utf-8').send(entitlementsJson(view) as never)
    },
  )
  server.get(
    '/linked-order/withdrawal-function',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'readLinkedWithdrawalFunction',
        summary: 'Whether to show the withdrawal function for the order of a link',
        tags,
        querystring,
        response: { 200: Availability, ...problems(400, 404) },
      },
    },
    async ({ query: { link } }) => availabilityOf((await orderOf(deps, link)).facts, clock.now()),
  )
  server.post(
    '/linked-order/withdrawals',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'withdrawByLink',
        summary: 'Withdraw from the order of a link, or a part of it',
        description: 'As `POST /orders/{id}/withdrawals`, for whoever has the link.',
        tags,
        body: Type.Object({ link: Link, ...saidFields }, { additionalProperties: false, title: 'LinkedWithdrawal' }),
        response: { ...withdrawalAnswers, ...problems(400, 404, 409) },
      },
    },
    async ({ body: { link, lines, statement: words, additional } }, reply) => {
      const { facts } = await orderOf(deps, link)
      const now = clock.now().toString()
      const statement: Statement = {
        ...{
          id: randomUUIDv7(),
          orderId: facts.orderId,
          channel: 'withdrawal-function',
          receivedAt: now,
          recordedAt: now,
        },
        said: { ...(lines && { lines: linesNamed(lines) }), ...(additional && { additional }) },
        personal: { ...(words !== undefined && { words }) },
      }
      const { status, body: view } = await stateAndAnswer(deps, statement)
      return reply.status(status).send(view as never)
    },
  )
}

/** Throws a 404 problem for a link that is none, or was mailed to an address that is the order's no more. */
async function orderOf({ links, pool }: Deps, link: string): Promise<PlacedOrder> {
  const { subject, content } = await links.read(link, ORDER_LINK)
  const order = (await readOrder(pool, subject)) ?? orderUnknown()
  if (!isForAddress(content, subject, order.personal.email)) throw linkUnknown()
  return order
}
