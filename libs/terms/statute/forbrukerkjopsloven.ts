import { type Country, countedLastDayOf, lastDayOf, type Period } from '../calendar.ts'
import { act } from './act.ts'
import { changing, dated } from './dated.ts'
import { readAtLovdata } from './standings.ts'

/** Since when a defect is presumed for two years: lov 16 June 2023 no. 60. */
const TWO_YEARS_FROM = '2024-01-01'

/** Lov 21 June 2002 no. 34, the Consumer Purchases Act, in our own words. */
export const forbrukerkjopsloven = act('forbrukerkjøpsloven', 'lov/2002-06-21-34', readAtLovdata('2024-07-01'), {
  '§ 3': 'Terms that are worse for the consumer than the Act cannot be relied on.',
  '§ 6': 'Unless a time was agreed, the seller delivers without undue delay and within 30 days of the purchase.',
  '§ 13':
    'Until the risk has passed, goods that are lost or damaged are the seller’s loss, and the consumer owes no price for them.',
  '§ 14':
    'The risk passes when the consumer takes the goods over; of goods that are sent, when the consumer, or someone they named other than the carrier, has them in hand, or at handover to a carrier that they engaged themselves and the seller did not offer; of goods to be fetched elsewhere than at the seller’s, when the time has come and the consumer knows that they wait there. A consumer who fails to take goods that are at their disposal bears the loss that comes of the goods themselves, such as rot. Nothing passes before it is clear that the goods are meant for the consumer. Goods that may be given back are at the consumer’s risk until the seller has them again, but not while they may be given back under the Right of Withdrawal Act or a like period that was agreed.',
  '§ 15': changing(
    TWO_YEARS_FROM,
    { text: 'The thing has the qualities that were agreed, and those that such things usually have.' },
    {
      text: 'The thing has the qualities that were agreed, and those that such things usually have. Of a thing with a digital service the seller sees to it that the consumer is told of and gets the updates, security updates among them, that it needs to stay so: as long as can reasonably be expected, or as long as a service is supplied over time and at least two years after delivery. The seller does not answer for what comes of an update that the consumer was told of and did not install.',
    },
  ),
  '§ 17':
    'Wrong installation is a defect when the seller was to install, or when the consumer did and the instructions supplied were wrong.',
  '§ 18': changing(
    TWO_YEARS_FROM,
    {
      text: 'A defect that shows within six months is taken to have been there at delivery unless the seller proves otherwise.',
    },
    {
      text: 'A defect that shows within two years is taken to have been there at delivery unless the seller proves otherwise, or that does not fit the thing or the defect.',
    },
  ),
  '§ 18 a': 'A guarantee binds the one who gave it, and takes nothing away from the rights by law.',
  '§ 19':
    'When delivery is late for a reason that is the seller’s, the consumer may hold back payment, insist, cancel the purchase or claim damages.',
  '§ 20': 'The consumer may hold back payment for what is late.',
  '§ 21': 'The consumer may insist on delivery, unless it is impossible or would cost out of all proportion.',
  '§ 23':
    'The consumer may cancel a late purchase when reasonable extra time has run out; at once when the date was essential and the seller knew, or when the seller refuses to deliver. Once the thing is delivered they say so within a reasonable time after they learnt of it.',
  '§ 24':
    'The seller compensates loss through delay unless the cause lay beyond their control and could not be foreseen or overcome.',
  '§ 25': 'A seller who is hindered tells the consumer, or answers for the loss that telling would have avoided.',
  '§ 26':
    'Of a defective thing the consumer may hold back the price, choose repair or replacement, ask for a lower price, cancel the purchase and claim damages.',
  '§ 27':
    'The consumer complains within a reasonable time of when they noticed or should have noticed the defect, never less than two months from noticing, and at the latest two years after delivery, or five for things, or parts of them, meant to last considerably longer; of updates and digital services that are supplied over a longer time, for as long as they are. These limits do not hold where the seller has taken on to answer for longer by a guarantee or otherwise, or where a third party’s right hinders the use. Whoever took on for the seller to put defects right may be told instead. What is not complained of in time is lost, but not to a seller who acted with gross negligence or against honesty and good faith.',
  '§ 28': 'The consumer may hold back as much of the price as secures their claim.',
  '§ 29':
    'The consumer chooses between having the defect repaired and having the thing replaced, unless what they choose is impossible or would cost the seller out of all proportion; if both are, the seller may refuse. A repair or replacement that the seller offers and carries out by the Act leaves no claim to a lower price or to cancelling, unless the defect is so serious that nobody could be expected to accept the offer.',
  '§ 30':
    'Putting right costs the consumer nothing, happens within a reasonable time and without much trouble; the seller takes a replaced thing back, and takes out and puts in again what had been installed, at their own cost. If a defect shows again the consumer may refuse another attempt unless one is reasonable.',
  '§ 31': 'If a defect is not put right the consumer may ask for a lower price.',
  '§ 32':
    'Instead of a lower price the consumer may cancel the purchase, unless the seller proves that the defect is insignificant.',
  '§ 33': 'The consumer may claim damages for the loss that a defect causes.',
  '§ 38':
    'The consumer is not bound by a promise made beforehand to pay at a set time whether or not the seller performs.',
  '§ 41':
    'The consumer may cancel before delivery; the seller then cannot insist on the purchase and its price, only claim what that cost the seller.',
  '§ 44':
    'The seller may stand by the purchase and claim the price, unless something beyond the consumer’s control hinders the payment.',
  '§ 49': 'When a purchase is cancelled both sides give back what they had.',
  '§ 52': 'Damages cover the economic loss, expenses and lost profit among it, that could reasonably be foreseen.',
  '§ 52 andre ledd': 'Damages cover neither loss through injury to a person nor loss in the consumer’s own business.',
})

/** Years to complain after delivery: of anything, and of what is meant to last considerably longer. Source: § 27. */
export const ORDINARY_YEARS = 2
export const LONG_LIVED_YEARS = 5
const LATEST_DELIVERY_DAYS = 30

/**
 * The last day to complain of a defect. The Act has no rule for a limit that ends on a weekend; it moves to the next
 * working day here, since doubt goes to the consumer (avtaleloven § 37). Source: § 27.
 */
export const complaintLastDay = (deliveredOn: Temporal.PlainDate, longLived: boolean) =>
  lastDayOf(deliveredOn, { years: longLived ? LONG_LIVED_YEARS : ORDINARY_YEARS })

/** The last day to deliver. It is the seller's limit, and nothing in the Act moves it to a working day. Source: § 6. */
export const latestDeliveryOn = (purchasedOn: Temporal.PlainDate) => purchasedOn.add({ days: LATEST_DELIVERY_DAYS })

const RELATIVE_MONTHS = 2

/**
 * The last day on which a complaint after noticing a defect can never be called late. It says nothing of the outer limit,
 * which it does not move. Source: § 27 første ledd.
 */
export const neverLateUntil = (noticedOn: Temporal.PlainDate, country?: Country) =>
  lastDayOf(noticedOn, { months: RELATIVE_MONTHS }, country)

/** How long a defect that shows is taken to have been there at delivery, by the day of the contract. Source: § 18. */
const presumptionPeriodOn = dated<Period>(...changing<Period>(TWO_YEARS_FROM, { months: 6 }, { years: 2 }))

/** How goods are supplied with a digital service: once with them, or over time, and for how many months. */
export type DigitalSupply = { supplied: 'once' | 'over-time'; months: number }
const LEAST_MONTHS_OVER_TIME = 24

/** For how many months the seller answers for a service that is supplied over time. Source: §§ 15 fjerde ledd and 18 andre ledd. */
const monthsOf = ({ supplied, months }: DigitalSupply) =>
  supplied === 'over-time' ? Math.max(months, LEAST_MONTHS_OVER_TIME) : months

type SupplyDays = DigitalSupply & { contractOn: Temporal.PlainDate; deliveredOn: Temporal.PlainDate }
const isOfBefore = (contractOn: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(contractOn, Temporal.PlainDate.from(TWO_YEARS_FROM)) < 0

/** The last day on which updates are owed; undefined of contracts of before the law had the duty. Source: § 15 fjerde ledd. */
export const updatesLastDay = ({ contractOn, deliveredOn, ...supply }: SupplyDays) =>
  isOfBefore(contractOn) ? undefined : countedLastDayOf(deliveredOn, { months: monthsOf(supply) })

/**
 * The last day on which a defect of a service that is supplied over time is taken to be the seller's; undefined of one that is not.
 * Source: § 18 andre ledd andre punktum.
 */
export const supplyPresumptionLastDay = ({ contractOn, deliveredOn, ...supply }: SupplyDays) =>
  supply.supplied === 'once' ? undefined : updatesLastDay({ contractOn, deliveredOn, ...supply })

/** The last day on which a defect that shows is taken to have been there at delivery. Source: § 18. */
export const presumptionLastDay = (days: { contractOn: Temporal.PlainDate; deliveredOn: Temporal.PlainDate }) =>
  countedLastDayOf(days.deliveredOn, presumptionPeriodOn(days.contractOn)!)
