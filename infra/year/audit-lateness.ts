import type { World } from './world.ts'

type Audited = Pick<World, 'databases'>
/** A written agreement as it was told; `days` is what it says of the period to withdraw. */
export type Agreed = { order_id: string; at: string; days: number | null }
type Kinds = ReadonlyMap<string, string>

/** The days of angrerettloven § 21, written down here once more. */
const BY_LAW = 14
/** Reasons of a longer period than was agreed. */
const LONGER = ['information-missing', 'law-gives-more-days']

const isAfter = (one: string, other: string) => Temporal.Instant.compare(one, other) > 0
/** Days are counted short here: whole ones from the receipt, without the rest of the last day. */
const isWithin = (at: string, received: string, days: number) =>
  !isAfter(
    at,
    Temporal.Instant.from(received)
      .add({ hours: 24 * days })
      .toString(),
  )

/**
 * Withdrawals that were refused as late, line by line, within the days of the law or of an agreement from the last receipt of the order, or
 * from when others came for units that were defective; and those that do not cite the agreement that gave the days.
 */
export async function refusedWithin(audited: Audited, agreed: readonly Agreed[], kindOf: Kinds) {
  const parcels = await receivedParcels(audited)
  const gone = await unitsGone(audited)
  return (await refusedParts(audited)).filter(({ id, order_id, line_id, said_at, reasons }) => {
    const agreement = agreed.findLast(
      (each) => each.order_id === order_id && each.days !== null && !isAfter(each.at, said_at),
    )
    if (kindOf.get(order_id) === 'business' && !agreement) return false
    const longer = reasons.some(({ code }) => LONGER.includes(code))
    const cited = reasons.some(({ cites }) => cites.some((cite) => 'agreement' in cite))
    if (agreement && agreement.days! > BY_LAW && !longer && !cited) return true
    const days = Math.max(BY_LAW, agreement?.days ?? 0)
    const ofOrder = parcels.filter((each) => each.order_id === order_id && each.received_at)
    const last = ofOrder.filter(({ cure_id }) => cure_id === null).map((each) => each.received_at!)
    if (
      last.some((at) => isAfter(said_at, at) && isWithin(said_at, at, days)) &&
      last.every((at) => !isAfter(at, said_at))
    )
      return true
    const anew = ofOrder.filter(
      ({ is_replacement, received_at: at }) => is_replacement && isAfter(said_at, at!) && isWithin(said_at, at!, days),
    )
    const replaced = anew
      .flatMap(({ lines }) => lines)
      .reduce((sum, each) => (each.lineId === line_id ? sum + each.quantity : sum), 0)
    const since = anew.map(({ received_at }) => received_at!).toSorted(Temporal.Instant.compare)[0]
    const taken = gone
      .filter((each) => each.order_id === order_id && each.line_id === line_id)
      .filter((each) => each.statement_id === id || (since && isAfter(each.at, since) && !isAfter(each.at, said_at)))
      .reduce((sum, { units }) => sum + units, 0)
    return replaced > taken
  })
}

/** Each line that a statement was refused for as too late, whether others of it were taken or not. */
const refusedParts = ({ databases }: Audited) =>
  databases.rows<{
    id: string
    order_id: string
    line_id: string
    said_at: string
    reasons: { code: string; cites: object[] }[]
  }>(
    'returns',
    `
    with said as (
      select statement.id::text, answer.order_id::text, coalesce(sent_at, received_at)::text as said_at, part
      from statement join statement_answer answer on answer.statement_id = statement.id,
        jsonb_array_elements(coalesce(answer.refusal -> 'extra' -> 'refused', '[]')) part
      where answer.status = 'refused'
      union all
      select data ->> 'statementId', data ->> 'orderId', coalesce(data ->> 'noticeSentAt', data ->> 'declaredAt'), part
      from outbox, jsonb_array_elements(coalesce(data -> 'refused', '[]')) part where type = 'WithdrawalDeclared')
    select id, order_id, said_at, part ->> 'lineId' as line_id, part -> 'reasons' as reasons from said
    where part -> 'reasons' @> '[{"code": "period-over"}]'`,
  )

/** What left, with when it was received by what was said of that last, and whether it was sent for defective units. */
async function receivedParcels({ databases }: Audited) {
  const left = await databases.rows<{
    order_id: string
    cure_id: string | null
    lines: { lineId: string; quantity: number }[]
    received_at: string | null
  }>(
    'shipping',
    `
    select data ->> 'orderId' as order_id, data -> 'cure' ->> 'cureId' as cure_id, data -> 'lines' as lines, (
        select said.data ->> 'receivedAt' from outbox said
        where said.aggregate_id = outbox.aggregate_id and said.type in ('ShipmentDelivered', 'DeliveryCorrected')
        order by said.seq desc limit 1) as received_at
    from outbox where type = 'ShipmentDispatched'`,
  )
  const chosen = await databases.rows<{ cure_id: string }>(
    'returns',
    `select data ->> 'cureId' as cure_id from outbox where type = 'RemedyChosen' and data ->> 'remedy' = 'replacement'`,
  )
  const replacements = new Set(chosen.map(({ cure_id }) => cure_id))
  return left.map((each) => ({ ...each, is_replacement: each.cure_id !== null && replacements.has(each.cure_id) }))
}

/** Units that customers asked to give back, by whatever right. */
const unitsGone = ({ databases }: Audited) =>
  databases.rows<{ order_id: string; line_id: string; units: number; at: string; statement_id: string | null }>(
    'returns',
    `
    select data ->> 'orderId' as order_id, line ->> 'lineId' as line_id, (line ->> 'quantity')::int as units,
      coalesce(data ->> 'declaredAt', data ->> 'requestedAt', data ->> 'chosenAt') as at, data ->> 'statementId' as statement_id
    from outbox, jsonb_array_elements(data -> 'lines') line
    where type in ('WithdrawalDeclared', 'VoluntaryReturnRequested') or type = 'RemedyChosen' and data ->> 'remedy' = 'rescission'`,
  )
