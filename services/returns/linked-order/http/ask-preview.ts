import { Day, Id } from '@vilkar/contracts/event.ts'
import { Currency, Reasons } from '@vilkar/contracts/parts.ts'
import { VoluntaryReturnRequested } from '@vilkar/contracts/returns-voluntary.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { partThatGoesBack, totalOf, whyNot } from '../../exchange/agree.ts'
import { takenBy } from '../../exchange/store.ts'
import { mergeLines } from '../../order-facts/merge-lines.ts'
import { requestFields } from '../../voluntary-return/http/voluntary-returns.ts'
import { requestReturn } from '../../voluntary-return/request-return.ts'
import { Link, orderOf } from '../order-of-link.ts'
import { type ByLink, tags } from './door.ts'

const strict = { additionalProperties: false }
const { lines, refused, returnCostBearer } = VoluntaryReturnRequested.properties.data.properties

const ReturnForeseen = Type.Object(
  {
    ...{ lines, refused, returnCostBearer, currency: Currency, reasons: Reasons },
    refundEstimate: Type.Integer({ description: 'The price of the goods: delivery stays paid.' }),
    sendBackBy: Type.String({ ...Day, description: 'By when the goods are to be on their way.' }),
  },
  { title: 'VoluntaryReturnForeseen' },
)
const ExchangeForeseen = Type.Object(
  {
    ...{ returnId: Id, currency: Currency, reasons: Reasons },
    refundEstimate: Type.Integer({ description: 'What comes back for the goods that go back, as far as is known.' }),
    newTotal: Type.Integer({ description: 'What the other order costs.' }),
    difference: Type.Integer({ description: 'What the customer pays more; less than 0 is what they get back.' }),
  },
  { title: 'ExchangeForeseen' },
)

/** What would follow of what a customer asks for by the page of their order, with nothing done. */
export function askPreviews(server: Server, deps: Deps, door: ByLink) {
  voluntaryPreview(server, deps, door)
  exchangePreview(server, deps, door)
}

function voluntaryPreview(server: Server, deps: Deps, door: ByLink) {
  server.post(
    '/linked-order/voluntary-returns/preview',
    {
      ...door,
      schema: {
        operationId: 'previewVoluntaryReturnByLink',
        summary: 'See what would follow of sending goods of the order of a link back by the offer of the terms',
        description: 'Nothing is done. Refused as `POST /linked-order/voluntary-returns` would be now.',
        tags,
        body: Type.Object(
          { link: Link, lines: requestFields.lines },
          { ...strict, title: 'LinkedVoluntaryReturnPreview' },
        ),
        response: { 200: ReturnForeseen, ...problems(400, 404, 409) },
      },
    },
    async ({ body: { link, lines } }) => {
      const facts = (await orderOf(deps, link)).facts as OrderFacts
      const asked = { returnId: uuidv7(), at: deps.clock.now().toString(), facts }
      const { events, refusal } = requestReturn({ ...asked, ...(lines && { lines: mergeLines(lines) }) })
      if (refusal) throw refusalError(refusal)
      const requested = events.find(({ type }) => type === 'VoluntaryReturnRequested') as VoluntaryReturnRequested
      const { data } = requested
      return {
        ...{ lines: data.lines, currency: data.currency, reasons: data.reasons },
        ...{ refundEstimate: data.refundEstimate, sendBackBy: data.sendBackBy },
        ...(data.refused && { refused: data.refused }),
        ...(data.returnCostBearer && { returnCostBearer: data.returnCostBearer }),
      }
    },
  )
}

function exchangePreview(server: Server, deps: Deps, door: ByLink) {
  server.post(
    '/linked-order/exchanges/preview',
    {
      ...door,
      schema: {
        operationId: 'previewExchangeByLink',
        summary: 'See what would follow of exchanging goods of the order of a link for others',
        description:
          'Nothing is done. Refused as `PUT /linked-order/exchanges/{exchangeId}` would be now. `newLink` is that of the order of what the customer has instead.',
        tags,
        body: Type.Object({ link: Link, returnId: Id, newLink: Link }, { ...strict, title: 'LinkedExchangePreview' }),
        response: { 200: ExchangeForeseen, ...problems(400, 404, 409) },
      },
    },
    async ({ body: { link, returnId, newLink } }) => {
      const facts = (await orderOf(deps, link)).facts
      const { facts: replacing } = await orderOf(deps, newLink)
      const part = await partThatGoesBack(deps.db, returnId)
      if (part?.orderId !== facts.orderId) throw httpError(404, 'return-unknown', 'The order has no such return.')
      const wrong = whyNot(facts, replacing, part)
      if (wrong) throw refusalError(wrong)
      const other = await takenBy(deps.db, { exchangeId: uuidv7(), returnId, newOrderId: replacing.orderId })
      if (other) throw httpError(409, 'exchange-mismatch', `One of them is part of exchange ${other} already.`)
      const newTotal = totalOf(replacing)
      const { refundEstimate, reasons } = part
      return {
        ...{ returnId, currency: facts.currency, refundEstimate, newTotal, reasons },
        difference: newTotal - refundEstimate,
      }
    },
  )
}
