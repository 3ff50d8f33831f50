import type { DataOf } from '@vilkar/contracts/all-events.ts'
import type { ParcelFacts, Units } from '@vilkar/terms/order/facts.ts'
import { mergeLines } from './merge-lines.ts'
import type { OrderSoFar } from './projection.ts'

type Facts = OrderSoFar['facts']
type Change = Pick<Facts, 'parcels' | 'replacedShipments' | 'sentInstead'>

/**
 * What is sent instead of units of a shipment: so much was promised, by the shipment that was asked for, and so much has left. Of the shipment
 * itself, when it left and, should it come all the same, when.
 */
export type SentInstead = {
  shipmentId: string
  handedOverAt?: string
  receivedAt?: string
  promised: { replacementId: string; lines: Units[] }[]
  sent: Units[]
}

/** Units that were lost and are paid back, or that left again: the parcel that lost them had less in it. */
export function withoutLost(facts: Facts, { shipmentId, lines }: { shipmentId: string; lines: Units[] }): Change {
  if (ownParcel(facts, shipmentId) === undefined)
    throw new Error(`What shipment ${shipmentId} lost is made good and no dispatch of it was heard.`)
  return withOwnUnits(facts, shipmentId, (lineId, units) => units - countOf(lines, lineId))
}

/**
 * Others are to be sent for units that were lost: they are still to come, and the period to withdraw begins with the last of the goods that
 * were ordered together (angrerettloven § 21), whenever the parcel that lost them arrives.
 */
export function replacementPromised(
  facts: Facts,
  { shipmentId, replacementId, lines }: { shipmentId: string; replacementId: string; lines: Units[] },
): Partial<Change> {
  // What is sent for a complaint is no parcel of the order, and what is sent instead of that neither.
  if (!isKnown(facts, shipmentId)) return {}
  const { promised } = insteadOf(facts, shipmentId)
  if (promised.some((each) => each.replacementId === replacementId)) return {}
  const all = [...promised, { replacementId, lines: sorted(mergeLines(lines)) }]
  return changed(facts, shipmentId, { promised: all.toSorted((a, b) => (a.replacementId < b.replacementId ? -1 : 1)) })
}

/** The goods of a parcel that came back leave once more: all that it has left of them is still to come. */
export function sentAgain(
  facts: Facts,
  {
    shipmentId,
    outcome,
    replacementId,
  }: Pick<DataOf<'DeliveryFailureEnded'>, 'shipmentId' | 'outcome' | 'replacementId'>,
): Partial<Change> {
  if (outcome !== 'sent-again' || replacementId === undefined || !isKnown(facts, shipmentId)) return {}
  const { promised, sent } = insteadOf(facts, shipmentId)
  const before = promised.flatMap((each) => each.lines)
  const beyond = sent.map(({ lineId, quantity }) => ({ lineId, quantity: quantity - countOf(before, lineId) }))
  const lines = [...(ownParcel(facts, shipmentId)?.lines ?? []), ...beyond.filter(({ quantity }) => quantity > 0)]
  return replacementPromised(facts, { shipmentId, replacementId, lines })
}

/** What was lost has come after all and the others, which had not left, are not sent: it is of the parcel again. */
export function replacementStopped(
  facts: Facts,
  { shipmentId, stopped }: Pick<DataOf<'DamageReportEnded'>, 'shipmentId' | 'stopped'>,
): Partial<Change> {
  const { promised } = insteadOf(facts, shipmentId)
  const left = promised.filter(({ replacementId }) => replacementId !== stopped)
  return left.length === promised.length ? {} : changed(facts, shipmentId, { promised: left })
}

/** The customer withdrew from units before others had left instead of them: those are sent no more, and the parcel that lost them stands for them again. */
export function promiseTaken(
  facts: Facts,
  { shipmentId, lines }: { shipmentId: string; lines: Units[] },
): Partial<Change> {
  const rest = new Map(mergeLines(lines).map(({ lineId, quantity }) => [lineId, quantity]))
  const promised = insteadOf(facts, shipmentId).promised.map((each) => ({
    ...each,
    lines: each.lines.flatMap(({ lineId, quantity }) => {
      const taken = Math.min(quantity, rest.get(lineId) ?? 0)
      rest.set(lineId, (rest.get(lineId) ?? 0) - taken)
      return taken < quantity ? [{ lineId, quantity: quantity - taken }] : []
    }),
  }))
  return changed(facts, shipmentId, { promised })
}

/** Units that left instead of lost ones are no more of the order than those were: they take their place, whether they were promised before or are later. */
export function leftInstead(
  facts: Facts,
  { replaces, lines }: Pick<DataOf<'ShipmentDispatched'>, 'replaces'> & { lines: Units[] },
): Partial<Change> {
  if (replaces === undefined) return {}
  if (!isKnown(facts, replaces))
    throw new Error(`What shipment ${replaces} lost is made good and no dispatch of it was heard.`)
  const sent = mergeLines([...insteadOf(facts, replaces).sent, ...lines])
  return changed(facts, replaces, { sent: sorted(sent) })
}

/** The facts once a parcel came, or did not as is known now. One of which all units were lost and made good changes nothing. */
export function withReceipt(facts: Facts, shipmentId: string, receivedAt: string | undefined): Partial<Change> {
  if (!isKnown(facts, shipmentId))
    throw new Error(`Shipment ${shipmentId} was delivered and no dispatch of it was heard.`)
  const at = <Kept extends { receivedAt?: string }>({ receivedAt: _, ...kept }: Kept) => ({
    ...kept,
    ...(receivedAt && { receivedAt }),
  })
  const { parcels, sentInstead } = facts
  return {
    parcels: parcels.map((parcel) => (isOwn(parcel, shipmentId) ? (at(parcel) as ParcelFacts) : parcel)),
    ...(sentInstead && {
      sentInstead: sentInstead.map((each) => (each.shipmentId === shipmentId ? (at(each) as SentInstead) : each)),
    }),
  }
}

/** Parcels in the order of their ids; behind one stand its units that others are sent for. */
export const inOrder = (parcels: readonly ParcelFacts[]) =>
  parcels.toSorted((one, other) => {
    if (one.shipmentId !== other.shipmentId) return one.shipmentId < other.shipmentId ? -1 : 1
    return Number(one.replaced ?? false) - Number(other.replaced ?? false)
  })

/**
 * The parcels once more was promised, or left, instead of units of a shipment. It has lost as many as were promised or as left, whichever are
 * more, since either may be heard first; what was promised and has not left is still to come.
 */
function changed(facts: Facts, shipmentId: string, change: Partial<SentInstead>): Change {
  const before = insteadOf(facts, shipmentId)
  const after = { ...before, ...change }
  const moved = (lineId: string) => lostOf(after, lineId) - lostOf(before, lineId)
  const { parcels, replacedShipments } = withOwnUnits(facts, shipmentId, (lineId, units) => units - moved(lineId))
  const awaited = linesIn(after)
    .map((lineId) => ({ lineId, quantity: promisedOf(after, lineId) - countOf(after.sent, lineId) }))
    .filter(({ quantity }) => quantity > 0)
  const { handedOverAt } = after
  const others = parcels.filter((parcel) => !(parcel.replaced && parcel.shipmentId === shipmentId))
  const coming: ParcelFacts = { shipmentId, lines: awaited, ...(handedOverAt && { handedOverAt }), replaced: true }
  const kept = (facts.sentInstead ?? []).filter((each) => each.shipmentId !== shipmentId)
  return {
    parcels: inOrder(awaited.length > 0 ? [...others, coming] : others),
    ...(replacedShipments && { replacedShipments }),
    sentInstead: [...kept, after].toSorted((one, other) => (one.shipmentId < other.shipmentId ? -1 : 1)),
  }
}

/** The parcels with other units in one of them; without any it is none, and what is told of it later changes nothing. */
function withOwnUnits(
  facts: Facts,
  shipmentId: string,
  unitsAfter: (lineId: string, units: number) => number,
): Pick<Facts, 'parcels' | 'replacedShipments'> {
  const { parcels, replacedShipments = [] } = facts
  const own = ownParcel(facts, shipmentId)
  const { promised: _, sent: __, ...moments } = insteadOf(facts, shipmentId)
  const lineIds = own?.lines.map(({ lineId }) => lineId) ?? []
  const more = linesIn(insteadOf(facts, shipmentId)).filter((lineId) => !lineIds.includes(lineId))
  const lines = [...lineIds, ...more]
    .map((lineId) => ({ lineId, quantity: unitsAfter(lineId, countOf(own?.lines ?? [], lineId)) }))
    .filter(({ quantity }) => quantity > 0)
  const others = parcels.filter((parcel) => parcel !== own)
  const rest = replacedShipments.filter((id) => id !== shipmentId)
  if (lines.length > 0)
    return {
      parcels: inOrder([...others, own ? { ...own, lines } : { ...moments, lines }]),
      ...(facts.replacedShipments && { replacedShipments: rest }),
    }
  return { parcels: others, replacedShipments: [...rest, shipmentId].toSorted() }
}

function insteadOf(facts: Facts, shipmentId: string): SentInstead {
  const known = facts.sentInstead?.find((each) => each.shipmentId === shipmentId)
  if (known) return known
  const { handedOverAt, receivedAt } = ownParcel(facts, shipmentId) ?? {}
  const moments = { ...(handedOverAt && { handedOverAt }), ...(receivedAt && { receivedAt }) }
  return { shipmentId, ...moments, promised: [], sent: [] }
}

const isOwn = (parcel: ParcelFacts, shipmentId: string) => parcel.shipmentId === shipmentId && !parcel.replaced
const ownParcel = ({ parcels }: Facts, shipmentId: string) => parcels.find((parcel) => isOwn(parcel, shipmentId))
const isKnown = (facts: Facts, shipmentId: string) =>
  ownParcel(facts, shipmentId) !== undefined || (facts.replacedShipments ?? []).includes(shipmentId)

const countOf = (lines: readonly Units[], lineId: string) =>
  lines.reduce((sum, each) => (each.lineId === lineId ? sum + each.quantity : sum), 0)
const promisedOf = ({ promised }: SentInstead, lineId: string) =>
  promised.reduce((sum, { lines }) => sum + countOf(lines, lineId), 0)
const lostOf = (instead: SentInstead, lineId: string) =>
  Math.max(promisedOf(instead, lineId), countOf(instead.sent, lineId))
const linesIn = ({ promised, sent }: SentInstead) =>
  [...new Set([...promised.flatMap(({ lines }) => lines), ...sent].map(({ lineId }) => lineId))].toSorted()
const sorted = (lines: Units[]) => lines.toSorted((one, other) => (one.lineId < other.lineId ? -1 : 1))
