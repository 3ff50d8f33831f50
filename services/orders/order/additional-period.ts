import type { AdditionalPeriodOver, AdditionalPeriodSet } from '@vilkar/contracts/orders-additional-period.ts'
import type { DeliveryDelayed } from '@vilkar/contracts/orders-delivery.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { endOfOsloDay, isAfter, osloDay } from '@vilkar/terms/calendar.ts'
import { awaitedOf, customersDoing, delayOf, isWaitedFor, passedPromise, promiseCheckAt } from './delay.ts'
import type { DataOf, PlacedOrder } from './state.ts'

/** Extra time that the customer set; `over`: it has run out and they were told. */
export type AdditionalPeriod = Pick<AdditionalPeriodSet['data'], 'periodId' | 'until' | 'setAt'> & { over?: true }

/** The one that counts: the last that was set. */
const current = ({ additionalPeriods }: PlacedOrder) => additionalPeriods?.at(-1)

/**
 * A customer whose goods are late sets a reasonable last day to deliver (forbrukerkjøpsloven § 23, kjøpsloven § 25). While it runs they wait;
 * when it has run out they may end the purchase, or a person judges whether: of a short one whether it was reasonable, of goods made to order
 * for a business what the delay defeats (kjøpsloven § 26). Refused where nothing is waited for, nothing is late yet or that it is late is the
 * customer's own doing, and where the same id was said otherwise.
 */
export function setAdditionalPeriod(
  { orderId, at, periodId, until, by }: DataOf<'SetAdditionalPeriod'>,
  state: PlacedOrder,
) {
  const before = state.additionalPeriods?.find((each) => each.periodId === periodId)
  if (before) {
    if (before.until === until) return accept()
    return refuse({
      code: 'period-settled',
      detail: `This period ends on ${before.until}. Another last day is set under an id of its own.`,
    })
  }
  const awaited = awaitedOf(state)
  const waits = awaited.unsent.length + awaited.underway.length > 0
  if (state.formedAt === undefined || state.status === 'cancelled' || !waits)
    return refuse({ code: 'nothing-awaited', detail: 'The customer waits for nothing of this order.' })
  const theirs = customersDoing(state)
  const { outcome, lastDay, reasons } = delayOf(state, Temporal.Instant.from(at), { customersDoing: !!theirs })
  if (theirs) return refuse({ code: 'delay-of-the-customer', detail: DOING[theirs], reasons })
  if (outcome === 'refused') {
    const detail = `The goods are not late: they may come until ${lastDay}. Extra time is set from then on.`
    return refuse({ code: 'delivery-not-late', detail, reasons })
  }
  const { reasons: then } = delayOf(state, endOfOsloDay(Temporal.PlainDate.from(until)), {
    extraTime: { until, setAt: at },
  })
  return accept({
    type: 'AdditionalPeriodSet',
    data: { orderId, periodId, until, ...awaited, setAt: at, reasons: then, personal: { by } },
  } satisfies AdditionalPeriodSet)
}

const DOING = {
  'not-taken':
    'The goods were brought in time and were refused, or not fetched: that they have not come is not the seller’s delay.',
  'not-paid': 'The goods wait for the customer to pay: that they have not come is not the seller’s delay.',
}

/** When the extra time has run out, if the customer is to be told then; undefined if nothing runs. */
export function additionalPeriodEnd(state: PlacedOrder) {
  const period = current(state)
  if (period === undefined || period.over || !isWaitedFor(state)) return undefined
  const until = Temporal.PlainDate.from(period.until)
  // A later day of delivery may have been agreed since: until then the goods are not late.
  const { lastDay } = delayOf(state, Temporal.Instant.from(period.setAt))
  return endOfOsloDay(isAfter(lastDay, until) ? lastDay : until)
}

/** Tells that it has run out, once; nothing while it runs, or once all has come. */
export function endAdditionalPeriod(state: PlacedOrder, orderId: string, at: string): AdditionalPeriodOver[] {
  const end = additionalPeriodEnd(state)
  if (end === undefined || Temporal.Instant.compare(at, end) < 0) return []
  const { periodId, until, setAt } = current(state)!
  const { reasons } = delayOf(state, Temporal.Instant.from(at), { extraTime: { until, setAt } })
  const data = { orderId, periodId, until, ...awaitedOf(state), overAt: at, reasons }
  return [{ type: 'AdditionalPeriodOver', data } satisfies AdditionalPeriodOver]
}

export const withPeriod = (
  { additionalPeriods = [] }: PlacedOrder,
  { periodId, until, setAt }: AdditionalPeriodSet['data'],
): AdditionalPeriod[] => [...additionalPeriods, { periodId, until, setAt }]

export const withPeriodOver = ({ additionalPeriods }: PlacedOrder, { periodId }: AdditionalPeriodOver['data']) =>
  additionalPeriods?.map((each) => (each.periodId === periodId ? { ...each, over: true as const } : each))

/** When the customer is to be told that a promised day, or extra time that they set, has passed; null: not until something else happens. */
export const delayCheckAt = (state: PlacedOrder) => {
  const due = [promiseCheckAt(state), additionalPeriodEnd(state)].filter((moment) => moment !== undefined)
  return due.toSorted(Temporal.Instant.compare)[0]?.toString() ?? null
}

/** Tells of the last promised day that has passed, and that extra time has run out. */
export const tellDelay = ({ orderId, at }: DataOf<'TellDelay'>, state: PlacedOrder) =>
  accept<DeliveryDelayed | AdditionalPeriodOver>(
    ...passedPromise(state, orderId, at),
    ...endAdditionalPeriod(state, orderId, at),
  )

/** Whether the day is one that has passed in Oslo. */
export const hasPassed = (day: string, at: Temporal.Instant) => isAfter(osloDay(at), Temporal.PlainDate.from(day))
