import { osloDay } from './calendar.ts'
import { byLaw } from './citing.ts'
import type { Terms } from './editions.ts'
import type { OrderFacts } from './order-facts.ts'
import { firstReceiptOf, type Line, lastReceiptOf } from './order-lines.ts'
import type { Reason, Ruling } from './ruling.ts'
import { forbrukerkjopsloven, neverLateUntil, presumptionLastDay } from './statute/forbrukerkjopsloven.ts'

/** A ruling as JSON: `until` is the last day (ISO 8601, Europe/Oslo) on which the right can be used, if it has one. */
export type Entitlement = { outcome: Ruling['outcome']; until?: string; reasons: Reason[] }

export type ComplaintEntitlement = Entitlement & {
  /** Until when a complaint after noticing the defect is never late, and until when the seller has to disprove one. */
  neverLateUntil?: string
  presumedUntil?: string
  /** What the customer may ask for, once there is a defect. */
  remedies?: { mayRefuseCure: boolean; next: string[]; reasons: Reason[] }
}

export type LineRights = {
  cancel: Entitlement
  withdrawal: Entitlement
  voluntaryReturn: Entitlement
  complaint: ComplaintEntitlement
  /** Who bears accidental loss of what has not come back; towards a consumer, and a business, since when if it is theirs. */
  risk: { bearer: 'seller' | 'customer'; since?: string; reasons: Reason[] }
  returnCost: { bearer: 'seller' | 'customer'; reasons: Reason[] }
}

export type Asked = { facts: OrderFacts; terms: Terms; lines: readonly Line[]; at: Temporal.Instant }

const presumed = byLaw('presumed-at-delivery', forbrukerkjopsloven('§ 18'))

/** Rules line by line. Lines with the same traits and moments share their rulings: days are costly to work out. */
export function rightsByLine({ facts, terms, lines, at }: Asked): (line: Line) => LineRights {
  const returnRights = returnRightsOf({ facts, terms, lines, at })
  const complaint = complaintsOf({ facts, terms, lines, at })
  const risk = risksOf({ facts, terms, lines, at })
  const ended = endedOf(facts, terms)
  const withdrawalCost = terms.returnCost({ disclosed: facts.disclosures.returnCost })
  const voluntaryCost = terms.voluntaryRefund({ lines: [] }).returnCost
  const nothing = { withdrawal: ended, voluntaryReturn: ended }

  return (line) => {
    const open = line.returnable > 0
    const { withdrawal, voluntaryReturn } = open ? returnRights(line) : nothing
    const { bearer, reasons } = withdrawal.outcome === 'refused' ? voluntaryCost : withdrawalCost
    const dispatched = line.handedOver >= line.quantity - line.returned
    return {
      cancel: open ? cancellationBy(facts, terms, { ...line.traits, dispatched, delivered: !!line.receivedAt }) : ended,
      withdrawal,
      voluntaryReturn,
      complaint: open ? complaint(line) : ended,
      risk: risk(line),
      returnCost: { bearer, reasons },
    }
  }
}

function returnRightsOf({ facts, terms, lines, at }: Asked) {
  const { customerKind, country, disclosures } = facts
  const lastReceivedAt = facts.regularDeliveries ? firstReceiptOf(facts.parcels) : lastReceiptOf(lines)
  const { withdrawalInformationGivenAt: givenAt } = disclosures
  const asked = {
    ...{ customerKind, country, lastReceivedAt, declaredAt: at },
    informationGiven: disclosures.withdrawalInformation,
    informationGivenAt: givenAt === undefined ? undefined : Temporal.Instant.from(givenAt),
    exceptionDisclosed: disclosures.exceptions,
  }
  return remembered(
    ({ traits, sealBroken, unused, undamaged, originalPackaging }: Line) =>
      `${traits.madeToOrder} ${traits.hygieneSealed} ${traits.sealedMedia} ${sealBroken} ${unused} ${undamaged} ${originalPackaging}`,
    ({ traits, sealBroken, unused, undamaged, originalPackaging }) => ({
      withdrawal: entitlement(terms.withdrawal({ ...asked, traits, sealBroken })),
      voluntaryReturn: entitlement(
        terms.voluntaryReturn({
          ...{ lastReceivedAt, requestedAt: at, traits, country },
          ...{ unused, undamaged, originalPackaging },
        }),
      ),
    }),
  )
}

function complaintsOf({ facts, terms, at }: Asked) {
  const { customerKind } = facts
  const contractOn = osloDay(Temporal.Instant.from(facts.formedAt ?? facts.placedAt))
  return remembered(
    ({ traits, receivedAt, guaranteeYears, defect }: Line) =>
      `${traits.longLived} ${receivedAt?.epochMilliseconds} ${guaranteeYears} ${defect && JSON.stringify(defect)}`,
    ({ traits, receivedAt: deliveredAt, guaranteeYears, defect }): ComplaintEntitlement => {
      const noticedAt = defect?.noticedAt === undefined ? undefined : Temporal.Instant.from(defect.noticedAt)
      const { sellerAtFault, failedCures } = defect ?? {}
      const product = { customerKind, traits, deliveredAt, guaranteeYears }
      const ruling = terms.complaint({ ...product, at, noticedAt, sellerAtFault })
      const consumer = customerKind === 'consumer'
      const limits = consumer && deliveredAt && presumptionLastDay({ contractOn, deliveredOn: osloDay(deliveredAt) })
      const { outcome, until, reasons } = entitlement(ruling)
      return {
        outcome,
        until,
        neverLateUntil: consumer && noticedAt ? isoOf(neverLateUntil(osloDay(noticedAt))) : undefined,
        presumedUntil: limits ? isoOf(limits) : undefined,
        reasons: limits ? [...reasons, presumed] : reasons,
        remedies: defect && remediesOf(terms.remedies({ customerKind, failedCures })),
      }
    },
  )
}

const remediesOf = ({ mayRefuseCure, next, reasons }: ReturnType<Terms['remedies']>) => ({
  mayRefuseCure,
  next,
  reasons,
})

function risksOf({ facts: { customerKind }, terms, at }: Asked) {
  return remembered(
    ({ handedOverAt, receivedAt, ownCarrier }: Line) =>
      `${handedOverAt?.epochMilliseconds} ${receivedAt?.epochMilliseconds} ${ownCarrier}`,
    ({ handedOverAt, receivedAt, ownCarrier }) => {
      const carrierArrangedBy = ownCarrier ? ('customer' as const) : ('seller' as const)
      const { bearer, since, reasons } = terms.risk({ customerKind, handedOverAt, receivedAt, at, carrierArrangedBy })
      return { bearer, since: since?.toString(), reasons }
    },
  )
}

type Sent = { dispatched: boolean; delivered: boolean; madeToOrder: boolean }

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

/** A ruling as JSON. */
export const entitlement = ({ outcome, lastDay, reasons }: Ruling & { lastDay?: Temporal.PlainDate }): Entitlement => ({
  outcome,
  until: lastDay && isoOf(lastDay),
  reasons,
})

// One day is one object (see `osloDay`), so that writing it out is done once.
const isoDays = new WeakMap<Temporal.PlainDate, string>()
/** A day as ISO 8601. */
export const isoOf = (day: Temporal.PlainDate) => isoDays.getOrInsertComputed(day, () => day.toString())

/** Calls `work` once for each key. */
function remembered<Argument, Result>(keyOf: (argument: Argument) => string, work: (argument: Argument) => Result) {
  const results = new Map<string, Result>()
  return (argument: Argument) => results.getOrInsertComputed(keyOf(argument), () => work(argument))
}
