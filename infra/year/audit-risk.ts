import type { Audited } from './audit-carriers.ts'
import { awaited, truths, type Units, units } from './left.ts'

/** So long after it came a consumer has no right to withdraw from goods any more, by law or by any agreement of these. */
const LATER = { hours: 24 * 500 }

type Borne = Units & { bearer: 'seller' | 'customer' }

/**
 * Shipments and orders of consumers whose risk was answered as another's than it was: nobody bears the risk of what they never had, nor before they
 * had it; and long after they had it, it is theirs but for what goes back (forbrukerkjøpsloven §§ 13 and 14), unless a parcel of the order never
 * came, as one that they did not take, and nothing was sent or paid for it: by that the period to withdraw has not begun (angrerettloven § 21).
 */
export async function riskAmiss({ ask, urls, carriers, clock, databases }: Audited) {
  const truthOf = truths(carriers)
  const sent = await databases.rows<{ id: string; order_id: string; number: string; has: string | null }>(
    'shipping',
    `select id, order_id, state #>> '{dispatched,trackingNumber}' as number, state ->> 'receivedAt' as has from shipment
     where state #>> '{requested,customerKind}' = 'consumer' and state ? 'dispatched' and not state -> 'requested' ? 'cure'`,
  )
  const amiss: object[] = []
  const came: { order_id: string; later: Borne[] }[] = []
  for (const { id, order_id, number, has } of sent) {
    const truth = truthOf.get(number)
    if (truth === undefined) continue
    const borneAt = async (at: Temporal.Instant): Promise<Borne[]> =>
      (await ask('support', 'GET', `${urls.shipping}/shipments/${id}/risk?at=${at.toString()}`)).body.units
    const later = await borneAt(clock.now().add(LATER))
    if (truth.customerHasAt === undefined) {
      if (customersOf(later) > 0) amiss.push({ id, ...truth, has, expected: 'seller', later })
      continue
    }
    came.push({ order_id, later })
    const hadNot = Temporal.Instant.from(truth.customerHasAt).subtract({ hours: 1 })
    // What its carrier told to have been received before it was, nobody knows better.
    const isToldEarly = has !== null && Temporal.Instant.compare(has, hadNot) <= 0
    const before = isToldEarly ? [] : await borneAt(hadNot)
    if (customersOf(before) > 0) amiss.push({ id, ...truth, has, expected: 'seller before it came', before })
  }
  return [...amiss, ...(await ordersAmiss({ databases }, came))]
}

const customersOf = (borne: Borne[]) => units(borne.filter(({ bearer }) => bearer === 'customer'))

/** Orders of which, of what came, not as many units are the seller's again as go back: fewer only where some of these never came. */
async function ordersAmiss({ databases }: Pick<Audited, 'databases'>, came: { order_id: string; later: Borne[] }[]) {
  const waiting = new Set(
    (await awaited({ databases })).filter(({ is_cure }) => !is_cure).map(({ order_id }) => order_id),
  )
  const sold = await databases.rows<{ id: string; lines: Units[] }>(
    'orders',
    `select aggregate_id as id, data -> 'lines' as lines from outbox where type = 'OrderPlaced'`,
  )
  const soldOf = new Map(sold.map(({ id, lines }) => [id, units(lines)]))
  const backOf = Map.groupBy(await goingBack({ databases }), ({ order_id }) => order_id)
  return [...Map.groupBy(came, ({ order_id }) => order_id)].flatMap(([order_id, each]) => {
    const later = each.flatMap((one) => one.later)
    const sellers = units(later) - customersOf(later)
    const returns = backOf.get(order_id) ?? []
    const back = units(returns.flatMap(({ lines }) => lines))
    const elsewhere = Math.max(0, soldOf.get(order_id)! - units(later))
    const isRight = sellers <= back && sellers >= back - elsewhere
    return isRight || waiting.has(order_id) ? [] : [{ order_id, sellers, back, elsewhere, returns, later }]
  })
}

/** What goes back of each order: by a right of the law since it was used or the goods were sent, by the offer of the terms once the seller has them. */
const goingBack = ({ databases }: Pick<Audited, 'databases'>) =>
  databases.rows<{ id: string; type: string; order_id: string; lines: Units[] }>(
    'returns',
    `with told as (select aggregate_id as id, type, data, seq from outbox),
      over as (select id from told where type in ('VoluntaryReturnEnded', 'ComplaintEnded')
        or (type = 'ReturnClosed' and data ->> 'outcome' = 'never-sent')),
      begun as (select distinct on (id) id, type, data from told
        where type in ('WithdrawalDeclared', 'VoluntaryReturnRequested') or (type = 'RemedyChosen' and data ->> 'remedy' <> 'price-reduction')
        order by id, seq desc),
      known as (select distinct on (id) id, data -> 'left' as lines from told where type = 'ReturnUnitsKnown' order by id, seq desc)
    select begun.id, begun.type, begun.data ->> 'orderId' as order_id, coalesce(known.lines, begun.data -> 'lines') as lines
    from begun left join known on known.id = begun.id
    where begun.id not in (select id from over) and (type = 'WithdrawalDeclared'
      or exists (select from told where told.id = begun.id and told.type = 'ReturnReceived')
      or (type = 'RemedyChosen' and exists (select from told where told.id = begun.id and told.type = 'ReturnSent')))`,
  )
