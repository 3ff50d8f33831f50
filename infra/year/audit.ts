import { lastDayOf, osloDay } from '@vilkar/terms/calendar.ts'
import { auditCarriers } from './audit-carriers.ts'
import { auditPrivacy } from './audit-privacy.ts'
import { misusedOffers, needlessLabels, unapprovedOverrides, unkeptAgreements } from './audit-staff.ts'
import { SERVICES } from './databases.ts'
import { isCited } from './refusals.ts'
import type { World } from './world.ts'

/** What is wrong with a year once it is over, as counts. */
export type Verdict = {
  /** Refunds that were paid after their last day, or are not decided or not paid although it is over. */
  late: number
  /** Refunds of one case that moved money more than once. */
  doubled: number
  /** Lines of which more units or more money went back than left and was taken. */
  aboveCaptured: number
  /** Orders whose ledger says something else than the provider's books. */
  unlikeProvider: number
  /** Refusals and rejections that do not cite a numbered sentence of the terms or a section of law. */
  uncited: number
  /** Statements of customers of which nobody acknowledged the arrival. */
  unacknowledged: number
  /** Cases that are neither closed nor on a work list with a last day. */
  adrift: number
  /** Written agreements that give a consumer less than the law, and withdrawals that were refused within the days of the law or an agreement. */
  unkept: number
  /** What staff decided otherwise beyond what one person may give, without a second, or without a case that came of it. */
  unapproved: number
  /** Return labels that a case has beside its own, or that the shop pays for though the customer does. */
  needlessLabels: number
  /** Prices offered to one customer that were taken twice, after their end, or at another price. */
  misusedOffers: number
  /** Shipments of which a unit is nowhere, or that wait to be sent though nothing holds them. */
  astray: number
  /** Losses that were settled twice, of more than left, or of which not one shipment, or not one refund, came. */
  lossesAmiss: number
  /** Shipments to consumers of which who bears the risk was answered otherwise than by what became of them. */
  riskAmiss: number
  /** Delays that customers were told of and that were none. */
  blamedWrongly: number
  /** News of carriers that was told and read, and is not kept once. */
  unheard: number
  /** Requests about data that were not answered within a month, or are not although it is over. */
  requestsUnanswered: number
  /** Rows of any table of any service that name somebody who was erased, but for what the privacy service says that stays, why and until when. */
  personalDataLeft: number
  /** Records that are held past their day though nothing keeps them. */
  heldPastTheirDay: number
  /** Sales documents of orders that were erased that are missing, name no buyer or do not add up, and ledgers unlike their order. */
  booksBroken: number
  /** Events that no service could act on, and jobs that were given up. */
  dead: number
}

export const FIGURES = [
  ...(['late', 'doubled', 'aboveCaptured', 'unlikeProvider', 'uncited', 'unacknowledged', 'adrift'] as const),
  ...(['unkept', 'unapproved', 'needlessLabels', 'misusedOffers', 'dead'] as const),
  ...(['astray', 'lossesAmiss', 'riskAmiss', 'blamedWrongly', 'unheard'] as const),
  ...(['requestsUnanswered', 'personalDataLeft', 'heldPastTheirDay', 'booksBroken'] as const),
] as const satisfies readonly (keyof Verdict)[]

/** Compares all databases and the provider's books with each other; says on standard error what it finds. */
export async function audit(
  world: Pick<World, 'databases' | 'klarna' | 'refusals' | 'clock' | 'ask' | 'urls' | 'diary' | 'carriers'>,
): Promise<Verdict> {
  const found: Record<keyof Verdict, readonly unknown[]> = {
    late: [...(await lateRefunds(world)), ...(await undecidedRefunds(world))],
    doubled: await doubledRefunds(world),
    aboveCaptured: await aboveCaptured(world),
    unlikeProvider: await unlikeProvider(world),
    uncited: [...world.refusals.uncited(), ...(await uncitedDecisions(world))],
    unacknowledged: await unacknowledged(world),
    adrift: await adrift(world),
    unkept: await unkeptAgreements(world),
    unapproved: await unapprovedOverrides(world),
    needlessLabels: await needlessLabels(world),
    misusedOffers: await misusedOffers(world),
    ...(await auditCarriers(world)),
    ...(await auditPrivacy(world)),
    dead: await dead(world),
  }
  for (const [what, each] of Object.entries(found))
    for (const one of each.slice(0, 20)) console.error(`${what}:`, typeof one === 'string' ? one : JSON.stringify(one))
  return Object.fromEntries(Object.entries(found).map(([what, each]) => [what, each.length])) as Verdict
}

type Audited = Pick<World, 'databases' | 'klarna' | 'clock'>

/** Decided by returns with a last day; paid when orders says so. Days are those of Oslo. */
async function lateRefunds({ databases, clock }: Audited) {
  const decided = await databases.rows<{ id: string; order_id: string; at: string; due_on: string; amount: number }>(
    'returns',
    `select data ->> 'orderId' as order_id, data ->> 'decidedAt' as at, coalesce(data ->> 'overrideId', data ->> 'deliveryRefundId', aggregate_id::text) as id, data ->> 'dueOn' as due_on, (data ->> 'amount')::float8 as amount from outbox
     where type = 'RefundDecided'`,
  )
  const paid = await databases.rows<{ id: string; day: string }>(
    'orders',
    `select data ->> 'returnId' as id, max(((data ->> 'refundedAt')::timestamptz at time zone 'Europe/Oslo')::date)::text as day
     from outbox where type = 'PaymentRefunded' group by 1`,
  )
  const dayOf = new Map(paid.map(({ id, day }) => [id, day]))
  const today = clock.now().toZonedDateTimeISO('Europe/Oslo').toPlainDate().toString()
  return decided
    .map((each) => ({ ...each, paid_on: dayOf.get(each.id) }))
    .filter(({ due_on, amount, paid_on = today }) => amount > 0 && paid_on > due_on)
}

/** The days of angrerettloven § 24 and of clause 9, written down here once more. */
const PAID_WITHIN = { days: 14 }
const dayOf = (moment: string) => osloDay(Temporal.Instant.from(moment))

/** Goods are back or proven to be sent, their last day is over, and nobody has decided what is paid back for them. */
async function undecidedRefunds({ databases, clock }: Audited) {
  const open = await databases.rows<{ id: string; kind: string; said_at: string; back_at: string }>(
    'returns',
    `select said.aggregate_id as id, said.type as kind, coalesce(said.data ->> 'declaredAt', said.data ->> 'requestedAt') as said_at,
       min(coalesce(back.data ->> 'receivedAt', back.data ->> 'judgedAt')) as back_at
     from outbox said join outbox back on back.aggregate_id = said.aggregate_id
       and (back.type = 'ReturnReceived' or back.type = 'ProofOfSendingJudged' and back.data ->> 'verdict' <> 'rejected')
     where said.type in ('WithdrawalDeclared', 'VoluntaryReturnRequested') and not exists (select from outbox over
       where over.aggregate_id = said.aggregate_id and over.type in ('RefundDecided', 'ReturnClosed', 'VoluntaryReturnEnded'))
     group by 1, 2, 3`,
  )
  const today = osloDay(clock.now())
  return open.filter(({ kind, said_at, back_at }) => {
    const by = lastDayOf(dayOf(kind === 'WithdrawalDeclared' ? said_at : back_at), PAID_WITHIN)
    return [by, dayOf(back_at)].every((day) => Temporal.PlainDate.compare(day, today) < 0)
  })
}

const doubledRefunds = ({ databases }: Audited) =>
  databases.rows(
    'orders',
    `
    select data ->> 'returnId' as return_id, count(*)::int as times from outbox
    where type = 'PaymentRefunded' group by 1 having count(*) > 1`,
  )

type LineOf = { order_id: string; line_id: string }
const keyOf = ({ order_id, line_id }: LineOf) => `${order_id} ${line_id}`

/**
 * Line by line: what returns decided to pay back beside what was taken for the units that left, by the order and by shipping. No more
 * units go back than left, and no more money than they cost.
 */
async function aboveCaptured({ databases }: Audited) {
  const decided = await databases.rows<LineOf & { amount: number; units: number }>(
    'returns',
    `select data ->> 'orderId' as order_id, line ->> 'lineId' as line_id, sum((line ->> 'amount')::float8) as amount,
       coalesce(sum((line ->> 'quantity')::int) filter (where not data ?| array['reduction', 'overrideId']), 0)::int as units
     from outbox, jsonb_array_elements(data -> 'lines') line where type = 'RefundDecided' group by 1, 2`,
  )
  const sold = await databases.rows<LineOf & { total: number; units: number }>(
    'orders',
    `select id as order_id, line ->> 'lineId' as line_id, (line ->> 'total')::float8 as total, (line ->> 'quantity')::int as units
     from orders, jsonb_array_elements(state -> 'placed' -> 'lines') line`,
  )
  const left = await databases.rows<LineOf & { units: number }>(
    'shipping',
    `select data ->> 'orderId' as order_id, line ->> 'lineId' as line_id, sum((line ->> 'quantity')::int)::int as units
     from outbox, jsonb_array_elements(data -> 'lines') line where type = 'ShipmentDispatched' group by 1, 2`,
  )
  const soldOf = new Map(sold.map((line) => [keyOf(line), line]))
  const leftOf = new Map(left.map((line) => [keyOf(line), line.units]))
  return decided.filter((line) => {
    const { total, units } = soldOf.get(keyOf(line))!
    const gone = Math.min(leftOf.get(keyOf(line)) ?? 0, units)
    return line.units > gone || line.amount > Math.ceil((total * gone) / units)
  })
}

/** Payment by payment, beside the provider's own books; of what is paid out by bank the provider knows nothing. */
async function unlikeProvider({ databases, klarna }: Audited) {
  const accounts = await databases.rows<{ payment_id: string; captured: number; refunded: number }>(
    'orders',
    `select payment_id, coalesce(sum(amount) filter (where kind = 'captured'), 0)::float8 as captured,
       coalesce(sum(amount) filter (where kind = 'refunded'), 0)::float8 as refunded
     from ledger_entry where kind <> 'paid-out' group by 1`,
  )
  const books = new Map(
    klarna
      .orders()
      .map(({ order_id, captured_amount, refunded_amount }) => [order_id, { captured_amount, refunded_amount }]),
  )
  return accounts.filter(({ payment_id, captured, refunded }) => {
    const truth = books.get(payment_id)
    return truth?.captured_amount !== captured || truth.refunded_amount !== refunded
  })
}

/** Decisions against the customer, as they were told. */
async function uncitedDecisions({ databases }: Audited) {
  const decisions = await databases.rows<{ type: string; id: string; reasons: unknown }>(
    'returns',
    `select type, aggregate_id as id, data -> 'reasons' as reasons from outbox
     where type = 'ComplaintAssessed' and data ->> 'outcome' = 'rejected'
       or type = 'VoluntaryReturnEnded' and data ->> 'outcome' = 'conditions-not-met'
       or type in ('RefundDecided', 'AgreementRecorded', 'OverrideDecided')`,
  )
  const refusals = await databases.rows<{ type: string; id: string; reasons: unknown }>(
    'returns',
    `select 'statement' as type, statement_id as id, refusal -> 'reasons' as reasons from statement_answer where status = 'refused'`,
  )
  return [...decisions, ...refusals].filter(({ reasons }) => !isCited(reasons))
}

/** Every statement has a mail that says that it arrived. */
const unacknowledged = ({ databases }: Audited) =>
  databases.rows(
    'returns',
    `
    select statement.id, statement.order_id, channel from statement
    left join statement_answer on statement_answer.statement_id = statement.id
    where not exists (
      select from mail where about_id in (statement.id, statement_answer.return_id) and status = 'accepted')`,
  )

const adrift = ({ databases }: Audited) =>
  databases.rows(
    'returns',
    `
    select id, order_id, kind, status, awaits, awaits_since from return_case
    where closed_at is null and due_on is null`,
  )

async function dead({ databases }: Audited) {
  const events = await Promise.all(
    SERVICES.map((service) =>
      databases.rows(service, `select producer, type, last_error from inbox where dead_at is not null`),
    ),
  )
  const jobs = await Promise.all(
    (['orders', 'returns'] as const).map((service) =>
      databases.rows(service, `select name, data, output from jobs.job where state = 'failed'`),
    ),
  )
  return [...events.flat(), ...jobs.flat()]
}
