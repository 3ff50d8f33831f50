import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Sku } from '@vilkar/contracts/parts.ts'
import { NoticeText, RecallNoticeAsked, RecallRemedy, RecallScope } from '@vilkar/contracts/shipping-serials.ts'
import type { Kysely } from 'kysely'
import { type Static, Type } from 'typebox'
import type { Database } from '../../database.ts'
import { recallIn } from '../../shipment/recalled.ts'
import { affectedOf } from '../affected.ts'
import { cameBackOf, shipmentsOfOrders } from '../found.ts'
import { countNotices, listNotices, type NoticeRow, type RecallRow } from '../store.ts'
import { type NoticeOutcome, noticeOutcomes } from '../tables.ts'

const ORDERS_AT_ONCE = 500
const Count = (description: string) => Type.Integer({ minimum: 0, description })
const Units = RecallNoticeAsked.properties.data.properties.units

export const NoticeOutcomeSchema = Type.Unsafe<NoticeOutcome>(
  Type.Union(
    noticeOutcomes.map((outcome) => Type.Literal(outcome)),
    {
      description:
        'waiting: it is not known yet what became of the mail; told: a mail server took it; unreachable: it was refused or came back; told-by-person: somebody told them otherwise.',
    },
  ),
)

/** A recall and how far it has come. */
export const RecallView = Type.Object(
  {
    id: Id,
    sku: Sku,
    ...RecallScope.properties,
    ...{ hazard: NoticeText, whatToDo: NoticeText, remedies: Type.Array(RecallRemedy) },
    ...{ announcedAt: Instant, endedAt: Type.Optional(Type.String()), why: Type.Optional(Type.String()) },
    sweptAt: Type.Optional(
      Type.String({ description: 'When all shipments had been looked at last; left out, the first look goes on.' }),
    ),
    orders: Type.Object({
      asked: Count('Orders whose customer is or was to be told.'),
      told: Count('By mail.'),
      toldByPerson: Count('Otherwise.'),
      unreachable: Count('No mail reaches them: a person is to tell them.'),
      waiting: Count('What became of the mail is not known yet.'),
    }),
    units: Type.Object({
      out: Count('Units that customers of these orders have or get.'),
      cameBack: Count('Recalled units of these orders that came back.'),
      unnumbered: Count('Units among those that are out of which no number is known, so that they may be others.'),
    }),
  },
  { title: 'Recall' },
)

/** What one customer was told, and what of it came back. */
export const NoticeView = Type.Object(
  {
    ...{ orderId: Id, outcome: NoticeOutcomeSchema, askedAt: Instant, settledAt: Type.Optional(Type.String()) },
    how: Type.Optional(Type.String({ description: 'How somebody told them otherwise than by mail.' })),
    units: Type.Array(Type.Object({ ...Units.items.properties, cameBack: Type.Boolean() })),
  },
  { title: 'RecallNotice' },
)

const instant = (moment: string | null) => (moment === null ? undefined : Temporal.Instant.from(moment).toString())

/** The notices of a recall as they stand: the units of each order now, and whether they came back. */
export async function noticesOf(
  db: Kysely<Database>,
  recall: RecallRow,
  rows: NoticeRow[],
): Promise<Static<typeof NoticeView>[]> {
  const shipments = await shipmentsOfOrders(
    db,
    rows.map(({ order_id }) => order_id),
  )
  const back = await cameBackOf(db, shipments)
  return rows.map(({ order_id: orderId, outcome, asked_at, settled_at, personal }) => {
    const states = (shipments.get(orderId) ?? []).map(({ state }) => state)
    const units = affectedOf(recallIn(recall), states, back(orderId)).map(({ isBack: cameBack, ...unit }) => ({
      ...unit,
      cameBack,
    }))
    const said = { settledAt: instant(settled_at), how: personal.how }
    return { orderId, outcome, askedAt: instant(asked_at)!, ...said, units }
  })
}

export async function viewOf(db: Kysely<Database>, recall: RecallRow): Promise<Static<typeof RecallView>> {
  const counts = await countNotices(db, recall.id)
  const of = (outcome: NoticeOutcome) => counts.get(outcome) ?? 0
  const units = { out: 0, cameBack: 0, unnumbered: 0 }
  for (let after: string | undefined; ; ) {
    const rows = await listNotices(db, recall.id, { after, limit: ORDERS_AT_ONCE })
    for (const { quantity, cameBack, serialNumber, lotNumber } of (await noticesOf(db, recall, rows)).flatMap(
      (each) => each.units,
    )) {
      units[cameBack ? 'cameBack' : 'out'] += quantity
      if (!cameBack && serialNumber === undefined && lotNumber === undefined) units.unnumbered += quantity
    }
    if (rows.length < ORDERS_AT_ONCE) break
    after = rows.at(-1)!.order_id
  }
  return {
    ...{ id: recall.id, sku: recall.sku, ...recall.scope, ...recall.notice },
    ...{ announcedAt: instant(recall.announced_at)!, endedAt: instant(recall.ended_at), why: recall.personal.why },
    sweptAt: instant(recall.swept_at),
    orders: {
      asked: [...counts.values()].reduce((sum, count) => sum + count, 0),
      ...{ told: of('told'), toldByPerson: of('told-by-person') },
      ...{ unreachable: of('unreachable'), waiting: of('waiting') },
    },
    units,
  }
}
