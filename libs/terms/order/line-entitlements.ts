import type { Terms } from '../editions/terms.ts'
import type { Basis, Reason, Ruling } from '../ruling/ruling.ts'
import type { AgreedFor } from './agreements.ts'
import { assurancesOf, type GuaranteeRight, type UpdatesRight } from './assurances.ts'
import type { OrderFacts } from './facts.ts'
import { firstReceiptOf, type Line, lastOf } from './lines.ts'
import { withOverrides } from './overrides.ts'
import { costsOf } from './return-costs.ts'

/**
 * A ruling as JSON: `until` is the last day (ISO 8601, Europe/Oslo) on which the right can be used, if it has one; for goods that
 * are still to come, the one that it will be if they come when they are expected.
 */
export type Entitlement = {
  outcome: Ruling['outcome']
  until?: string
  /** On whose word it is; left out where a ruling does not weigh law against terms. */
  basis?: Basis
  /** The terms alone would have given the customer less than the law does. */
  termsUndercut?: true
  reasons: Reason[]
}

export type ComplaintEntitlement = Entitlement & {
  /** Until when a complaint after noticing the defect is never late, and until when the seller has to disprove one. The first ends with the right. */
  neverLateUntil?: string
  presumedUntil?: string
  /** A guarantee that stands beside the right, and until when updates are owed. */
  guarantee?: GuaranteeRight
  updates?: UpdatesRight
  /** What the customer may ask for, once there is a defect. */
  remedies?: { mayRefuseCure: boolean; next: string[]; reasons: Reason[] }
}

export type LineRights = {
  cancel: Entitlement
  withdrawal: Entitlement
  voluntaryReturn: Entitlement
  complaint: ComplaintEntitlement
  returnCost: { bearer: 'seller' | 'customer'; reasons: Reason[] }
}

/** Who bears accidental loss of what was bought, and since when if it is the customer. */
export type LineRisk = { bearer: 'seller' | 'customer'; since?: string; reasons: Reason[] }

/** An order as its rights are asked about: the facts at the moment, its terms, and its lines counted. */
export type EntitlementQuery = {
  facts: OrderFacts
  terms: Terms
  /** What was agreed in writing instead of what the terms say. */
  agreed: AgreedFor
  lines: readonly Line[]
  at: Temporal.Instant
}

/** Rules line by line. Lines that are alike in what a ruling asks for share it: days are costly to work out. */
export function rightsByLine(query: EntitlementQuery): (line: Line) => LineRights {
  const { facts, terms } = query
  const returnRights = returnRightsOf(query)
  const complaint = complaintsOf(query)
  const cancel = remembered(
    ({ dispatched, delivered, madeToOrder }: Sent) => flags(dispatched, delivered, madeToOrder),
    (sent) => cancellationBy(facts, terms, sent),
  )
  const ended = endedOf(facts, terms)
  const nothing = { withdrawal: ended, voluntaryReturn: ended }
  const { withdrawalCost, voluntaryCost } = costsOf(query)

  return (line) => {
    const open = line.returnable > 0
    const { withdrawal, voluntaryReturn } = open ? returnRights(line) : nothing
    const complainable = facts.cancelledAt === undefined && line.refunded < line.quantity
    const rights: LineRights = {
      cancel: open ? cancel(sentOf(line)) : ended,
      withdrawal,
      voluntaryReturn,
      complaint: complainable ? complaint(line) : ended,
      returnCost: withdrawal.outcome === 'refused' ? voluntaryCost : withdrawalCost,
    }
    return withOverrides(facts, line, rights)
  }
}

function returnRightsOf({ facts, terms, agreed, lines, at }: EntitlementQuery) {
  const { customerKind, country, disclosures } = facts
  const { withdrawalInformationGivenAt: givenAt } = disclosures
  const lastReceivedAt = lastOf(lines, 'receivedAt')
  // Of regular deliveries the first begins the law's period; the offer of the terms still waits for the last.
  const begunAt = facts.regularDeliveries ? firstReceiptOf(facts.parcels) : lastReceivedAt
  const expectedAt = lastReceivedAt === undefined ? lastOf(lines, 'expectedAt') : undefined
  const period = {
    country,
    informationGiven: disclosures.withdrawalInformation,
    informationGivenAt: instantOf(givenAt),
    customerKind,
    agreed: agreed.withdrawalDays,
  }
  const asked = { ...period, declaredAt: at, exceptionDisclosed: disclosures.exceptions }
  return remembered(
    ({ traits, sealBroken, unused, undamaged, originalPackaging }: Line) =>
      flags(
        ...[traits.madeToOrder, traits.hygieneSealed, traits.sealedMedia, sealBroken],
        ...[unused, undamaged, originalPackaging],
      ),
    ({ traits, sealBroken, unused, undamaged, originalPackaging }) => {
      const found = { traits, sealBroken, unused, undamaged, originalPackaging }
      const condition = { ...found, requestedAt: at, country, agreed: agreed.voluntaryReturnDays }
      const withdrawal = terms.withdrawal({ ...asked, lastReceivedAt: begunAt, traits, sealBroken })
      const voluntaryReturn = terms.voluntaryReturn({ ...condition, lastReceivedAt })
      const whenExpected = expectedAt && {
        withdrawal: terms.withdrawalPeriod({ ...period, lastReceivedAt: expectedAt })?.lastDay,
        voluntaryReturn: terms.voluntaryReturn({ ...condition, lastReceivedAt: expectedAt }).lastDay,
      }
      return {
        withdrawal: entitlement(withdrawal, begunAt === undefined ? whenExpected?.withdrawal : undefined),
        voluntaryReturn: entitlement(voluntaryReturn, whenExpected?.voluntaryReturn),
      }
    },
  )
}

function complaintsOf({ facts, terms, agreed, at }: EntitlementQuery) {
  const { customerKind, country } = facts
  const consumer = customerKind === 'consumer'
  const contractAt = Temporal.Instant.from(facts.formedAt ?? facts.placedAt)

  function complaint(line: Line): ComplaintEntitlement {
    const { traits, receivedAt: deliveredAt, expectedAt, digital, defect } = line
    const { guaranteeYears, digitalServiceUntil, answers, shown } = assurancesOf({ facts, terms, at }, line)
    const noticedAt = instantOf(defect?.noticedAt)
    const { sellerAtFault, failedCures } = defect ?? {}
    const product = { customerKind, country, traits, guaranteeYears, agreed: agreed.complaintYears }
    const cured = { replacedAt: instantOf(line.replacedAt), repairedAt: instantOf(line.repairedAt) }
    const asked = { ...product, ...cured, digitalServiceUntil, deliveredAt, contractAt, at, noticedAt, sellerAtFault }
    const ruling = terms.complaint(asked)
    const expected = deliveredAt === undefined && expectedAt !== undefined
    const asExpected = expected ? terms.complaintLimit({ ...product, deliveredAt: expectedAt }).lastDay : undefined
    const showedAt = instantOf(defect?.showedAt) ?? at
    const burden =
      consumer && deliveredAt
        ? terms.presumedAtDelivery({ customerKind, contractAt, deliveredAt, showedAt, digital })
        : undefined
    const { reasons, ...rest } = entitlement(ruling, asExpected)
    const presumed = ruling.outcome !== 'refused' && burden?.presumed === true
    return {
      ...rest,
      neverLateUntil: ruling.neverLateUntil && isoOf(ruling.neverLateUntil),
      presumedUntil: burden?.lastDay && isoOf(burden.lastDay),
      reasons: [...reasons, ...(presumed ? burden.reasons : []), ...(ruling.outcome === 'refused' ? [] : answers)],
      ...shown,
      remedies: defect && remediesOf(terms.remedies({ customerKind, failedCures })),
    }
  }
  const ofPlainLine = remembered(
    ({ traits, receivedAt, expectedAt }: Line) =>
      ((receivedAt ?? expectedAt)?.epochMilliseconds ?? 0) * THREE * 2 +
      state(traits.longLived) * 2 +
      Number(receivedAt === undefined),
    complaint,
  )
  return (line: Line) => (isPlain(line) ? ofPlainLine(line) : complaint(line))
}

/** A line that somebody complains of, or whose complaints have a limit of their own, is like no other. */
const isPlain = (line: Line) =>
  (line.defect ?? line.guaranteeYears ?? line.replacedAt ?? line.repairedAt ?? line.digitalServiceUntil) ===
    undefined && (line.guarantee ?? line.digital) === undefined

/** The instant of a moment that may not be known. */
export const instantOf = (moment: string | undefined) =>
  moment === undefined ? undefined : Temporal.Instant.from(moment)

const remediesOf = ({ mayRefuseCure, next, reasons }: ReturnType<Terms['remedies']>) => ({
  ...{ mayRefuseCure, next, reasons },
})

/** How far what is to be cancelled has come. */
export type Sent = { dispatched: boolean; delivered: boolean; madeToOrder: boolean }

/** The same of a line: of the units that can still be cancelled or go back none is with the seller any more. */
export const sentOf = ({ unsent, receivedAt, traits: { madeToOrder } }: Line): Sent => ({
  ...{ dispatched: unsent === 0, delivered: receivedAt !== undefined, madeToOrder },
})

/** The same of all that can still be cancelled or go back; undefined when there is nothing of it left. */
export function sentOfAll(lines: readonly Line[]): Sent | undefined {
  const open = lines.filter(({ returnable }) => returnable > 0)
  if (open.length === 0) return undefined
  return {
    dispatched: open.some(({ unsent, returnable }) => unsent < returnable),
    delivered: open.some(({ receivedAt }) => receivedAt !== undefined),
    madeToOrder: open.every(({ traits }) => traits.madeToOrder),
  }
}

/** The customer's own right to cancel, of a line or of all. */
export const cancellationBy = (facts: OrderFacts, terms: Terms, { dispatched, delivered, madeToOrder }: Sent) =>
  entitlement(
    terms.cancellation({
      ...{ by: 'customer', customerKind: facts.customerKind, reason: 'customer-wish' },
      ...{ formed: facts.formedAt !== undefined, dispatched, delivered, madeToOrder },
    }),
  )

/** What is left of a right when the order is cancelled or all of it went back. */
export const endedOf = (facts: OrderFacts, terms: Terms) =>
  entitlement(terms.ended(facts.cancelledAt === undefined ? 'returned' : 'cancelled'))

/** A ruling as JSON; `expected` is its last day if it has none yet. */
export const entitlement = (
  { outcome, lastDay, basis, termsUndercut, reasons }: Ruling & { lastDay?: Temporal.PlainDate },
  expected?: Temporal.PlainDate,
): Entitlement => {
  const until = lastDay ?? expected
  return {
    outcome,
    until: until && isoOf(until),
    basis,
    termsUndercut: termsUndercut || undefined,
    reasons,
  }
}

// One day is one object (see `osloDay`), so that writing it out is done once.
const isoDays = new WeakMap<Temporal.PlainDate, string>()
/** A day as ISO 8601. */
export const isoOf = (day: Temporal.PlainDate) => isoDays.getOrInsertComputed(day, () => day.toString())

const THREE = 3
/** Yes, no and unknown as a figure. */
const state = (known: boolean | undefined) => (known === undefined ? 0 : known ? 1 : 2)
/** Several of them as one key. */
function flags(...known: (boolean | undefined)[]) {
  let key = 0
  for (const each of known) key = key * THREE + state(each)
  return key
}

/** Calls `work` once for each key. */
function remembered<Argument, Result>(keyOf: (argument: Argument) => number, work: (argument: Argument) => Result) {
  const results = new Map<number, Result>()
  return (argument: Argument) => results.getOrInsertComputed(keyOf(argument), () => work(argument))
}
