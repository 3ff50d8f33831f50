import { type Agreed, refusedWithin } from './audit-lateness.ts'
import type { World } from './world.ts'

/** What people of the shop did that they may not do, and labels that nobody should have: looked up in what was told alone. */
type Audited = Pick<World, 'databases'>

/** The least that a consumer has by law, written down here once more: angrerettloven § 21, forbrukerkjøpsloven § 27. */
const LEAST = { withdrawalDays: 14, complaintYears: 2 }
/** What one person may give away for an order, in minor units, as the seller says it. */
const ALONE: Readonly<Record<string, number>> = { NOK: 50_000, EUR: 5_000 }

/** Agreements with consumers that give less than the law, and withdrawals that were refused as late within the days of the law or an agreement. */
export async function unkeptAgreements({ databases }: Audited) {
  const agreed = await databases.rows<Agreed & { years: number | null }>(
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
  return [...undercut, ...(await refusedWithin({ databases }, agreed, kindOf))]
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

/**
 * Prices offered to one customer that several contracts were formed by, that were taken after their end, or by which a line cost something
 * else than was offered (avtaleloven §§ 2 and 7).
 */
export const misusedOffers = ({ databases }: Audited) =>
  databases.rows(
    'orders',
    `
    with taken as (
      select (data ->> 'priceOffer')::uuid as offer_id, aggregate_id as order_id, data -> 'lines' as lines, (data ->> 'placedAt')::timestamptz as at
      from outbox where type = 'OrderPlaced' and data ? 'priceOffer')
    select offer_id, 'formed twice' as what from taken join outbox formed on formed.aggregate_id = order_id and formed.type = 'ContractFormed'
    group by offer_id having count(*) > 1
    union all
    select offer_id, 'taken late' from taken join price_offer on id = offer_id where at > until
    union all
    select offer_id, 'another price' from taken join price_offer on id = offer_id, jsonb_array_elements(price_offer.lines) offered, jsonb_array_elements(taken.lines) line
    where line ->> 'sku' = offered ->> 'sku'
      and (line ->> 'unitPrice' <> offered ->> 'unitPrice' or (line ->> 'quantity')::int > (offered ->> 'quantity')::int)`,
  )
