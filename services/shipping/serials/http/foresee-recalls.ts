import { Id } from '@vilkar/contracts/event.ts'
import { Reasons, Sku } from '@vilkar/contracts/parts.ts'
import { RecallScope } from '@vilkar/contracts/shipping-serials.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { byLaw } from '@vilkar/terms/ruling/citing.ts'
import { regulation2023988 } from '@vilkar/terms/statute/regulation-2023-988.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { recallIn } from '../../shipment/recalled.ts'
import { affectedOf } from '../affected.ts'
import { cameBackOf, heldBack, shipmentsOfOrders } from '../found.ts'
import { countNotices, readNotice, readRecall, shipmentsAfter } from '../store.ts'
import { scopeIn } from './recall-scope.ts'

const strict = { additionalProperties: false }
const tags = ['serials']
const Count = (description: string) => Type.Integer({ minimum: 0, description })
const Why = Type.Unsafe<Static<typeof Reasons>>({ ...Reasons, description: 'What it rests on.' })
const Changes = Type.Boolean({ description: 'false: it was said already, and nothing more would happen.' })
/** So many pages of shipments are looked at for an answer; of a shop with more it is a part. */
const MOST_PAGES = 50

const TOLD = byLaw('recall-told-directly', regulation2023988('Art. 35(1)'), regulation2023988('Art. 36(2)'))
const REMEDIES = byLaw('recall-remedies', regulation2023988('Art. 37(1)'), regulation2023988('Art. 37(2)'))

const RecallForeseen = Type.Object(
  {
    orders: Count('Customers who would be told, each by one mail.'),
    units: Type.Object({
      out: Count('Units that they have or get.'),
      cameBack: Count('Units that came back.'),
      unnumbered: Count('Units among those that are out of which no number is known, so that they may be others.'),
    }),
    here: Count('Shipments with the product that are here and would not leave with such units.'),
    complete: Type.Boolean({ description: 'false: there are more shipments than were looked at.' }),
    reasons: Why,
  },
  { title: 'RecallForeseen' },
)
const EndForeseen = Type.Object(
  {
    changes: Changes,
    untold: Count('Customers of whom it is not known that they were told: nobody would look after them any more.'),
    here: Count('Shipments with the product that are here, and may leave again.'),
    reasons: Why,
  },
  { title: 'RecallEndForeseen' },
)
const ToldForeseen = Type.Object({ changes: Changes, reasons: Why }, { title: 'ToldOfRecallForeseen' })

/** What would follow of a recall, of its end, and of saying that somebody was told of it; nothing is done. */
export function foreseeRecalls(server: Server, deps: Deps) {
  foreseeAnnouncing(server, deps)
  foreseeEnd(server, deps)
  foreseeTold(server, deps)
}

function foreseeAnnouncing(server: Server, { db }: Deps) {
  server.post(
    '/recalls/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewRecall',
        summary: 'See whom a recall would concern',
        description:
          'Nothing is done. All shipments are looked at as a recall looks at them: who has units, what came back, and what is here and would stay.',
        tags,
        body: Type.Object({ sku: Sku, ...RecallScope.properties }, { ...strict, title: 'RecallAsked' }),
        response: { 200: RecallForeseen, ...problems(400, 401, 403) },
      },
    },
    async ({ body: { sku, ...said } }) => {
      const recall = recallIn({ id: '', sku, scope: scopeIn(said) })
      const units = { out: 0, cameBack: 0, unnumbered: 0 }
      const concerned = new Set<string>()
      let after: string | null = null
      let page = 0
      do {
        const { orderIds, next } = await shipmentsAfter(db, after, sku)
        const fresh = orderIds.filter((id) => !concerned.has(id))
        const shipments = await shipmentsOfOrders(db, fresh)
        const back = await cameBackOf(db, shipments)
        for (const [orderId, kept] of shipments) {
          const states = kept.map(({ state }) => state)
          for (const unit of affectedOf(recall, states, back(orderId))) {
            units[unit.isBack ? 'cameBack' : 'out'] += unit.quantity
            if (unit.isBack) continue
            concerned.add(orderId)
            if (unit.serialNumber === undefined && unit.lotNumber === undefined) units.unnumbered += unit.quantity
          }
        }
        after = next
        page += 1
      } while (after !== null && page < MOST_PAGES)
      const here = await heldBack(db, sku)
      return { orders: concerned.size, units, here, complete: after === null, reasons: [TOLD, REMEDIES] }
    },
  )
}

const unknown = (): never => {
  throw httpError(404, 'recall-unknown', 'There is no such recall.')
}

function foreseeEnd(server: Server, { db }: Deps) {
  server.post(
    '/recalls/:id/end/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewRecallEnd',
        summary: 'See what would follow of ending a recall',
        description: 'Nothing is done. Whoever was not told by then is not told by us any more.',
        ...{ tags, params: Type.Object({ id: Id }, strict) },
        response: { 200: EndForeseen, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const recall = (await readRecall(db, id)) ?? unknown()
      const counts = await countNotices(db, id)
      const untold = (counts.get('waiting') ?? 0) + (counts.get('unreachable') ?? 0)
      const here = await heldBack(db, recall.sku)
      return { changes: recall.ended_at === null, untold, here, reasons: [TOLD] }
    },
  )
}

function foreseeTold(server: Server, { db }: Deps) {
  server.post(
    '/recalls/:id/notices/:orderId/told/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewToldOfRecall',
        summary: 'See what would follow of saying that a customer was told otherwise than by mail',
        description: 'Nothing is done. It is refused as the saying would be now.',
        ...{ tags, params: Type.Object({ id: Id, orderId: Id }, strict) },
        response: { 200: ToldForeseen, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id, orderId } }) => {
      const notice = await readNotice(db, id, orderId)
      if (notice === undefined)
        throw httpError(404, 'recall-notice-unknown', 'The customer of this order is not told of this recall.')
      return { changes: notice.outcome !== 'told-by-person', reasons: [TOLD] }
    },
  )
}
