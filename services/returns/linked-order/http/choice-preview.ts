import { Day, Id } from '@vilkar/contracts/event.ts'
import { Currency, LinePart, MAX_LINES, Reasons } from '@vilkar/contracts/parts.ts'
import { Remedy } from '@vilkar/contracts/returns-remedy.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { decider } from '../../complaint/decider.ts'
import { foreseenOf } from '../../complaint/foresee.ts'
import { readComplaint } from '../../complaint/store.ts'
import type { Deps } from '../../deps.ts'
import { foreseeLoss } from '../../loss/foresee.ts'
import { caseOf, Link, orderOf } from '../order-of-link.ts'
import { type ByLink, tags } from './door.ts'

const strict = { additionalProperties: false }
const amount = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }))
const lines = Type.Array(LinePart)

const RemedyForeseen = Type.Object(
  {
    ...{ remedy: Remedy, lines, currency: Currency, reasons: Reasons },
    doneBy: Type.Optional(Type.String({ ...Day, description: 'By when it is to be put right, or the price lowered.' })),
    sendsBack: Type.Boolean({ description: 'The goods are to be sent to the shop, at its cost.' }),
    amount: amount('What would be paid back, were the goods back today.'),
    most: amount('More than this cannot be paid back as a lower price.'),
    dueOn: Type.Optional(Type.String({ ...Day, description: 'The last day to pay it back, where it is known.' })),
  },
  { title: 'RemedyForeseen' },
)
type RemedyForeseen = Static<typeof RemedyForeseen>

const RefundForeseen = Type.Object(
  {
    ...{ lines: Type.Array(Type.Object({ ...LinePart.properties, amount: Type.Integer() })), currency: Currency },
    amount: Type.Integer({ minimum: 0, description: 'What would be paid back in all.' }),
    deliveryAmount: Type.Integer({ minimum: 0, description: 'Of that for the delivery.' }),
    dueOn: Type.String({ ...Day, description: 'The last day to pay it back.' }),
    reasons: Reasons,
  },
  { title: 'LossRefundForeseen' },
)

/** What would follow of a choice that the customer has, with nothing done: of defective goods, and of goods that were lost. */
export function choicePreviews(server: Server, deps: Deps, door: ByLink) {
  remedyPreview(server, deps, door)
  lossPreview(server, deps, door)
}

function remedyPreview(server: Server, deps: Deps, door: ByLink) {
  server.post(
    '/linked-order/complaints/:id/choice/preview',
    {
      ...door,
      schema: {
        operationId: 'previewRemedyByLink',
        summary: 'See what would follow of a choice of what is to become of defective goods',
        description:
          'Nothing is done. Refused as `PUT /linked-order/complaints/{id}/choice` would be now. A sum is that of today.',
        tags,
        params: Type.Object({ id: Id }),
        body: Type.Object({ link: Link, remedy: Remedy }, { ...strict, title: 'LinkedRemedyPreview' }),
        response: { 200: RemedyForeseen, ...problems(400, 404, 409) },
      },
    },
    async ({ params: { id }, body: { link, remedy } }): Promise<RemedyForeseen> => {
      const { order, found } = await caseOf(deps, link, id)
      const stored = found.kind === 'complaint' ? await readComplaint(deps.db, id) : undefined
      if (stored === undefined) throw httpError(404, 'case-unknown', 'There is no such case.')
      const { state } = stored
      const facts = order.facts as OrderFacts
      const data = { returnId: id, at: deps.clock.now().toString(), facts, remedy, cureId: uuidv7() }
      const { events, refusal } = decider.decide({ type: 'ChooseRemedy', data }, state)
      if (refusal) throw refusalError(refusal)
      const chosen = events.find(({ type }) => type === 'RemedyChosen')?.data ?? state.chosen
      return foreseenOf(data, chosen as never, { events, state })
    },
  )
}

function lossPreview(server: Server, deps: Deps, door: ByLink) {
  server.post(
    '/linked-order/losses/preview',
    {
      ...door,
      schema: {
        operationId: 'previewLossRefundByLink',
        summary: 'See what would be paid back for goods of the order of a link that were lost',
        description:
          'Nothing is done. What is paid back and by when if the customer chooses their money today by `PUT /linked-order/damage-reports/{id}/choice`, which says whether they may.',
        tags,
        body: Type.Object(
          {
            ...{ link: Link, reportId: Id, shipmentId: Id },
            lines: Type.Array(Type.Object(LinePart.properties, strict), { minItems: 1, maxItems: MAX_LINES }),
          },
          { ...strict, title: 'LinkedLossPreview' },
        ),
        response: { 200: RefundForeseen, ...problems(400, 404) },
      },
    },
    async ({ body: { link, reportId, shipmentId, lines } }) => {
      const facts = (await orderOf(deps, link)).facts as OrderFacts
      const data = foreseeLoss(facts, { reportId, shipmentId, lines, settledAt: deps.clock.now().toString() })
      const { amount, deliveryAmount, currency, dueOn, reasons } = data
      return { lines: data.lines, amount, deliveryAmount, currency, dueOn, reasons }
    },
  )
}
