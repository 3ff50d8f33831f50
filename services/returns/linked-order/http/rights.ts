import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { eligibility } from '@vilkar/terms/order/entitlements.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { alike, EligibilityOfAlike } from '../../order-facts/http/alike.ts'
import { countingFor, momentOf } from '../../order-facts/http/eligibility.ts'
import { EligibilityView } from '../../order-facts/http/eligibility-view.ts'
import { entitlementsJson } from '../../order-facts/http/entitlements-json.ts'
import { linesNamed, saidFields } from '../../statement/http/statement-body.ts'
import { StatementView } from '../../statement/http/statement-view.ts'
import { stateAndAnswer } from '../../statement/http/withdraw.ts'
import { receiptAddress } from '../../statement/receipt-address.ts'
import type { Statement } from '../../statement/statement.ts'
import { ReturnView } from '../../withdrawal/http/return-view.ts'
import { Availability, availabilityOf } from '../../withdrawal-function/http/availability.ts'
import { Link, LinkQuery, orderOf } from '../order-of-link.ts'
import { type ByLink, tags } from './door.ts'

const receipt = Type.String({ description: 'Where the receipt can be checked.' })
const Withdrawn = Type.Object({ ...ReturnView.properties, receipt }, { title: 'LinkedReturn' })
const Kept = Type.Object({ ...StatementView.properties, receipt }, { title: 'LinkedStatement' })

const JSON_TYPE = 'application/json; charset=utf-8'
const Asked = Type.Object(
  {
    link: Link,
    at: Type.Optional(Type.String({ format: 'date-time', description: 'Now if it is left out.' })),
  },
  { additionalProperties: false },
)

/** What may be returned, line by line, and once for lines that are alike. */
function what(server: Server, deps: Deps, door: ByLink) {
  const viewOf = async ({ link, at }: Static<typeof Asked>) => {
    const { facts } = await orderOf(deps, link)
    return eligibility(facts, momentOf(at, deps.clock.now), countingFor(at))
  }
  server.get(
    '/linked-order/eligibility',
    {
      ...door,
      schema: {
        operationId: 'readLinkedEligibility',
        summary: 'What may be returned of the order of a link, until when, and why',
        tags,
        querystring: Asked,
        response: { 200: EligibilityView, ...problems(400, 404) },
      },
    },
    async ({ query }, reply) => reply.type(JSON_TYPE).send(entitlementsJson(await viewOf(query)) as never),
  )
  server.get(
    '/linked-order/eligibility/alike',
    {
      ...door,
      schema: {
        operationId: 'readLinkedEligibilityOfAlike',
        summary: 'What may be returned of the order of a link, said once for lines that are alike',
        description: 'As `GET /linked-order/eligibility`, for who shows an order of many lines.',
        tags,
        querystring: Asked,
        response: { 200: EligibilityOfAlike, ...problems(400, 404) },
      },
    },
    async ({ query }, reply) => reply.type(JSON_TYPE).send(entitlementsJson(alike(await viewOf(query))) as never),
  )
}

/** What the order of a link entitles to, and withdrawing from it. */
export function rights(server: Server, deps: Deps, door: ByLink) {
  const { clock } = deps
  what(server, deps, door)
  server.get(
    '/linked-order/withdrawal-function',
    {
      ...door,
      schema: {
        operationId: 'readLinkedWithdrawalFunction',
        summary: 'Whether to show the withdrawal function for the order of a link',
        tags,
        querystring: LinkQuery,
        response: { 200: Availability, ...problems(400, 404) },
      },
    },
    async ({ query: { link } }) => availabilityOf((await orderOf(deps, link)).facts, clock.now()),
  )
  server.post(
    '/linked-order/withdrawals',
    {
      ...door,
      schema: {
        operationId: 'withdrawByLink',
        summary: 'Withdraw from the order of a link, or a part of it',
        description: 'As `POST /orders/{id}/withdrawals`, for whoever has the link.',
        tags,
        body: Type.Object({ link: Link, ...saidFields }, { additionalProperties: false, title: 'LinkedWithdrawal' }),
        response: { 200: Withdrawn, 201: Withdrawn, 202: Kept, ...problems(400, 404, 409) },
      },
    },
    async ({ body: { link, lines, statement: words, additional } }, reply) => {
      const { facts } = await orderOf(deps, link)
      const now = clock.now().toString()
      const statement: Statement = {
        ...{ id: uuidv7(), orderId: facts.orderId, channel: 'withdrawal-function' },
        ...{ receivedAt: now, recordedAt: now },
        said: { ...(lines && { lines: linesNamed(lines) }), ...(additional && { additional }) },
        personal: { ...(words !== undefined && { words }) },
      }
      const { status, body: view } = await stateAndAnswer(deps, statement)
      return reply.status(status).send({ ...view, receipt: await receiptAddress(deps, statement) } as never)
    },
  )
}
