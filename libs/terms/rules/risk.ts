import { endOfOsloDay, lastDayOf, osloDay } from '../calendar.ts'
import type { Reason } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { WITHDRAWAL_DAYS } from '../statute/angrerettloven.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven §§ 13 and 14; kjøpsloven §§ 7, 12–14 and 16; Directive 2011/83/EU, Art. 20. */
const reasonsOf = (because: Because) => ({
  consumer: {
    notReceived: because('not-received', 'consumer-risk', forbrukerkjopsloven('§ 14')),
    received: because('received', 'consumer-risk', forbrukerkjopsloven('§ 14')),
    ownCarrier: because('customers-own-carrier', 'consumer-risk', forbrukerkjopsloven('§ 14')),
    notIdentified: because('goods-not-identified', 'consumer-risk', forbrukerkjopsloven('§ 14')),
    atPickupPoint: because('waits-at-pickup-point', 'consumer-risk', forbrukerkjopsloven('§ 14')),
    fetched: because('fetched-and-never-sent', forbrukerkjopsloven('§ 14')),
    mayWithdraw: because(
      'may-still-withdraw',
      'consumer-risk',
      forbrukerkjopsloven('§ 14'),
      forbrukerkjopsloven('§ 3'),
    ),
    unauthorised: because('left-without-authorisation', 'consumer-risk', forbrukerkjopsloven('§ 14')),
    authorised: because('left-as-authorised', 'consumer-risk', forbrukerkjopsloven('§ 14')),
    toSomebodyElse: because('received-by-somebody-else', 'consumer-risk', forbrukerkjopsloven('§ 14')),
    notTaken: because('not-taken', 'consumer-risk', forbrukerkjopsloven('§ 14')),
    lostAtHome: because('lost-while-returnable', 'consumer-risk', forbrukerkjopsloven('§ 14')),
    returning: because('return-by-law', forbrukerkjopsloven('§ 14')),
    voluntaryReturn: because('voluntary-return', 'voluntary-return', forbrukerkjopsloven('§ 14')),
    returned: because('back-with-seller', forbrukerkjopsloven('§ 14')),
    unpaid: because('price-not-owed', forbrukerkjopsloven('§ 13')),
  },
  business: {
    notHandedOver: because('not-handed-over', 'business-risk', kjopsloven('§ 7'), kjopsloven('§ 13')),
    handedOver: because('handed-over', 'business-risk', kjopsloven('§ 7'), kjopsloven('§ 13')),
    onArrival: because('agreed-on-arrival', 'business-risk', kjopsloven('§ 7'), kjopsloven('§ 13')),
    ownTransport: because('sellers-own-transport', 'business-risk', kjopsloven('§ 7'), kjopsloven('§ 13')),
    notIdentified: because('goods-not-identified', 'business-risk', kjopsloven('§ 14')),
    notTaken: because('not-taken', 'business-risk', kjopsloven('§ 13 andre ledd')),
    owed: because('price-owed', kjopsloven('§ 12')),
    returning: because('return-to-be-judged', 'business-risk', kjopsloven('§ 13')),
    voluntaryReturn: because('voluntary-return', 'voluntary-return', kjopsloven('§ 16')),
    returned: because('back-with-seller', kjopsloven('§ 16')),
  },
})
type Edition = Under<typeof reasonsOf>

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
  | 'returned-to-seller'

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
  /** A business customer agreed to fetch the goods at this place, and knows that they are there. */
  collectionAgreed?: boolean
  /**
   * Sold to be fetched at a place that is not the seller’s, and never sent; the customer knows that they wait there. A pickup
   * point that a customer chose for goods that the seller sends is none: there the carrier has them.
   */
  soldForCollection?: boolean
  /** A business customer was promised delivery at a place (“levert”), or the seller drives the goods themselves. */
  agreedOnArrival?: boolean
  /** The goods wait for the customer as agreed, and it is their breach that they do not take them. */
  inDefault?: boolean
  receivedBy?: 'customer' | 'named-by-customer' | 'somebody-else'
  /** Lost or damaged by accident after receipt. */
  lostAtHome?: boolean
  /** Whether the consumer has a right to withdraw from what they received; left out when nobody knows. */
  withdrawalOpen?: boolean
  /** Only a period of their own makes it so, of goods that came for defective ones: whether there is one no Act says. */
  withdrawalInDoubt?: boolean
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

/** Who bears accidental loss, by where the goods are. */
function riskOf(edition: Edition, facts: RiskFacts): RiskRuling {
  if (facts.whereabouts === 'returned-to-seller') return sellers(edition.why[facts.customerKind].returned)
  if (facts.whereabouts === 'return-in-transit') return riskOfReturn(edition, facts)
  return facts.customerKind === 'consumer' ? consumerRisk(edition, facts) : businessRisk(edition, facts)
}

/** Whoever may return by law does so at the seller's risk; a return that the seller merely allows is the customer's until the seller has it. */
function riskOfReturn(edition: Edition, { customerKind, returnBasis }: RiskFacts): RiskRuling {
  const allowed = customers(edition.why[customerKind].voluntaryReturn)
  if (returnBasis === 'voluntary') return allowed
  if (customerKind === 'consumer') return sellers(edition.why.consumer.returning)
  // A business that returns by law returns a defective thing, and what was lost with it is for a person to weigh.
  return returnBasis === 'statutory' ? judged(edition.why.business.returning) : allowed
}

function consumerRisk(edition: Edition, facts: RiskFacts): RiskRuling {
  const { whereabouts, ownCarrier = false, identified = true, receivedBy } = facts
  if (whereabouts === 'delivered' && facts.lostAtHome && facts.withdrawalOpen !== false)
    return judged(edition.why.consumer.lostAtHome)
  if (!identified && whereabouts !== 'delivered') return sellers(edition.why.consumer.notIdentified)
  if (facts.inDefault && whereabouts !== 'delivered') return judged(edition.why.consumer.notTaken)
  // A carrier that works for the customer receives the product on the customer's behalf, until they have it themselves.
  if (ownCarrier && isOnTheWay(whereabouts)) return customers(edition.why.consumer.ownCarrier)
  switch (whereabouts) {
    case 'delivered':
      if (receivedBy === 'somebody-else') return sellers(edition.why.consumer.toSomebodyElse)
      // Accidental loss is the seller's for as long as the consumer could give the goods back by law.
      if (facts.withdrawalOpen && facts.withdrawalInDoubt) return judged(edition.why.consumer.mayWithdraw)
      return facts.withdrawalOpen ? sellers(edition.why.consumer.mayWithdraw) : customers(edition.why.consumer.received)
    case 'left-unattended':
      return facts.leavingAuthorised
        ? customers(edition.why.consumer.authorised)
        : sellers(edition.why.consumer.unauthorised)
    case 'at-pickup-point':
      return facts.soldForCollection
        ? customers(edition.why.consumer.fetched)
        : sellers(edition.why.consumer.atPickupPoint)
    case 'lost-in-transit':
      return sellers(edition.why.consumer.notReceived, edition.why.consumer.unpaid)
    default:
      return sellers(edition.why.consumer.notReceived)
  }
}

function businessRisk(edition: Edition, facts: RiskFacts): RiskRuling {
  const { whereabouts, identified = true, agreedOnArrival = false, collectionAgreed } = facts
  if (!identified && whereabouts !== 'delivered') return sellers(edition.why.business.notIdentified)
  if (facts.inDefault && whereabouts !== 'delivered') return customers(edition.why.business.notTaken)
  const agreed = agreedOnArrival ? [edition.why.business.onArrival] : []
  switch (whereabouts) {
    case 'before-handover':
      return sellers(...agreed, edition.why.business.notHandedOver)
    case 'with-sellers-own-transport':
      return sellers(edition.why.business.ownTransport)
    case 'delivered':
      return customers(...agreed, edition.why.business.handedOver)
    case 'refused':
      return customers(...agreed, agreedOnArrival ? edition.why.business.notTaken : edition.why.business.handedOver)
    case 'lost-in-transit':
      return agreedOnArrival
        ? sellers(...agreed, edition.why.business.notHandedOver)
        : customers(edition.why.business.handedOver, edition.why.business.owed)
    default: {
      const arrived = whereabouts === 'left-unattended' ? facts.leavingAuthorised : collectionAgreed
      const passed = !agreedOnArrival || arrived === true
      return passed
        ? customers(...agreed, edition.why.business.handedOver)
        : sellers(...agreed, edition.why.business.notHandedOver)
    }
  }
}

const isOnTheWay = (whereabouts: Whereabouts) =>
  whereabouts !== 'before-handover' && whereabouts !== 'with-sellers-own-transport' && whereabouts !== 'delivered'

export type Risk = {
  customerKind: CustomerKind
  handedOverAt?: Temporal.Instant
  /** Physical receipt by the customer or whom they named. A pickup point, a doorstep and a refusal are none. */
  receivedAt?: Temporal.Instant
  at: Temporal.Instant
  /** `customer`: the customer engaged a carrier that the seller had not offered. */
  carrierArrangedBy?: 'seller' | 'customer'
  /** A business customer was promised delivery at a place, or the seller drives the goods themselves. */
  agreedOnArrival?: boolean
  /** The consumer's right to withdraw from these goods. Left out, they have it for the ordinary days from the receipt. */
  withdrawal?: {
    open: boolean
    /** When it ended, if it ever ran. */
    endedAt?: Temporal.Instant
  }
}

export type Bearer = { bearer: 'seller' | 'customer'; since?: Temporal.Instant; reasons: Reason[] }

/**
 * Who bears accidental loss at a moment, and since when if it is the customer. Received goods are at a consumer's risk once they
 * can no longer withdraw (forbrukerkjøpsloven § 14 femte ledd).
 */
function risk(
  edition: Edition,
  { customerKind, at, carrierArrangedBy, agreedOnArrival = false, ...moments }: Risk,
): Bearer {
  const handedOverAt = happened(moments.handedOverAt, at)
  const receivedAt = happened(moments.receivedAt, at)
  const whereabouts = receivedAt ? 'delivered' : handedOverAt ? 'with-carrier' : 'before-handover'
  // Without a handover that anybody noted, the receipt is the first that is known.
  const ownCarrier = carrierArrangedBy === 'customer' && handedOverAt !== undefined
  const { open, endedAt } = moments.withdrawal ?? ordinaryWithdrawal(edition, receivedAt, at)
  const asked = { customerKind, whereabouts, ownCarrier, agreedOnArrival, withdrawalOpen: open } as const
  const { bearer, reasons } = riskOf(edition, asked)
  if (bearer === 'seller') return { bearer, reasons }
  if (customerKind === 'consumer' && receivedAt !== undefined) return { bearer, since: endedAt ?? receivedAt, reasons }
  const atHandover = customerKind === 'consumer' ? ownCarrier : !agreedOnArrival
  return { bearer, since: atHandover ? (handedOverAt ?? receivedAt) : receivedAt, reasons }
}

function ordinaryWithdrawal({ figures }: Edition, receivedAt: Temporal.Instant | undefined, at: Temporal.Instant) {
  if (receivedAt === undefined) return { open: false }
  const days = Math.max(WITHDRAWAL_DAYS, figures.withdrawalDays)
  const endedAt = endOfOsloDay(lastDayOf(osloDay(receivedAt), { days }))
  return { open: Temporal.Instant.compare(at, endedAt) < 0, endedAt }
}

const happened = (moment: Temporal.Instant | undefined, at: Temporal.Instant) =>
  moment !== undefined && Temporal.Instant.compare(moment, at) <= 0 ? moment : undefined

export const riskRules = rulesOf(reasonsOf, { riskOf, risk })
