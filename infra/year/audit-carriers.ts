import type { Told } from '@vilkar/carrier-simulator/misbehaviour.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { riskAmiss } from './audit-risk.ts'
import { awaited, isOf, leftShipments, truths, type Units, units } from './left.ts'
import type { World } from './world.ts'

export type Audited = Pick<World, 'databases' | 'carriers' | 'ask' | 'urls' | 'clock'>

/** What is wrong with goods on their way, beside what became of them in truth. */
export async function auditCarriers(world: Audited) {
  return {
    astray: await astray(world),
    lossesAmiss: await lossesAmiss(world),
    riskAmiss: await riskAmiss(world),
    blamedWrongly: await blamedWrongly(world),
    unheard: await unheard(world),
  }
}

/** How many parcels of each fate there were, and how many losses were settled. */
export async function sizesOfCarriers({ databases, carriers }: Pick<World, 'databases' | 'carriers'>) {
  const parcels = Map.groupBy(carriers.told(), ({ truth }) => truth.fate)
  const settled = await databases.rows('shipping', `select from outbox where type = 'LossSettled'`)
  return {
    parcels: Object.fromEntries([...parcels].map(([fate, each]) => [fate, each.length])),
    losses: settled.length,
  }
}

/**
 * Shipments of which a unit is nowhere: it is not with the customer, nobody settled its loss, nobody withdrew from it, it was not at the
 * customer's own risk, and it did not leave once more after it had come back; and those that wait to be sent though nothing holds them.
 */
async function astray({ databases, carriers, ask, urls }: Audited) {
  const gone = await databases.rows<{ order_id: string; lines: Units[] }>(
    'returns',
    `select data ->> 'orderId' as order_id, data -> 'lines' as lines from outbox
     where type in ('WithdrawalDeclared', 'VoluntaryReturnRequested') or type = 'RemedyChosen' and data ->> 'remedy' = 'rescission'`,
  )
  const waiting = await databases.rows<{ id: string }>(
    'shipping',
    `select id from shipment where status in ('requested', 'accepted', 'packed') and not state ? 'dispatched'`,
  )
  const goneOf = Map.groupBy(gone, ({ order_id }) => order_id)
  const lost = (await awaited({ databases })).filter(({ order_id, lines, settled }) => {
    const accounted = [...settled, ...(goneOf.get(order_id) ?? []).flatMap((each) => each.lines)]
    return lines.some(({ lineId, quantity }) => units(accounted.filter(isOf(lineId))) < quantity)
  })
  const truthOf = truths(carriers)
  const found: object[] = []
  for (const each of lost) {
    const { body } = await ask('support', 'GET', `${urls.shipping}/shipments/${each.id}/risk`)
    // Whose loss it is has nothing to choose, and owes the price (kjøpsloven §§ 12 and 13).
    const isTheirs = (body.units as { bearer: string }[]).every(({ bearer }) => bearer === 'customer')
    if (!isTheirs) found.push({ ...each, truth: truthOf.get(each.number) })
  }
  return [...found, ...waiting]
}

/** `withdrawn`: others were to be sent for them, and the customer withdrew first. */
type Settled = {
  id: string
  order_id: string
  report: string
  choice: string
  instead: string | null
  withdrawn: boolean
  lines: Units[]
}

/** Losses that were settled twice, of more units than left, or of which not one shipment came; and orders of which not one refund a loss did. */
async function lossesAmiss({ databases }: Audited) {
  const settled = await databases.rows<Settled>(
    'shipping',
    `select aggregate_id as id, data ->> 'orderId' as order_id, data ->> 'reportId' as report, data ->> 'choice' as choice,
       data ->> 'replacementId' as instead, data ? 'insteadOf' as withdrawn, data -> 'lines' as lines
     from outbox where type = 'LossSettled'`,
  )
  const requested = await databases.rows<{ id: string; replaces: string }>(
    'shipping',
    `select aggregate_id as id, data ->> 'replaces' as replaces from outbox where type = 'ShipmentRequested' and data ? 'replaces'`,
  )
  const paid = await databases.rows<{ id: string; order_id: string }>(
    'returns',
    `select return_case.id, order_id from outbox join return_case on return_case.id = aggregate_id
     where kind = 'loss' and type = 'RefundDecided' and not data ? 'deliveryRefundId'`,
  )
  const left = new Map((await leftShipments({ databases })).map(({ id, lines }) => [id, lines]))
  const sentAmiss = settled.filter(({ id, report, choice, instead }) => {
    const all = settled.filter((each) => each.id === id)
    const lines = all.filter(({ withdrawn }) => !withdrawn).flatMap((each) => each.lines)
    const isMore = lines.some(
      ({ lineId }) => units(lines.filter(isOf(lineId))) > units(left.get(id)!.filter(isOf(lineId))),
    )
    const came = requested.filter((each) => each.id === instead && each.replaces === id).length
    return isMore || all.filter((each) => each.report === report).length > 1 || (choice === 'replacement' && came !== 1)
  })
  const owed = Map.groupBy(
    settled.filter(({ choice }) => choice === 'refund'),
    ({ order_id }) => order_id,
  )
  const paidOf = Map.groupBy(paid, ({ order_id }) => order_id)
  const unpaid = [...new Set([...owed.keys(), ...paidOf.keys()])].filter((order) => {
    const refunds = paidOf.get(order) ?? []
    const isTwice = new Set(refunds.map(({ id }) => id)).size !== refunds.length
    return isTwice || refunds.length !== (owed.get(order) ?? []).length
  })
  return [...sentAmiss, ...unpaid]
}

/** What customers were told is late, and was not: the day had not passed, or they were known to have it, or to want it no more. */
async function blamedWrongly({ databases }: Audited) {
  const told = await databases.rows<{ order_id: string; at: string; last_day: string; lines: Units[]; sold: Units[] }>(
    'orders',
    `select aggregate_id as order_id, data ->> 'delayedAt' as at, data ->> 'lastDay' as last_day,
       (data -> 'unsent') || (data -> 'underway') as lines, (select data -> 'lines' from outbox placed
         where placed.aggregate_id = outbox.aggregate_id and placed.type = 'OrderPlaced') as sold
     from outbox where type = 'DeliveryDelayed'`,
  )
  const before = await knownBefore({ databases })
  return told.filter(({ order_id, at, last_day, lines, sold }) => {
    if (Temporal.PlainDate.compare(osloDay(Temporal.Instant.from(at)), last_day) <= 0) return true
    const known = before
      .filter((each) => each.order_id === order_id && isEarlier(each.at, at))
      .flatMap((each) => each.lines)
    return lines.some(
      ({ lineId, quantity }) => quantity > units(sold.filter(isOf(lineId))) - units(known.filter(isOf(lineId))),
    )
  })
}

/** What is told in the same hours as somebody is written to may come after that. */
const isEarlier = (one: string, other: string) =>
  Temporal.Instant.compare(Temporal.Instant.from(one).add({ hours: 2 }), other) < 0

/** Units that nobody waits for, and since when that is known: the customer has them, has their price back, or withdrew. */
async function knownBefore({ databases }: Pick<World, 'databases'>) {
  const came = await databases.rows<{ id: string; at: string; has: boolean }>(
    'shipping',
    `select distinct on (aggregate_id) aggregate_id as id, occurred_at::text as at, data ? 'receivedAt' as has from outbox
     where type in ('ShipmentDelivered', 'DeliveryCorrected') order by aggregate_id, seq desc`,
  )
  const cameAt = new Map(came.filter(({ has }) => has).map(({ id, at }) => [id, at]))
  // What was sent instead of a parcel that came after all brings what that brought.
  const delivered = (await leftShipments({ databases }))
    .filter(({ id, is_cure }) => cameAt.has(id) && !is_cure)
    .toSorted((one, other) => units(other.lines) - units(one.lines))
    .filter(({ original }, n, all) => all.findIndex((each) => each.original === original) === n)
  const paidBack = await databases.rows<{ id: string; order_id: string; at: string; lines: Units[] }>(
    'shipping',
    `select aggregate_id as id, data ->> 'orderId' as order_id, data ->> 'settledAt' as at, data -> 'lines' as lines from outbox
     where type = 'LossSettled' and data ->> 'choice' = 'refund'`,
  )
  return [
    ...delivered.map(({ id, order_id, lines }) => ({ order_id, at: momentOf(cameAt.get(id)!), lines })),
    // What was paid back and came after all is one unit, and not two.
    ...paidBack.filter(({ id }) => !cameAt.has(id)),
  ]
}

/** As PostgreSQL writes one. */
const momentOf = (text: string) => Temporal.Instant.from(text.replace(' ', 'T')).toString()

/** News that carriers told of a parcel which is not kept once, though it was read, or its sender called, after it was told. */
async function unheard({ databases, carriers }: Audited) {
  const kept = await databases.rows<{ number: string; code: string; at: string; heard: string; times: number }>(
    'shipping',
    `select tracking_number as number, code, occurred_at::text as at, min(heard_at)::text as heard, count(*)::int as times
     from carrier_event where occurred_at is not null group by 1, 2, 3`,
  )
  const keyOf = (number: string, code: string, at: Temporal.Instant) => `${number} ${code} ${at.epochMilliseconds}`
  const found = new Map(
    kept.map((each) => [keyOf(each.number, each.code, Temporal.Instant.from(momentOf(each.at))), each]),
  )
  const lastRead = new Map<string, string>()
  for (const { number, heard } of kept) {
    const moment = momentOf(heard)
    if (isAfter(moment, lastRead.get(number))) lastRead.set(number, moment)
  }
  const isMissing = ({ number, news }: Told) =>
    onceEach(news).filter(({ code, occurredAt, toldAt }) => {
      const one = found.get(keyOf(number, code, Temporal.Instant.from(occurredAt)))
      if (one !== undefined) return one.times !== 1
      // What is told while it is read comes with the next reading.
      return isAfter(lastRead.get(number), Temporal.Instant.from(toldAt).add({ hours: 1 }).toString())
    })
  return carriers.told().flatMap((parcel) => isMissing(parcel).map((each) => ({ number: parcel.number, ...each })))
}
/** What is told twice is one. */
const onceEach = (news: Told['news']) => [
  ...new Map(news.map((each) => [`${each.code} ${each.occurredAt}`, each])).values(),
]
const isAfter = (one: string | undefined, other: string | undefined) =>
  one !== undefined && (other === undefined || Temporal.Instant.compare(one, other) > 0)
