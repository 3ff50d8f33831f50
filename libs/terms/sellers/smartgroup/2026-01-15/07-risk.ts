import { isAfter, lastDayOf, osloDay } from '../../../calendar.ts'
import { citing } from '../../../ruling/citing.ts'
import { type CustomerKind, granted, type Reason, type Ruling, review } from '../../../ruling/ruling.ts'
import { forbrukerkjopsloven, LONG_LIVED_YEARS } from '../../../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../../../statute/kjopsloven.ts'
import { carrierNoticeLastDay, vegfraktloven } from '../../../statute/vegfraktloven.ts'
import { text as voluntaryReturnText } from './09-voluntary-return.ts'
import { EDITION } from './parameters.ts'

/**
 * Clauses 7.3–7.5, as printed. Legal basis: forbrukerkjøpsloven §§ 13, 14 and 27; kjøpsloven §§ 7 and 12–14;
 * vegfraktloven § 40; Directive 2011/83/EU, Art. 20.
 */
export const text = {
  '7.3': 'If you are a consumer, the risk becomes yours when you physically receive the product.',
  '7.4':
    'If you are a business customer, the risk becomes yours when the product is handed to the carrier, unless we agreed on something else.',
  '7.5': 'You must report damage in transit without undue delay.',
} as const

const because = citing(EDITION, { ...text, ...voluntaryReturnText })

const consumer = {
  notReceived: because('not-received', '7.3', forbrukerkjopsloven('§ 14')),
  received: because('received', '7.3', forbrukerkjopsloven('§ 14')),
  ownCarrier: because('customers-own-carrier', '7.3', forbrukerkjopsloven('§ 14')),
  notIdentified: because('goods-not-identified', '7.3', forbrukerkjopsloven('§ 14')),
  atPickupPoint: because('waits-at-pickup-point', '7.3', forbrukerkjopsloven('§ 14')),
  fetched: because('collection-was-agreed', forbrukerkjopsloven('§ 14')),
  unauthorised: because('left-without-authorisation', '7.3', forbrukerkjopsloven('§ 14')),
  authorised: because('left-as-authorised', '7.3', forbrukerkjopsloven('§ 14')),
  toSomebodyElse: because('received-by-somebody-else', '7.3', forbrukerkjopsloven('§ 14')),
  notTaken: because('not-taken', '7.3', forbrukerkjopsloven('§ 14')),
  lostAtHome: because('lost-while-returnable', '7.3', forbrukerkjopsloven('§ 14')),
  returning: because('return-by-law', forbrukerkjopsloven('§ 14')),
  unpaid: because('price-not-owed', forbrukerkjopsloven('§ 13')),
  damage: because('damage-reported', '7.5', forbrukerkjopsloven('§ 3'), forbrukerkjopsloven('§ 27')),
  damageAfterLimits: because('damage-after-complaint-limits', '7.5', forbrukerkjopsloven('§ 27')),
}
const business = {
  notHandedOver: because('not-handed-over', '7.4', kjopsloven('§ 7'), kjopsloven('§ 13')),
  handedOver: because('handed-over', '7.4', kjopsloven('§ 7'), kjopsloven('§ 13')),
  onArrival: because('agreed-on-arrival', '7.4', kjopsloven('§ 7'), kjopsloven('§ 13')),
  ownTransport: because('sellers-own-transport', '7.4', kjopsloven('§ 7'), kjopsloven('§ 13')),
  notIdentified: because('goods-not-identified', '7.4', kjopsloven('§ 14')),
  notTaken: because('not-taken', '7.4', kjopsloven('§ 13 andre ledd')),
  owed: because('price-owed', kjopsloven('§ 12')),
  returning: because('return-to-be-judged', '7.4', kjopsloven('§ 13')),
  damage: because('damage-reported', '7.5', vegfraktloven('§ 40')),
  lateDamage: because('damage-reported-late', '7.5', vegfraktloven('§ 40')),
}
const voluntaryReturn = because('voluntary-return', '9.1')

/** Where goods are, or what became of them. `lost-in-transit` is on the way to the customer; damage there is like it. */
export type Whereabouts =
  | 'before-handover'
  | 'with-carrier'
  | 'with-sellers-own-transport'
  | 'lost-in-transit'
  | 'at-pickup-point'
  | 'left-unattended'
  | 'refused'
  | 'delivered'
  | 'return-in-transit'

/** What is left out did not happen, was not agreed, or is not known: then the seller bears the risk towards a consumer. */
export type RiskFacts = {
  customerKind: CustomerKind
  whereabouts: Whereabouts
  /** The customer engaged a carrier that was not among those that the seller offered. */
  ownCarrier?: boolean
  /** False when nothing yet shows that the goods are meant for this customer. */
  identified?: boolean
  /** The customer said expressly, and it was kept, that the goods may be left there. */
  leavingAuthorised?: boolean
  /** The customer agreed to fetch the goods at this place, and knows that they are there. */
  collectionAgreed?: boolean
  /** A business customer was promised delivery at a place (“levert”), or the seller drives the goods himself. */
  agreedOnArrival?: boolean
  /** The goods wait for the customer as agreed, and it is his breach that he does not take them. */
  inDefault?: boolean
  receivedBy?: 'customer' | 'named-by-customer' | 'somebody-else'
  /** Lost or damaged by accident after receipt. */
  lostAtHome?: boolean
  withdrawalOpen?: boolean
  returnBasis?: 'statutory' | 'voluntary'
}

/**
 * `toBeJudged` says that a person decides, and that until then the seller bears it. `paymentDue` says whether the customer
 * owes the price although the goods are gone.
 */
export type RiskRuling = { bearer: 'seller' | 'customer'; toBeJudged: boolean; paymentDue: boolean; reasons: Reason[] }

const sellers = (...reasons: Reason[]): RiskRuling => ({
  bearer: 'seller',
  toBeJudged: false,
  paymentDue: false,
  reasons,
})
const customers = (...reasons: Reason[]): RiskRuling => ({
  bearer: 'customer',
  toBeJudged: false,
  paymentDue: true,
  reasons,
})
const judged = (...reasons: Reason[]): RiskRuling => ({ ...sellers(...reasons), toBeJudged: true })

/** Clauses 7.3 and 7.4, as code: who bears accidental loss, by where the goods are. */
export function riskOf(facts: RiskFacts): RiskRuling {
  if (facts.whereabouts === 'return-in-transit') return riskOfReturn(facts)
  return facts.customerKind === 'consumer' ? consumerRisk(facts) : businessRisk(facts)
}

/** Whoever may return by law does so at the seller's risk; a return that the seller merely allows is the customer's. */
function riskOfReturn({ customerKind, returnBasis }: RiskFacts): RiskRuling {
  if (returnBasis === 'voluntary') return customers(voluntaryReturn)
  if (customerKind === 'consumer') return sellers(consumer.returning)
  // A business that returns by law returns a defective thing, and what was lost with it is for a person to weigh.
  return returnBasis === 'statutory' ? judged(business.returning) : customers(voluntaryReturn)
}

function consumerRisk(facts: RiskFacts): RiskRuling {
  const { whereabouts, ownCarrier = false, identified = true, receivedBy } = facts
  if (whereabouts === 'delivered' && facts.lostAtHome && facts.withdrawalOpen !== false)
    return judged(consumer.lostAtHome)
  if (!identified && whereabouts !== 'delivered') return sellers(consumer.notIdentified)
  if (facts.inDefault && whereabouts !== 'delivered') return judged(consumer.notTaken)
  // A carrier that works for the customer receives the product on the customer's behalf.
  if (ownCarrier && hasLeftByCarrier(whereabouts)) return customers(consumer.ownCarrier)
  switch (whereabouts) {
    case 'delivered':
      return receivedBy === 'somebody-else' ? sellers(consumer.toSomebodyElse) : customers(consumer.received)
    case 'left-unattended':
      return facts.leavingAuthorised ? customers(consumer.authorised) : sellers(consumer.unauthorised)
    case 'at-pickup-point':
      return facts.collectionAgreed ? customers(consumer.fetched) : sellers(consumer.atPickupPoint)
    case 'lost-in-transit':
      return sellers(consumer.notReceived, consumer.unpaid)
    default:
      return sellers(consumer.notReceived)
  }
}

function businessRisk(facts: RiskFacts): RiskRuling {
  const { whereabouts, identified = true, agreedOnArrival = false, collectionAgreed } = facts
  if (!identified && whereabouts !== 'delivered') return sellers(business.notIdentified)
  if (facts.inDefault && whereabouts !== 'delivered') return customers(business.notTaken)
  const agreed = agreedOnArrival ? [business.onArrival] : []
  switch (whereabouts) {
    case 'before-handover':
      return sellers(...agreed, business.notHandedOver)
    case 'with-sellers-own-transport':
      return sellers(business.ownTransport)
    case 'delivered':
      return customers(...agreed, business.handedOver)
    case 'refused':
      return customers(...agreed, agreedOnArrival ? business.notTaken : business.handedOver)
    case 'lost-in-transit':
      return agreedOnArrival
        ? sellers(...agreed, business.notHandedOver)
        : customers(business.handedOver, business.owed)
    default: {
      const arrived = whereabouts === 'left-unattended' ? facts.leavingAuthorised : collectionAgreed
      const passed = !agreedOnArrival || arrived === true
      return passed ? customers(...agreed, business.handedOver) : sellers(...agreed, business.notHandedOver)
    }
  }
}

const hasLeftByCarrier = (whereabouts: Whereabouts) =>
  whereabouts !== 'before-handover' && whereabouts !== 'with-sellers-own-transport'

export type Risk = {
  customerKind: CustomerKind
  handedOverAt?: Temporal.Instant
  /** Physical receipt by the customer or whom he named. A pickup point, a doorstep and a refusal are none. */
  receivedAt?: Temporal.Instant
  at: Temporal.Instant
  /** `customer`: the customer engaged a carrier that the seller had not offered. */
  carrierArrangedBy?: 'seller' | 'customer'
  /** A business customer was promised delivery at a place, or the seller drives the goods himself. */
  agreedOnArrival?: boolean
}

export type Bearer = { bearer: 'seller' | 'customer'; since?: Temporal.Instant; reasons: Reason[] }

/** Clauses 7.3 and 7.4, as code: who bears accidental loss at a moment, and since when if it is the customer. */
export function risk({ customerKind, at, carrierArrangedBy, agreedOnArrival = false, ...moments }: Risk): Bearer {
  const handedOverAt = happened(moments.handedOverAt, at)
  const receivedAt = happened(moments.receivedAt, at)
  const whereabouts = receivedAt ? 'delivered' : handedOverAt ? 'with-carrier' : 'before-handover'
  // Without a handover that anybody noted, the receipt is the first that is known.
  const ownCarrier = carrierArrangedBy === 'customer' && handedOverAt !== undefined
  const { bearer, reasons } = riskOf({ customerKind, whereabouts, ownCarrier, agreedOnArrival })
  if (bearer === 'seller') return { bearer, reasons }
  const atHandover = customerKind === 'consumer' ? ownCarrier : !agreedOnArrival
  return { bearer, since: atHandover ? (handedOverAt ?? receivedAt) : receivedAt, reasons }
}

const happened = (moment: Temporal.Instant | undefined, at: Temporal.Instant) =>
  moment !== undefined && Temporal.Instant.compare(moment, at) <= 0 ? moment : undefined

export type TransportDamage = { customerKind: CustomerKind; receivedAt: Temporal.Instant; reportedAt: Temporal.Instant }

/**
 * Clause 7.5, as code. "Without undue delay" costs a consumer nothing, since the time to complain that the law gives
 * cannot be cut short: he is never late, and past even those limits a person looks. The terms give a business customer no
 * figure; a report that came too late to be passed on to a carrier abroad is late, and goes to a person.
 */
export function transportDamage({ customerKind, receivedAt, reportedAt }: TransportDamage): Ruling & { late: boolean } {
  const receivedOn = osloDay(receivedAt)
  const reportedOn = osloDay(reportedAt)
  if (customerKind === 'consumer') {
    const overdue = isAfter(reportedOn, lastDayOf(receivedOn, { years: LONG_LIVED_YEARS }))
    const ruling = overdue ? review(consumer.damageAfterLimits) : granted(consumer.damage)
    return { ...ruling, basis: 'statute', termsUndercut: true, late: false }
  }
  const late = isAfter(reportedOn, carrierNoticeLastDay(receivedOn))
  return { ...(late ? review(business.lateDamage) : granted(business.damage)), basis: 'terms', late }
}
