import type { Terms } from '../editions/terms.ts'
import type { Reason } from '../ruling/ruling.ts'
import type { AgreedFor } from './agreements.ts'
import { assurancesOf, type GuaranteeRight, type UpdatesRight } from './assurances.ts'
import { type Entitlement, entitlement, instantOf, isoOf } from './entitlement.ts'
import type { OrderFacts } from './facts.ts'
import type { Line } from './lines.ts'
import { withOverrides } from './overrides.ts'
import { flags, remembered, state, THREE } from './remembered.ts'
import { costsOf } from './return-costs.ts'
import { returnRightsOf } from './return-rights.ts'

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

/** Who bears accidental loss of what was bought, and since when if it is the customer; `except` are units that go back and of which other holds. */
export type LineRisk = { bearer: 'seller' | 'customer'; since?: string; reasons: Reason[]; except?: UnitsAtRisk[] }
export type UnitsAtRisk = Omit<LineRisk, 'except'> & { quantity: number }

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
    const complainable = facts.cancelledAt === undefined && line.complainable > 0
    const rights: LineRights = {
      cancel: open ? cancel(sentOf(line)) : ended,
      withdrawal,
      voluntaryReturn,
      complaint: complainable ? complaint(line) : ended,
      returnCost: withdrawal.outcome === 'refused' ? voluntaryCost : withdrawalCost([line]),
    }
    return withOverrides(facts, line, rights)
  }
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
        ? terms.presumedAtDelivery({ ...{ customerKind, contractAt, deliveredAt, showedAt, digital }, ...cured })
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
