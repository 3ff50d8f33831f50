import type { World } from './world.ts'

/** What people of the shop did that they may not do, and labels that nobody should have: looked up in what was told alone. */
type Audited = Pick<World, 'databases'>

/** The least that a consumer has by law, written down here once more: angrerettloven § 21, forbrukerkjøpsloven § 27. */
const LEAST = { withdrawalDays: 14, complaintYears: 2 }
/** What one person may give away for an order, in minor units, as the seller says it. */
const ALONE: Readonly<Record<string, number>> = { NOK: 50_000, EUR: 5_000 }

/** Agreements with consumers that give less than the law, and withdrawals that were refused as late within the days that were agreed. */
export async function unkeptAgreements({ databases }: Audited) {
  const agreed = await databases.rows<{ order_id: string; at: string; days: number | null; years: number | null }>(
    'returns',
    `select data ->> 'orderId' as order_id, data ->> 'recordedAt' as at, (data -> 'changes' ->> 'withdrawalDays')::int as days,
       (data -> 'changes' ->> 'complaintYears')::int as years
     from outbox where type = 'AgreementRecorded'`,
  )
  const sold = await databases.rows<{ order_id: string; kind: string }>(
    'orders',
    `select id as order_id, state -> 'placed' ->> 'customerKind' as kind from orders`,
  )
  const kindOf = new Map(sold.map(({ order_id, kind }) => [order_id, kind]))
  const undercut = agreed.filter(
    ({ order_id, days, years }) =>
      kindOf.get(order_id) !== 'business' &&
      ((days ?? LEAST.withdrawalDays) < LEAST.withdrawalDays || (years ?? LEAST.complaintYears) < LEAST.complaintYears),
  )
  return [...undercut, ...(await refusedWithin({ databases }, agreed))]
}

const isAfter = (one: string, other: string) => Temporal.Instant.compare(one, other) > 0

/** Days are counted short here: whole ones from the last receipt, without the rest of the last day. */
async function refusedWithin({ databases }: Audited, agreed: { order_id: string; at: string; days: number | null }[]) {
  const refused = await databases.rows<{ id: string; order_id: string; said_at: string }>(
    'returns',
    `select statement.id, answer.order_id, coalesce(statement.sent_at, statement.received_at)::text as said_at
     from statement join statement_answer answer on answer.statement_id = statement.id
     where answer.status = 'refused' and answer.refusal -> 'reasons' @> '[{"code": "period-over"}]'`,
  )
  const received = await databases.rows<{ order_id: string; at: string }>(
    'shipping',
    `select data ->> 'orderId' as order_id, max((data ->> 'receivedAt')::timestamptz)::text as at from outbox
     where type = 'ShipmentDelivered' group by 1`,
  )
  const receivedAt = new Map(received.map(({ order_id, at }) => [order_id, at]))
  return refused.filter(({ order_id, said_at }) => {
    const last = agreed.findLast((each) => each.order_id === order_id && each.days !== null)
    if (!last || isAfter(last.at, said_at)) return false
    const end = Temporal.Instant.from(receivedAt.get(order_id) ?? said_at).add({ hours: 24 * last.days! })
    return !isAfter(said_at, end.toString())
  })
}

/** What was decided otherwise for an order beyond what one person may give, by nobody else than who proposed it; or of which no case came. */
export const unapprovedOverrides = ({ databases }: Audited) =>
  databases.rows(
    'returns',
    `
    with decided as (
      select done.aggregate_id as id, done.data ->> 'caseId' as case_id,
        done.data -> 'personal' ->> 'by' = asked.data -> 'personal' ->> 'by' as is_alone,
        sum((done.data ->> 'amount')::bigint) over (partition by done.data ->> 'orderId' order by done.seq) as given,
        case done.data ->> 'currency' when 'NOK' then ${ALONE.NOK} else ${ALONE.EUR} end as most
      from outbox done join outbox asked on asked.aggregate_id = done.aggregate_id and asked.type = 'OverrideProposed'
      where done.type = 'OverrideDecided')
    select id, given, most, case_id from decided
    where is_alone and given > most or not exists (select from return_case where id = case_id::uuid)`,
  )

/** Labels that a case has beside another that they do not replace, that replace one twice, or that are for a way back that the customer pays. */
export const needlessLabels = ({ databases }: Audited) =>
  databases.rows(
    'returns',
    `
    with label as (
      select aggregate_id as id, data ->> 'returnId' as case_id, data -> 'instead' ->> 'labelId' as instead
      from outbox where type = 'ReturnLabelRequested')
    select case_id, instead, count(*)::int as labels from label group by 1, 2 having count(*) > 1
    union all
    select case_id, instead, 1 from label join outbox on aggregate_id = case_id::uuid and type = 'WithdrawalDeclared'
    where data ->> 'returnCostBearer' = 'customer'`,
  )
