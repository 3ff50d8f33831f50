import type { DeliveryDelayed, OrderDeliveryCorrected } from '@vilkar/contracts/orders-delivery.ts'
import { endOfOsloDay, isAfter, osloDay } from '@vilkar/terms/calendar.ts'
import { madeToOrderAmong } from '@vilkar/terms/statute/kjopsloven.ts'
import { notTakenBy } from './failed-delivery.ts'
import { agreedOn } from './promise.ts'
import { type PlacedOrder, termsFor } from './state.ts'
import { countedLines, countOf, isPending, lostOf, someOf } from './units.ts'

/** What was promised, in the order in which the days pass: an estimate, and the last day on which delivery is not late. */
type Promised = DeliveryDelayed['data']['promise']

/**
 * The days that were promised. The last is the one that was agreed; else a consumer's is the law's, and a business has none but a
 * reasonable time, of which the end of the estimate is the least.
 */
function promisesOf(state: PlacedOrder): { promise: Promised; lastDay: Temporal.PlainDate }[] {
  const confirmedAt = Temporal.Instant.from(state.formedAt!)
  const { to } = estimateOf(state)
  const { lastDay } = delayOf(state, confirmedAt)
  const last = { promise: 'last-day', lastDay } as const
  return isAfter(lastDay, to) ? [{ promise: 'estimate', lastDay: to }, last] : [last]
}

/** The days in which what was ordered is expected. Source: forbrukerkjøpsloven § 6, kjøpsloven § 9. */
export const estimateOf = (state: PlacedOrder) =>
  termsFor(state).deliveryEstimate({
    customerKind: state.placed.customerKind,
    confirmedAt: Temporal.Instant.from(state.formedAt!),
  })

/** What bears on a delay besides the order: when the last of it came, if it has, and the last extra time that the customer set. */
type Circumstances = {
  deliveredAt?: Temporal.Instant
  extraTime?: { until: string; setAt?: string }
  customersDoing?: boolean
}

/** How late delivery is at a moment, and what follows. */
export function delayOf(
  state: PlacedOrder,
  at: Temporal.Instant,
  { deliveredAt, extraTime, customersDoing }: Circumstances = {},
) {
  const { customerKind } = state.placed
  const { unsent, underway } = awaitedOf(state)
  const awaited = state.placed.lines.filter(({ lineId }) => countOf([...unsent, ...underway], lineId) > 0)
  return termsFor(state).delay({
    ...{ customerKind, confirmedAt: Temporal.Instant.from(state.formedAt!), at, deliveredAt, customersDoing },
    ...agreedOn(state.placed),
    ...(extraTime && {
      extraTimeUntil: Temporal.PlainDate.from(extraTime.until),
      extraTimeSetAt: extraTime.setAt === undefined ? undefined : Temporal.Instant.from(extraTime.setAt),
    }),
    madeToOrder: madeToOrderAmong(awaited.length > 0 ? awaited : state.placed.lines),
  })
}

/**
 * What the customer still waits for: what is here, and what is on its way. Who withdrew from something, or has its price back since it was
 * lost, waits for it no more.
 */
export function awaitedOf(state: PlacedOrder) {
  const come = state.shipments.filter(({ deliveredAt }) => deliveredAt !== undefined).flatMap(({ lines }) => lines)
  const lost = lostOf(state)
  const lines = countedLines(state).map(({ lineId, quantity, returnable, neverSent, unsent }) => {
    const awaited = Math.max(0, Math.min(returnable, quantity - neverSent - countOf([...come, ...lost], lineId)))
    return { lineId, unsent: Math.min(unsent, awaited), underway: awaited - Math.min(unsent, awaited) }
  })
  return {
    unsent: someOf(lines.map(({ lineId, unsent }) => ({ lineId, quantity: unsent }))),
    underway: someOf(lines.map(({ lineId, underway }) => ({ lineId, quantity: underway }))),
  }
}

/** Whether a promise runs: there is a contract, and nobody is asking to end any of it. */
const runs = ({ status, formedAt, stops }: PlacedOrder) =>
  formedAt !== undefined && (status === 'formed' || status === 'dispatched') && !stops.some(isPending)

/**
 * Whether the goods wait for the customer to pay again, and did before they were expected: then it is not the seller who is late. An
 * authorisation that runs out later than that does so because they are (forbrukerkjøpsloven § 19).
 */
function waitsForPayment(state: PlacedOrder) {
  const expiredAt = state.payment?.expiredAt
  if (expiredAt === undefined) return false
  const { to } = estimateOf(state)
  return !isAfter(osloDay(Temporal.Instant.from(expiredAt)), to)
}

/**
 * What the customer did that all of what has not come is missing for: they have to pay first, or did not take it when it was brought in time
 * (forbrukerkjøpsloven § 19, kjøpsloven § 22). Undefined where something is missing for another cause.
 */
export function customersDoing(state: PlacedOrder): 'not-paid' | 'not-taken' | undefined {
  if (waitsForPayment(state)) return 'not-paid'
  const { unsent, underway } = awaitedOf(state)
  const notTaken = notTakenBy(state, endOfOsloDay(promisesOf(state).at(-1)!.lastDay))
  const left = underway.filter(({ lineId, quantity }) => quantity <= countOf(notTaken, lineId))
  return underway.length > 0 && unsent.length + underway.length === left.length ? 'not-taken' : undefined
}

/** Whether a promise runs and something is waited for that is not missing for what the customer did. */
export function isWaitedFor(state: PlacedOrder) {
  if (!runs(state) || customersDoing(state)) return false
  const { unsent, underway } = awaitedOf(state)
  return unsent.length + underway.length > 0
}

/** The promises that the customer was not told of yet; none when nothing is waited for. */
function untold(state: PlacedOrder) {
  if (!isWaitedFor(state)) return []
  const promises = promisesOf(state)
  return promises.slice(promises.findIndex(({ promise }) => promise === state.delayTold) + 1)
}

/** When the customer is to be told that a promised day has passed; undefined: not until something else happens. */
export const promiseCheckAt = (state: PlacedOrder) => {
  const [next] = untold(state)
  return next && endOfOsloDay(next.lastDay)
}

/**
 * The promised day that has passed without all of it having come, as the customer was told: the first on which it is late by law or
 * agreement, or the last of what was expected. Undefined: nothing is late that is still waited for.
 */
export function lateSince(state: PlacedOrder) {
  if (state.delayTold === undefined || !isWaitedFor(state)) return undefined
  return promisesOf(state).find(({ promise }) => promise === state.delayTold)
}

/** Tells of the last promised day that has passed; one that passed before it is told with it. */
export function passedPromise(state: PlacedOrder, orderId: string, at: string): DeliveryDelayed[] {
  const now = Temporal.Instant.from(at)
  const passed = untold(state).findLast(({ lastDay }) => isAfter(osloDay(now), lastDay))
  if (passed === undefined) return []
  const { reasons } = estimateOf(state)
  const ruling = delayOf(state, now)
  const told = {
    type: 'DeliveryDelayed',
    data: {
      ...{ orderId, promise: passed.promise, lastDay: passed.lastDay.toString(), ...awaitedOf(state) },
      ...{ delayedAt: at, reasons: [...reasons, ...ruling.reasons] },
    },
  } satisfies DeliveryDelayed
  return [told]
}

/** When the last that the customer waited for came, if all has come and that was after the day on which it was late. */
export function lateArrivalOf(state: PlacedOrder): Temporal.Instant | undefined {
  if (state.formedAt === undefined || state.status !== 'delivered') return undefined
  const moments = state.shipments.map(({ deliveredAt }) => Temporal.Instant.from(deliveredAt!))
  const last = moments.toSorted(Temporal.Instant.compare).at(-1)!
  return delayOf(state, last, { deliveredAt: last }).late === 'refused' ? undefined : last
}

/** The same, unless the customer was told of it: corrected, it is news only if the last of it came on another day than was told. */
export function newLateArrivalOf(
  state: PlacedOrder,
  { shipmentId, was: deliveredAt }: Pick<OrderDeliveryCorrected['data'], 'shipmentId' | 'was'>,
) {
  const late = lateArrivalOf(state)
  if (late === undefined || deliveredAt === undefined) return late
  const shipments = state.shipments.map((each) => (each.shipmentId === shipmentId ? { ...each, deliveredAt } : each))
  const told = lateArrivalOf({ ...state, shipments })
  return told && osloDay(told).equals(osloDay(late)) ? undefined : late
}
