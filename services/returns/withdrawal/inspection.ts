import { isDeepStrictEqual } from 'node:util'
import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ReturnReceived, WithdrawalEvent } from '@vilkar/contracts/returns.ts'
import type { Deduction, Found, ReturnInspected } from '@vilkar/contracts/returns-inspection.ts'
import { accept, type Decision, type Refusal, refuse } from '@vilkar/decider/decider.ts'
import { portionOf } from '@vilkar/terms/amounts/portion.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { mergeLines } from '../order-facts/merge-lines.ts'
import { inTheFuture } from '../order-facts/notice-moments.ts'
import type { Claimed, CommandData } from './commands.ts'
import { notThere } from './proof-of-sending.ts'
import { awaitsUnits, comingBack, type DeclaredReturn, isToBeInspected, lookedAtUntil } from './state.ts'

const { compare } = Temporal.Instant

/**
 * Somebody looked at what came back. What is plain, whole, tried no more than it takes and under its seal, is paid back; all else
 * waits for a person (angrerettloven §§ 22, 24 and 25). Said again alike it is one inspection; said otherwise it is refused.
 */
export function recordInspection(
  data: CommandData<'RecordInspection'>,
  state: DeclaredReturn,
): Decision<WithdrawalEvent> {
  const { returnId, at, facts, receivedAt, units, inspectedBy, serialNumbers, note } = data
  if (awaitsUnits(state))
    return refuse({ code: 'units-not-known', detail: 'Shipping has not said yet which of these units had left.' })
  if (state.inspection) return isDeepStrictEqual(units, state.inspection.units) ? accept() : refuse(INSPECTED)
  const most = unitsOf(comingBack(state))
  for (const { lineId, quantity } of mergeLines(units))
    if (quantity > (most.get(lineId) ?? 0))
      return refuse({
        code: 'quantity-exceeded',
        detail: `Of line ${lineId} ${most.get(lineId) ?? 0} units come back by this return, not ${quantity}.`,
      })
  const wrong = inTheFuture('receivedAt', receivedAt, at) ?? notThere(state, receivedAt, facts, 'handed-over')
  if (wrong && state.receivedAt === undefined) return refuse(wrong)

  const ids = { returnId, orderId: state.declared.orderId }
  const there = unitsOf(units)
  const missing = comingBack(state)
    .map(({ lineId, quantity }) => ({ lineId, quantity: quantity - (there.get(lineId) ?? 0) }))
    .filter(({ quantity }) => quantity > 0)
  const plain = missing.length === 0 && units.every((found) => isPlain(found, facts))
  const fit = mergeLines(units.filter(({ fitForSale }) => fitForSale))
  const received: ReturnReceived = {
    type: 'ReturnReceived',
    data: { ...ids, receivedAt, ...(fit.length > 0 && { fitForSale: fit }) },
  }
  const personal = { inspectedBy, ...(serialNumbers && { serialNumbers }), ...(note !== undefined && { note }) }
  const inspected: ReturnInspected = {
    type: 'ReturnInspected',
    data: { ...ids, inspectedAt: at, units, missing, plain, personal },
  }
  // A receipt that said nothing of what is fit for sale is told again with it: orders puts units into stock by that.
  if (state.receivedAt !== undefined) received.data.receivedAt = state.receivedAt
  const isNews = state.receivedAt === undefined || (state.fitForSale === undefined && fit.length > 0)
  return accept<WithdrawalEvent>(...(isNews ? [received] : []), inspected)
}

const INSPECTED: Refusal = {
  code: 'inspection-settled',
  detail: 'The inspection is recorded, with other findings.',
}

const unitsOf = (lines: LinePart[]) => new Map(mergeLines(lines).map(({ lineId, quantity }) => [lineId, quantity]))

/** Nobody has to judge a unit that is whole, hardly tried and, where it has one, under its seal. */
function isPlain({ lineId, seal, complete, wear }: Found, { lines }: OrderFacts) {
  const { traits } = lines.find((line) => line.lineId === lineId)!
  const sealed = traits.hygieneSealed || traits.sealedMedia === true
  return complete && (wear === 'none' || wear === 'tried') && (!sealed || seal === 'intact')
}

/**
 * A person says what of the price is not paid back. The customer is heard first, for as long as the last day to pay back lets
 * them; what they were told of, or less, is then made final.
 */
export function assessReturn(data: CommandData<'AssessReturn'>, state: DeclaredReturn): Decision<WithdrawalEvent> {
  const { returnId, at, facts, deductions: claimed, heardFor, assessedBy, grounds } = data
  if (state.refund || state.closed)
    return refuse({ code: 'refund-decided', detail: 'The refund is decided: nothing is deducted from it any more.' })
  if (state.inspection === undefined)
    return refuse({ code: 'not-inspected', detail: 'Nobody has said yet what came back.' })
  const deductions: Deduction[] = []
  for (const each of claimed) {
    const ruling = rulingOn(each, state, facts)
    if (ruling.refusal) return refuse(ruling.refusal)
    deductions.push({ ...each, reasons: ruling.reasons })
  }
  const unheard = heardFor === undefined && compare(at, lookedAtUntil(state)) < 0 ? untold(claimed, state) : undefined
  if (unheard)
    return refuse({
      code: 'customer-unheard',
      detail: `The customer was not told of ${unheard.amount} less for line ${unheard.lineId}: judge it first without \`final\`.`,
    })
  const heard = heardFor && deductions.length > 0 ? heardUntil(at, heardFor, state) : undefined
  return accept<WithdrawalEvent>({
    type: 'ReturnAssessed',
    data: {
      ...{ returnId, orderId: state.declared.orderId, assessedAt: at, deductions },
      ...(heard && { heardUntil: heard }),
      personal: { assessedBy, ...(grounds !== undefined && { grounds }) },
    },
  })
}

/** A deduction that is more than the customer was told of, and could answer. */
const untold = (claimed: Claimed[], { assessment }: DeclaredReturn) =>
  claimed.find(
    ({ lineId, why, amount }) =>
      amount >
      (assessment?.deductions ?? [])
        .filter((told) => told.lineId === lineId && told.why === why)
        .reduce((sum, told) => sum + told.amount, 0),
  )

/** Never beyond the last day to pay back: what cannot wait any more is decided at once. */
function heardUntil(at: string, heardFor: string, state: DeclaredReturn) {
  const asked = Temporal.Instant.from(at).toZonedDateTimeISO('Europe/Oslo').add(heardFor).toInstant().toString()
  const last = lookedAtUntil(state)
  const until = compare(asked, last) < 0 ? asked : last
  return compare(until, at) > 0 ? until : undefined
}

/** Whether so much may be kept back for these units, and what that rests on. */
function rulingOn(
  claimed: Claimed,
  state: DeclaredReturn,
  facts: OrderFacts,
): { reasons: Deduction['reasons']; refusal?: Refusal } {
  const { lineId, quantity, amount, why } = claimed
  const line = facts.lines.find((each) => each.lineId === lineId)
  const back = unitsOf(comingBack(state)).get(lineId) ?? 0
  if (line === undefined || quantity > back)
    return no({ code: 'quantity-exceeded', detail: `Of line ${lineId} ${back} units come back.` })
  const most = portionOf({ total: line.total, quantity: line.quantity, returning: quantity, returnedBefore: 0 })
  if (amount > most)
    return no({ code: 'deduction-refused', detail: `${quantity} of line ${lineId} cost ${most}, less than ${amount}.` })
  const terms = termsOf(facts.terms.edition)
  if (why === 'not-in-parcel') {
    const gone = unitsOf(state.inspection!.missing).get(lineId) ?? 0
    if (quantity > gone)
      return no({ code: 'deduction-refused', detail: `Of line ${lineId} ${gone} units were not in the parcel.` })
    return { reasons: terms.refundDue({ noticeReceivedAt: Temporal.Instant.from(state.declared.declaredAt) }).reasons }
  }
  if (why === 'seal-broken') {
    const found = state.inspection!.units.filter(({ seal }) => seal !== 'intact')
    const opened = unitsOf(found).get(lineId) ?? 0
    if (quantity > opened)
      return no({
        code: 'deduction-refused',
        detail: `Of line ${lineId} ${opened} units came back without their seal.`,
      })
    const { customerKind, disclosures } = facts
    const { outcome, reasons } = terms.withdrawal({
      ...{ customerKind, traits: line.traits, sealBroken: true, exceptionDisclosed: disclosures.exceptions },
      ...{ declaredAt: Temporal.Instant.from(state.declared.declaredAt), informationGiven: true },
    })
    return outcome === 'refused'
      ? { reasons }
      : no({ code: 'deduction-refused', detail: 'A broken seal takes no right away here.', reasons })
  }
  const { withdrawalInformation, withdrawalInformationGivenAt } = facts.disclosures
  const { deductions, reasons } = terms.refund({
    ...{ lines: [{ total: line.total, quantity: line.quantity, returning: quantity, returnedBefore: 0 }] },
    ...{ deliveryPaid: 0, standardDeliveryPrice: 0, emptiesOrder: false, diminishedValue: amount },
    informationGiven: withdrawalInformation || withdrawalInformationGivenAt !== undefined,
  })
  const about = reasons.filter(({ code }) => code !== 'goods-refunded')
  return deductions.diminishedValue === amount
    ? { reasons: about }
    : no({
        code: 'deduction-refused',
        detail: 'The customer was not told of the right of withdrawal: nothing is deducted.',
        reasons: about,
      })
}

const no = (refusal: Refusal) => ({ reasons: [], refusal })

/** Whether something stands against paying back now: a person is to look, to judge, or to hear the customer. */
export function isContested(state: DeclaredReturn, at: string): boolean {
  const { receivedAt, collection, inspection, assessment } = state
  if (assessment) return assessment.heardUntil !== undefined && compare(at, assessment.heardUntil) < 0
  if (inspection) return !inspection.plain
  return (receivedAt ?? collection) !== undefined && isToBeInspected(state) && compare(at, lookedAtUntil(state)) < 0
}
