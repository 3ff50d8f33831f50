import type { ReceivedUnit } from '@vilkar/contracts/shipping-returns.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Transaction } from 'kysely'
import { handle as handleComplaint } from '../complaint/handle.ts'
import { unitsAwaited } from '../complaint/state.ts'
import { readComplaint } from '../complaint/store.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { lockOrderOfCase } from '../order-facts/store.ts'
import { handle as handleVoluntary } from '../voluntary-return/handle.ts'
import { readVoluntaryReturn } from '../voluntary-return/store.ts'
import { handle as handleWithdrawal } from '../withdrawal/handle.ts'
import { comingBack, lookedAtUntil } from '../withdrawal/state.ts'
import { readReturn } from '../withdrawal/store.ts'
import { covers, distinctUnits, isAsNew } from './counted.ts'
import { PASSING } from './hear-parcel.ts'
import { type GoodsReceived, goodsOfCase, kindOfCase, setGoods } from './store.ts'

type Trx = Transaction<Database>

/** So long after the last parcel, what has not come is not waited for any more. */
const WAITED_FOR_DAYS = 3
const RETRY_MINUTES = 10
const SETTLED_WITHIN_DAYS = 7

/** What was received of a case so far: each unit once, and who said so last. */
type Received = { units: ReceivedUnit[]; first: string; last: string; by: GoodsReceived['personal'] }
type Outcome = 'applied' | { again: string } | { unsettled: string }
type Receiving = {
  trx: Trx
  deps: Deps
  caseId: string
  facts: OrderFacts
  received: Received
  /** What of it the case has not heard of. */
  news: Received
  isLate: boolean
}

/**
 * Has a case hear what the warehouse received of it. As long as units are missing, the next parcel is waited for, though never beyond the
 * last day to pay back; then what came is all that came. What a person said of the goods before stands. What no case takes is a
 * person’s to settle.
 */
export async function receiveGoods(trx: Trx, deps: Deps, caseId: string) {
  const order = await lockOrderOfCase(trx, caseId)
  const goods = await goodsOfCase(trx, caseId)
  const waiting = goods.filter(({ status }) => status === 'waiting')
  if (waiting.length === 0) return
  const ids = waiting.map(({ id }) => id)
  const now = deps.clock.now()
  const applied = goods.filter(({ status }) => status === 'applied')
  const received = receivedOf(goods.filter((each) => waiting.includes(each) || applied.includes(each)))
  const known = new Set(applied.flatMap(({ units }) => units.map(({ unitId }) => unitId)))
  const heard = receivedOf(waiting)
  const news = { ...heard, units: heard.units.filter(({ unitId }) => !known.has(unitId)) }
  const lastAt = Temporal.Instant.from(received.last)
  const isLate = Temporal.Instant.compare(lastAt.add({ hours: 24 * WAITED_FOR_DAYS }), now) <= 0
  const outcome: Outcome = order
    ? await offer({ trx, deps, caseId, facts: order.facts as OrderFacts, received, news, isLate })
    : isLate
      ? { unsettled: 'case-unknown' }
      : { again: now.add({ minutes: RETRY_MINUTES }).toString() }
  if (outcome === 'applied') await setGoods(trx, ids, { status: 'applied', look_at: null })
  else if ('again' in outcome) await setGoods(trx, ids, { look_at: outcome.again })
  else {
    const due_on = osloDay(now).add({ days: SETTLED_WITHIN_DAYS }).toString()
    await setGoods(trx, ids, { status: 'unsettled', outcome: outcome.unsettled, look_at: null, due_on })
  }
}

function receivedOf(goods: GoodsReceived[]): Received {
  const moments = goods.map(({ received_at }) => Temporal.Instant.from(received_at).toString()).sort()
  const personal = goods.map((each) => each.personal)
  const serialNumbers = [...new Set(personal.flatMap((each) => each.serialNumbers ?? []))]
  const notes = personal.flatMap(({ note }) => note ?? [])
  return {
    ...{ units: distinctUnits(goods.flatMap(({ units }) => units)), first: moments[0]!, last: moments.at(-1)! },
    by: {
      by: personal.at(-1)!.by,
      ...(serialNumbers.length > 0 && { serialNumbers }),
      ...(notes.length > 0 && { note: notes.join('\n') }),
    },
  }
}

async function offer(receiving: Receiving): Promise<Outcome> {
  switch (await kindOfCase(receiving.trx, receiving.caseId)) {
    case 'withdrawal':
      return toWithdrawal(receiving)
    case 'voluntary-return':
      return toOffer(receiving)
    case 'complaint':
      return toComplaint(receiving)
    default:
      return { unsettled: 'case-unknown' }
  }
}

/** Until when the rest of the units is waited for. */
const waitedUntil = ({ received: { last } }: Receiving) =>
  Temporal.Instant.from(last)
    .add({ hours: 24 * WAITED_FOR_DAYS })
    .toString()

async function toWithdrawal(receiving: Receiving): Promise<Outcome> {
  const { trx, deps, caseId, facts, received, isLate } = receiving
  const { units, first, by } = received
  const { state } = (await readReturn(trx, caseId))!
  if (state.inspection) return covers(state.inspection.units, units) ? 'applied' : { unsettled: 'inspection-settled' }
  const at = deps.clock.now().toString()
  const isPaying = !state.refund && !state.closed && (state.receivedAt ?? state.sentAt) !== undefined
  const until = [waitedUntil(receiving), ...(isPaying ? [lookedAtUntil(state)] : [])].sort(Temporal.Instant.compare)[0]!
  if (!covers(units, comingBack(state)) && !isLate && Temporal.Instant.compare(at, until) < 0) return { again: until }
  const found = units.map(({ unitId: _, originalPackaging: __, ...unit }) => unit)
  const more = { inspectedBy: by.by, serialNumbers: by.serialNumbers, note: by.note }
  const data = { returnId: caseId, at, facts, receivedAt: first, units: found, ...more }
  return outcomeOf(receiving, await handleWithdrawal(trx, { type: 'RecordInspection', data }, deps))
}

/** What meets the conditions of the offer for everybody to see is taken at once; of anything else a person says so to the customer. */
async function toOffer(receiving: Receiving): Promise<Outcome> {
  const { trx, deps, caseId, facts, received, isLate } = receiving
  const { units, first, by } = received
  const { state } = (await readVoluntaryReturn(trx, caseId))!
  if (state.check) return covers(state.check.units, units) ? 'applied' : { unsettled: 'inspection-settled' }
  const at = deps.clock.now().toString()
  if (!covers(units, state.requested.lines) && !isLate) return { again: waitedUntil(receiving) }
  if (units.length > 0 && units.every(isAsNew)) {
    const looked = units.map(({ lineId, quantity, fitForSale }) => ({
      ...{ lineId, quantity, fitForSale, unused: true, undamaged: true, originalPackaging: true },
    }))
    const data = { returnId: caseId, at, facts, receivedAt: first, units: looked, checkedBy: by.by }
    return outcomeOf(receiving, await handleVoluntary(trx, { type: 'RecordCheck', data }, deps))
  }
  const data = { returnId: caseId, at, receivedAt: first }
  const outcome = outcomeOf(receiving, await handleVoluntary(trx, { type: 'RecordReceipt', data }, deps))
  return outcome === 'applied' && units.length === 0 ? { unsettled: 'nothing-in-it' } : outcome
}

/**
 * Goods of a cancelled purchase are paid back once all of them are here; those to be put right, and those that others were sent for, are
 * here for that. What came for a repair went back to the customer, so that only what is new counts.
 */
async function toComplaint(receiving: Receiving): Promise<Outcome> {
  const { trx, deps, caseId, facts, news, isLate } = receiving
  const { units, first } = news
  const { state } = (await readComplaint(trx, caseId))!
  const { status, defective, cure } = state
  const isReturn = status === 'returning'
  const awaited = unitsAwaited(state)
  const hereSince = state.goodsReceivedAt ?? (isReturn || defective ? undefined : cure?.goodsReceivedAt)
  if (hereSince !== undefined) return 'applied'
  if (awaited === undefined) return { unsettled: 'remedy-not-open' }
  if (!covers(units, awaited)) return isLate ? { unsettled: 'units-missing' } : { again: waitedUntil(receiving) }
  const data = { returnId: caseId, at: deps.clock.now().toString(), receivedAt: first }
  const command = isReturn
    ? ({ type: 'RecordReturn', data: { ...data, facts } } as const)
    : ({ type: 'RecordGoods', data } as const)
  return outcomeOf(receiving, await handleComplaint(trx, command, deps))
}

/** What is refused since not all was heard of the order is tried again, for as long as the rest of it is waited for. */
function outcomeOf({ deps, isLate }: Receiving, { refusal }: { refusal?: Refusal }): Outcome {
  if (refusal === undefined) return 'applied'
  if (!PASSING.has(refusal.code) || isLate) return { unsettled: refusal.code }
  return { again: deps.clock.now().add({ minutes: RETRY_MINUTES }).toString() }
}
