import type { Stage } from './stage.ts'

/** What is wrong with goods, and between goods and money, once nothing moves any more. */
export type GoodsVerdict = {
  /** Units of a line that are not exactly once: sent, stopped or still here, by orders and by shipping alike. */
  unitsAstray: number
  /** Orders of which left what is neither captured nor claimed. */
  unpaidGoods: number
  /** Orders of which all has left, and yet money of them is held. */
  heldThoughGone: number
  /** Requests to shipping that have no answer. */
  unanswered: number
  /** Returns that came to no end although their goods are back. */
  openReturns: number
}

type Units = { order_id: string; line_id: string; units: number }
type Line = Units & { status: string; sent: number; stopped: number; formed: boolean }

/** Compares what orders, shipping and returns believe of every unit. */
export async function judgeGoods({ books, goods }: Pick<Stage, 'books' | 'goods'>): Promise<GoodsVerdict> {
  const { rows: lines } = await books.query<Line>(`
    select orders.id as order_id, line ->> 'lineId' as line_id, (line ->> 'quantity')::int as units, status,
      state ? 'everFormed' as formed,
      (select coalesce(sum((part ->> 'quantity')::int), 0)::int
        from jsonb_array_elements(state -> 'shipments') shipment, jsonb_array_elements(shipment -> 'lines') part
        where part ->> 'lineId' = line ->> 'lineId') as sent,
      (select coalesce(sum((part ->> 'quantity')::int), 0)::int
        from jsonb_array_elements(state -> 'stops') stop, jsonb_array_elements(stop -> 'concluded' -> 'stopped') part
        where part ->> 'lineId' = line ->> 'lineId') as stopped
    from orders, jsonb_array_elements(state -> 'placed' -> 'lines') line`)
  const sent = await unitsIn(
    goods.shipping,
    `state -> 'dispatched' -> 'lines'`,
    `status in ('dispatched', 'delivered')`,
  )
  const here = await unitsIn(goods.shipping, `state -> 'requested' -> 'lines'`, `status in ('requested', 'held')`)
  const astray = lines.filter((line) => isAstray(line, sent(line), here(line)))
  for (const line of astray) console.error('Astray:', JSON.stringify({ ...line, left: sent(line), here: here(line) }))
  const unpaid = await idsOf(
    books,
    `select id from orders
     where status <> 'cancelled' and (state ->> 'captured')::bigint
       + (select coalesce(sum((claim ->> 'amount')::bigint), 0) from jsonb_array_elements(coalesce(state -> 'claims', '[]')) claim)
       < (select coalesce(sum((shipment ->> 'captureAmount')::bigint), 0) from jsonb_array_elements(state -> 'shipments') shipment)`,
  )
  const held = await idsOf(
    books,
    `select id from orders join payment_account on order_id = id
     where all_gone_since is not null and status <> 'cancelled' and captured + released < authorised`,
  )
  const unanswered = await idsOf(books, 'select id from orders where answer_awaited_since is not null')
  const open = await idsOf(goods.returns, `select id from return where status <> 'closed'`)
  for (const [what, ids] of Object.entries({ unpaid, held, unanswered, open }))
    if (ids.length > 0) console.error(`${what}:`, ids.join(' '))
  return {
    unitsAstray: astray.length,
    unpaidGoods: unpaid.length,
    heldThoughGone: held.length,
    unanswered: unanswered.length,
    openReturns: open.length,
  }
}

/** A unit is in one place only, and both services say in which. Of a cancelled order nothing is to be sent. */
function isAstray({ units, status, formed, sent, stopped }: Line, left: number, here: number) {
  if (sent !== left) return true
  if (status === 'cancelled') return left + here > 0
  return formed && sent + stopped + here !== units
}

/** How many units of a line there are under `path` of all shipments that meet a condition. */
async function unitsIn(pool: Stage['books'], path: string, condition: string) {
  const { rows } = await pool.query<Units>(`
    select order_id, part ->> 'lineId' as line_id, sum((part ->> 'quantity')::int)::int as units
    from shipment, jsonb_array_elements(${path}) part where ${condition} group by 1, 2`)
  const units = new Map(rows.map((row) => [`${row.order_id} ${row.line_id}`, row.units]))
  return (line: Units) => units.get(`${line.order_id} ${line.line_id}`) ?? 0
}

const idsOf = async (pool: Stage['books'], statement: string) =>
  (await pool.query<{ id: string }>(statement)).rows.map(({ id }) => id)
