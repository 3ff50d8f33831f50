import type { RiskFacts, RiskRuling, Whereabouts } from '../../rules/risk.ts'
import type { CustomerKind } from '../../ruling/vocabulary.ts'
import { terms } from '../asked-edition.ts'
import { dayOf, instantOf, isoOf, type Moment, maybeInstantOf } from '../read.ts'
import type { Answer, Topic } from '../runner.ts'

const { delay, riskOf, transportDamage } = terms

type Facts = {
  customerType?: CustomerKind
  stage?: string
  event?: string
  carrierArrangedBy?: 'seller' | 'consumer' | 'business' | 'customer'
  offeredBySeller?: boolean
  identified?: boolean
  authorised?: boolean
  collectionAgreed?: boolean
  receivedBy?: string
  deliveryTerm?: string
  inWithdrawalWindow?: boolean
  basis?: 'statutory' | 'voluntary'
  reportedAfterDays?: number
  buyerInDefault?: boolean
}

/** The words of the cases for where goods are; what none of them says has not been handed over. */
const WHEREABOUTS: Record<string, Whereabouts> = {
  'handed-to-carrier': 'with-carrier',
  'with-carrier': 'with-carrier',
  'in-transit': 'with-carrier',
  'out-for-delivery': 'with-carrier',
  'damaged-in-transit': 'lost-in-transit',
  'lost-in-transit': 'lost-in-transit',
  'picked-up-by-carrier': 'with-carrier',
  shipped: 'with-carrier',
  dispatched: 'with-carrier',
  'with-sellers-own-transport': 'with-sellers-own-transport',
  'at-pickup-point': 'at-pickup-point',
  'not-collected': 'at-pickup-point',
  uncollected: 'at-pickup-point',
  'refused-or-uncollected': 'refused',
  'left-unattended': 'left-unattended',
  'left-at-door': 'left-unattended',
  refused: 'refused',
  'refused-delivery': 'refused',
  'refused-at-door': 'refused',
  delivered: 'delivered',
  received: 'delivered',
  collected: 'delivered',
  'return-in-transit': 'return-in-transit',
}

const RECEIVERS: Record<string, RiskFacts['receivedBy']> = {
  consumer: 'customer',
  customer: 'customer',
  'designated-third-party': 'named-by-customer',
  'designated-neighbour': 'named-by-customer',
}

/** “Levert” at a place, or a term of trade that says the same. */
const ON_ARRIVAL: ReadonlySet<string> = new Set(['levert', 'delivered', 'DAP', 'DPU', 'DDP'])

function factsOf(facts: Facts): RiskFacts {
  const {
    customerType = 'consumer',
    event = '',
    stage = event,
    carrierArrangedBy = 'seller',
    receivedBy = 'customer',
  } = facts
  const receiver = receivedBy === customerType ? 'customer' : (RECEIVERS[receivedBy] ?? 'somebody-else')
  return {
    customerKind: customerType,
    whereabouts: WHEREABOUTS[stage] ?? 'before-handover',
    ownCarrier: carrierArrangedBy !== 'seller' && facts.offeredBySeller === false,
    identified: facts.identified,
    leavingAuthorised: facts.authorised,
    collectionAgreed: facts.collectionAgreed,
    agreedOnArrival: ON_ARRIVAL.has(facts.deliveryTerm ?? ''),
    inDefault: facts.buyerInDefault,
    receivedBy: receiver,
    lostAtHome: facts.event === 'accidental-loss',
    withdrawalOpen: facts.inWithdrawalWindow,
    returnBasis: facts.basis,
  }
}

const NOTES: Record<string, string> = {
  'waits-at-pickup-point': "not 'henting på annet sted' unless agreed as pick-up sale",
}

function risk(facts: Facts): Answer {
  const asked = factsOf(facts)
  if (facts.event === 'transport-damage') return damaged(facts, asked)
  const ruling = riskOf(asked)
  return {
    riskHolder: holderOf(ruling, asked),
    paymentDue: ruling.paymentDue,
    note: ruling.reasons.map(({ code }) => NOTES[code]).find((note) => note !== undefined) ?? null,
  }
}

function holderOf({ bearer, toBeJudged }: RiskRuling, { customerKind, whereabouts }: RiskFacts) {
  if (toBeJudged) return 'review'
  if (bearer === 'seller') return 'seller'
  return whereabouts === 'return-in-transit' ? 'customer' : customerKind
}

/** A Monday at noon, so that no weekend moves a limit that the case counts in days. */
const RECEIVED_AT = Temporal.Instant.from('2026-06-01T10:00:00Z')

/** The damage was done on the way, by whoever's risk it was then. */
function damaged({ reportedAfterDays = 0 }: Facts, asked: RiskFacts): Answer {
  const { customerKind } = asked
  const reportedAt = RECEIVED_AT.add({ hours: 24 * reportedAfterDays })
  const { outcome, late } = transportDamage({ customerKind, receivedAt: RECEIVED_AT, reportedAt })
  const ruling = riskOf({ ...asked, whereabouts: 'lost-in-transit' })
  return {
    riskHolder: holderOf(ruling, asked),
    claimAccepted: ruling.bearer === 'seller' && outcome === 'granted',
    late,
    paymentDue: ruling.paymentDue,
  }
}

type Delayed = {
  customerType?: CustomerKind
  confirmedAt: Moment
  now: Moment
  deliveredAt?: Moment | null
  agreedDate?: Moment
  dateEssential?: boolean
  sellerRefuses?: boolean
  extraTimeUntil?: Moment
  extraTimeSetAt?: Moment
  madeToOrder?: boolean
}

function delayed(facts: Delayed): Answer {
  const { late, lastDay, remedies, mayRescind, damagesPossible } = delay({
    customerKind: facts.customerType ?? 'consumer',
    confirmedAt: instantOf(facts.confirmedAt),
    at: instantOf(facts.now),
    deliveredAt: maybeInstantOf(facts.deliveredAt),
    agreedOn: facts.agreedDate === undefined ? undefined : dayOf(facts.agreedDate),
    dateEssential: facts.dateEssential,
    sellerRefuses: facts.sellerRefuses,
    extraTimeUntil: facts.extraTimeUntil === undefined ? undefined : dayOf(facts.extraTimeUntil),
    extraTimeSetAt: maybeInstantOf(facts.extraTimeSetAt),
    madeToOrder: facts.madeToOrder ? 'all' : undefined,
  })
  return {
    late: late === 'review' ? 'review' : late === 'granted',
    latestDelivery: isoOf(lastDay),
    consumerMay: remedies,
    rescindImmediately: mayRescind,
    damagesPossible,
  }
}

export const deliveryTopics: Record<string, Topic> = { risk, delay: delayed }
