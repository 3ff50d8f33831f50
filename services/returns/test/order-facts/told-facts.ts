import type { ToldFacts } from '@vilkar/terms/order/complete-facts.ts'
import type { startReturnsForTest } from '../returns-service.ts'
import { placedLine, told } from './told-case.ts'

/** The facts of a case as `POST /eligibility` takes them. */
export type Facts = ToldFacts & { at: string }
type House = Pick<Awaited<ReturnType<typeof startReturnsForTest>>, 'hear' | 'clock' | 'call'>
type Step = { at: string; act: () => Promise<unknown> }
type Line = Facts['lines'][number]

const { compare } = Temporal.Instant
const before = (moment: string, hours: number) => Temporal.Instant.from(moment).subtract({ hours }).toString()
const day = (moment: string) => Temporal.Instant.from(moment).toZonedDateTimeISO('Europe/Oslo').toPlainDate()

/**
 * Has an order happen as the facts of a case say: what other services tell is heard, and what customers and staff do is done at the
 * doors, each at its moment of a moved clock, up to the moment that is asked about. Gives its id.
 */
export async function tellFacts(house: House, facts: Facts): Promise<string> {
  const orderId = crypto.randomUUID()
  const steps = [
    ...ordered(house, orderId, facts),
    ...sent(house, orderId, facts),
    ...facts.lines.flatMap((line) => putRight(house, orderId, line)),
    ...(facts.returns ?? []).flatMap((each) => goneBack(house, orderId, each)),
  ]
  const happened = steps.filter(({ at }) => compare(at, facts.at) <= 0)
  for (const { at, act } of happened.toSorted((one, other) => compare(one.at, other.at))) {
    house.clock.at = at
    await act()
  }
  house.clock.at = facts.at
  return orderId
}

function ordered({ hear }: House, orderId: string, facts: Facts): Step[] {
  const { customerKind, country = 'NO', currency = 'NOK', placedAt = facts.at, formedAt, delivery, impediment } = facts
  const { additionalPeriod: period } = facts
  const { withdrawalInformation, withdrawalInformationGivenAt: informedAt, returnCost = true } = facts.disclosures ?? {}
  const { placed, inFull } = told(orderId)
  const price = delivery?.paid ?? 0
  const standardPrice = delivery?.standardPrice ?? price
  const act = () =>
    hear('OrderPlaced', orderId, {
      ...placed,
      ...{ placedAt, customerKind, country, currency, lines: facts.lines.map((line) => lineOf(line, facts)) },
      delivery: { ...placed.delivery, price, standardPrice },
      disclosures: { ...placed.disclosures, returnCost },
    })
  const [, form] = inFull('nb')
  const informed = withdrawalInformation === false ? [] : returnCost ? inFull('nb') : [form!]
  const steps = [{ at: placedAt, act }]
  const step = (at: string | undefined, act: Step['act']) => at && steps.push({ at, act: act as never })
  step(formedAt, () => hear('ContractFormed', orderId, { formedAt, documents: informed }))
  step(informedAt, () => hear('ContractReconfirmed', orderId, { reconfirmedAt: informedAt, documents: inFull('nb') }))
  step(period && (period.setAt ?? facts.at), () => hear('AdditionalPeriodSet', orderId, { ...period }))
  step(impediment && facts.at, () => hear('DeliveryHindered', orderId, impediment))
  return steps
}

function lineOf(line: Line, { parcels = [] }: Facts) {
  const { lineId, sku = `SKU-${lineId}`, quantity, total, traits, guaranteeYears: years, digitalServiceUntil } = line
  const guarantee = line.guarantee ?? (years && { by: 'seller' as const, years, covers: 'All defects' })
  const receivedAt = parcels.find(({ receivedAt }) => receivedAt)?.receivedAt
  const { years: most, months } = digitalServiceUntil
    ? day(receivedAt!).until(day(digitalServiceUntil), { largestUnit: 'year' })
    : Temporal.Duration.from('PT0S')
  const digital = line.digital ?? (digitalServiceUntil && { supplied: 'over-time', months: most * 12 + months })
  return {
    ...placedLine,
    ...{ lineId, sku, quantity, total, unitPrice: Math.round(total / quantity) },
    traits: { ...PLAIN, ...traits },
    ...(guarantee && { guarantee }),
    ...(digital && { digital }),
    ...(line.bulky && { bulky: line.bulky }),
  }
}
const PLAIN = { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false }

/** Whom shipping tells of: of a parcel that anybody else took it tells no delivery. */
const TAKERS = { consumer: 'customer', 'named-by-consumer': 'named-by-customer' } as const

function sent({ hear }: House, orderId: string, { parcels = [] }: Facts): Step[] {
  return parcels.flatMap(({ lines, handedOverAt, receivedAt, receivedBy = 'consumer' }) => {
    const shipmentId = crypto.randomUUID()
    const leftAt = handedOverAt ?? (receivedAt && before(receivedAt, 48))
    const left = lines.map((each) => ({ ...each, sku: `SKU-${each.lineId}`, name: 'Sensor' }))
    const takenBy = TAKERS[receivedBy as keyof typeof TAKERS]
    const dispatched = () => hear('ShipmentDispatched', orderId, { shipmentId, handedOverAt: leftAt, lines: left })
    const delivered = () => hear('ShipmentDelivered', orderId, { shipmentId, receivedAt, takenBy })
    return [
      ...(leftAt ? [{ at: leftAt, act: dispatched }] : []),
      ...(receivedAt && takenBy ? [{ at: receivedAt, act: delivered }] : []),
    ]
  })
}

/** A defect that was complained of, accepted, and put right by the moment of the case. */
function putRight({ call }: House, orderId: string, line: Line): Step[] {
  const { lineId, quantity, replacedAt, repairedAt } = line
  const cures = line.cures ?? [
    ...(replacedAt ? [{ remedy: 'replacement', quantity, receivedAt: replacedAt }] : []),
    ...(repairedAt ? [{ remedy: 'repair', quantity, receivedAt: repairedAt }] : []),
  ]
  return cures.flatMap(({ remedy, quantity, receivedAt: doneAt }) => {
    let url = ''
    async function accepted() {
      const said = { defect: 'It beeps.', channel: 'email', lines: [{ lineId, quantity }] }
      url = `/complaints/${(await call('support', 'POST', `/orders/${orderId}/complaints`, said)).body.id}`
      await call('support', 'PUT', `${url}/assessment`, { outcome: 'accepted' })
      await call('support', 'PUT', `${url}/choice`, { remedy })
    }
    return [
      { at: before(doneAt, 240), act: accepted },
      { at: doneAt, act: () => call('support', 'PUT', `${url}/cure`, { doneAt }) },
    ]
  })
}

/** A withdrawal, what was shown and came of it, and the refund once orders has paid it. */
function goneBack({ call, hear }: House, orderId: string, each: NonNullable<Facts['returns']>[number]): Step[] {
  const {
    lines,
    noticeReceivedAt,
    proofOfSendingAt: sentAt,
    goodsReceivedAt: receivedAt,
    refunded,
    sellerCollects,
  } = each
  let id = ''
  async function declared() {
    const said = { channel: 'email', lines }
    id = (await call('support', 'POST', `/orders/${orderId}/withdrawals`, said)).body.id
    if (sellerCollects) await call('support', 'PUT', `/returns/${id}/collection`, {})
  }
  const proof = { carrier: 'Posten', trackingNumber: 'TEST1NO', sentAt }
  async function back() {
    await call('warehouse', 'PUT', `/returns/${id}/receipt`, { receivedAt })
    if (refunded) await hear('PaymentRefunded', orderId, { returnId: id, amount: refunded, refundedAt: receivedAt })
  }
  return [
    { at: noticeReceivedAt!, act: declared },
    ...(sentAt ? [{ at: sentAt, act: () => call('support', 'PUT', `/returns/${id}/proof-of-sending`, proof) }] : []),
    ...(receivedAt ? [{ at: receivedAt, act: back }] : []),
  ]
}
