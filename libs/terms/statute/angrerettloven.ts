import { type Country, isAfter, lastDayOf } from '../calendar.ts'
import { act } from './act.ts'
import { COMMENCEMENT_OF_LOV_2026_34 } from './amending-acts.ts'
import { changing } from './dated.ts'
import { readAtLovdata } from './standings.ts'

/**
 * Lov 20 June 2014 no. 27, the Right of Withdrawal Act, in our own words, if lov 19 June 2026 no. 34 commences on a day: that one
 * moves the form and the language to other paragraphs of § 8.
 */
export const angrerettlovenWith = (commencement: string | undefined) =>
  act('angrerettloven', 'lov/2014-06-20-27', readAtLovdata('2023-10-01'), {
    '§ 3': 'An agreement cannot give the consumer less than the Act does.',
    '§ 5': 'A consumer is a natural person who does not mainly act in business.',
    '§ 6':
      'The day of the event is not counted; a period that ends on a Saturday, Sunday or holiday runs to the next working day.',
    '§ 8 første ledd bokstav h':
      'Before the contract is made the consumer must be told of the right of withdrawal, its conditions, time limits and procedure.',
    '§ 8 første ledd bokstav h andre punktum': changing(
      commencement,
      { text: 'The consumer must be given the standard form for withdrawing.' },
      {
        section: '§ 8 andre ledd',
        text: 'The consumer must be given the standard form for withdrawing, and told of the withdrawal function and where it is.',
      },
    ),
    '§ 8 første ledd bokstav i': 'The consumer must be told beforehand that they pay for returning the goods.',
    '§ 8 første ledd bokstav k': 'The consumer must be told beforehand when there is no right of withdrawal.',
    '§ 8 tredje ledd': changing(
      commencement,
      { text: 'A seller who markets to consumers in Norway informs them in Norwegian.' },
      { section: '§ 8 fjerde ledd', text: 'A seller who markets to consumers in Norway informs them in Norwegian.' },
    ),
    '§ 9': 'Extra costs and return costs that the consumer was not told of are not theirs to pay.',
    '§ 16':
      'Where an order online obliges to pay, the button says “bestilling med forpliktelse til å betale” or something equally unambiguous; otherwise the consumer is not bound.',
    '§ 18':
      'The consumer has a written confirmation of the contract on a durable medium within reasonable time, at the latest when the goods are delivered.',
    '§ 20':
      'The consumer withdraws by an unequivocal statement, with or without the form, and is in time if it is sent before the period ends.',
    '§ 20 a': changing(
      commencement,
      {
        text: 'A contract made online can be withdrawn from by a function labelled without ambiguity, there until the period ends, which asks for name, contract and an electronic address, is confirmed in a second step, and is answered with content, date and time. Enacted 19 June 2026; the day of commencement is not set.',
      },
      {
        text: 'A contract made online can be withdrawn from by a function labelled without ambiguity, there until the period ends, which asks for name, contract and an electronic address, is confirmed in a second step, and is answered with content, date and time.',
      },
    ),
    '§ 21':
      'The period is 14 days from the day the consumer has the last of the goods ordered together; where the information on withdrawal was missing, 12 months more, or 14 days from when it came.',
    '§ 22 bokstav e':
      'There is no right to withdraw from goods made to the specification of the consumer or clearly personal.',
    '§ 22 bokstav g':
      'There is no right to withdraw from sealed goods unfit for return for health or hygiene reasons once the seal was broken after delivery.',
    '§ 22 bokstav j':
      'There is no right to withdraw from sealed sound, picture and software media once the seal was broken.',
    '§ 23': 'Using the right of withdrawal ends the duties of both sides under the contract.',
    '§ 24':
      'Within 14 days of receiving the notice the seller pays back everything, delivery included except what a dearer one than the standard cost extra; unless they offered to collect the goods they may wait for them, or for proof that they were sent.',
    '§ 24 annet ledd':
      'The seller pays back by the means of payment that the consumer used, unless they expressly agreed on another, and takes no fee for it.',
    '§ 24 femte ledd':
      'Goods that the seller agreed to collect and has not collected within three months of the notice become the consumer’s, free of charge.',
    '§ 25':
      'The consumer sends the goods back within 14 days of the notice, unless the seller offered to collect them, and pays for that, unless the seller agreed to or did not tell them beforehand.',
    '§ 25 tredje ledd':
      'The consumer answers for the loss of value that comes from handling beyond what it takes to know the goods, and only if they were informed of the right to withdraw.',
    '§ 27': 'Contracts tied to the one withdrawn from end too, at no cost to the consumer.',
  })

export const angrerettloven = angrerettlovenWith(COMMENCEMENT_OF_LOV_2026_34)

/** Days to withdraw, to pay back and to send back. */
export const WITHDRAWAL_DAYS = 14
export const REFUND_DAYS = 14
const SEND_BACK_DAYS = 14
const MISSING_INFORMATION_MONTHS = 12
const COLLECTION_MONTHS = 3

export type WithdrawalDays = {
  receivedOn: Temporal.PlainDate
  /** When complete information came, at the latest on the day of receipt if it came in time; left out when it never did. */
  informedOn?: Temporal.PlainDate
  /** Where the consumer lives: their calendar counts too. */
  country?: Country
}

/**
 * The last day to withdraw. Without an `informedOn` the consumer was never informed. The twelve months run from the
 * original period's end as it was moved to a working day, which is the better reading for the consumer; information
 * that comes after twelve months no longer shortens anything. Source: §§ 6 and 21.
 */
export function withdrawalLastDay({ receivedOn, informedOn, country }: WithdrawalDays) {
  const original = lastDayOf(receivedOn, { days: WITHDRAWAL_DAYS }, country)
  if (informedOn !== undefined) {
    if (!isAfter(informedOn, receivedOn)) return original
    if (!isAfter(informedOn, receivedOn.add({ months: MISSING_INFORMATION_MONTHS })))
      return lastDayOf(informedOn, { days: WITHDRAWAL_DAYS }, country)
  }
  return lastDayOf(original, { months: MISSING_INFORMATION_MONTHS }, country)
}

/** Someone took the goods into their hands: the consumer, someone whom they named, the carrier or its agent, or somebody else. */
export type Receipt = { at: Temporal.Instant; by?: 'consumer' | 'named-by-consumer' | 'carrier' | 'somebody-else' }

/**
 * When the consumer came to have the goods: with the last of what was ordered together (parcels, lots, pieces), or the first
 * of regular deliveries. Undefined while part of it is missing, or is with the carrier, its pickup point or a stranger: then
 * no period has begun. Source: § 21.
 */
export function possessionAt(receipts: readonly (Receipt | undefined)[], regularDeliveries = false) {
  const had = receipts.map((receipt) => (receipt !== undefined && hasGoods(receipt.by) ? receipt.at : undefined))
  const known = had.filter((at) => at !== undefined).sort(Temporal.Instant.compare)
  if (regularDeliveries) return known[0]
  return known.length === had.length ? known.at(-1) : undefined
}

/** Whether whoever took the goods is the consumer, or has them for the consumer. Source: § 21. */
export const hasGoods = (by: Receipt['by']) => by !== 'carrier' && by !== 'somebody-else'

/** Whether the consumer may be charged for wear beyond what trying the goods takes: only if they were informed. Source: § 25. */
export const mayDeductDiminishedValue = ({ informationGiven }: { informationGiven: boolean }) => informationGiven

/**
 * The last day to pay back, or undefined while the seller may wait for the goods. `waitsForGoods` is false when the
 * seller collects them or they were never sent out; `days` is what is allowed after the notice. Source: § 24.
 */
export function refundLastDay({
  noticeReceivedOn,
  backOn,
  waitsForGoods,
  days = REFUND_DAYS,
}: {
  noticeReceivedOn: Temporal.PlainDate
  backOn?: Temporal.PlainDate
  waitsForGoods: boolean
  days?: number
}) {
  const latest = lastDayOf(noticeReceivedOn, { days })
  if (!waitsForGoods) return latest
  if (backOn === undefined) return undefined
  return isAfter(backOn, latest) ? backOn : latest
}

/** The last day to collect goods that the seller is to collect: after it they are the consumer's. Source: §§ 6 and 24, fifth paragraph. */
export const collectionLastDay = (noticeOn: Temporal.PlainDate) => lastDayOf(noticeOn, { months: COLLECTION_MONTHS })

/** The last day to hand the goods to a carrier; when they arrive does not matter. Source: § 25. */
export const sendBackLastDay = (noticeOn: Temporal.PlainDate, country?: Country) =>
  lastDayOf(noticeOn, { days: SEND_BACK_DAYS }, country)
