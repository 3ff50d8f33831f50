import { isAfter, lastDayOf } from '../calendar.ts'
import { act } from './act.ts'

/** Lov 20 June 2014 no. 27, the Right of Withdrawal Act, in our own words. */
export const angrerettloven = act('angrerettloven', 'lov/2014-06-20-27', {
  '§ 3': 'An agreement cannot give the consumer less than the Act does.',
  '§ 5': 'A consumer is a natural person who does not mainly act in business.',
  '§ 6':
    'The day of the event is not counted; a period that ends on a Saturday, Sunday or holiday runs to the next working day.',
  '§ 8 første ledd bokstav h':
    'Before the contract is made the consumer must be told of the right of withdrawal, its conditions, time limits and procedure, and of the form.',
  '§ 8 første ledd bokstav i': 'The consumer must be told beforehand that he pays for returning the goods.',
  '§ 8 første ledd bokstav k': 'The consumer must be told beforehand when there is no right of withdrawal.',
  '§ 9': 'Extra costs and return costs that the consumer was not told of are not his to pay.',
  '§ 20':
    'The consumer withdraws by an unequivocal statement, with or without the form, and is in time if it is sent before the period ends.',
  '§ 21':
    'The period is 14 days from the day the consumer has the goods, or the last of those ordered together; without the information on withdrawal it ends 12 months later, or 14 days after the information came within 12 months.',
  '§ 22 bokstav e':
    'There is no right to withdraw from goods made to the specification of the consumer or clearly personal.',
  '§ 22 bokstav g':
    'There is no right to withdraw from sealed goods unfit for return for health or hygiene reasons once the seal was broken after delivery.',
  '§ 23': 'Using the right of withdrawal ends the duties of both sides under the contract.',
  '§ 24':
    'Within 14 days of receiving the notice the seller pays back everything, delivery included except what a dearer one than the standard cost extra; unless he offered to collect the goods he may wait for them, or for proof that they were sent.',
  '§ 25':
    'The consumer sends the goods back within 14 days of the notice and pays only the direct cost of it; the seller pays if he agreed to or did not tell beforehand.',
})

const PERIOD_DAYS = 14
const MISSING_INFORMATION_MONTHS = 12
const REFUND_DAYS = 14
const SEND_BACK_DAYS = 14

/**
 * The last day to withdraw. Without an `informedOn` the consumer was never informed. The twelve months run from the
 * original period's end as it was moved to a working day, which is the better reading for the consumer; information
 * that comes after twelve months no longer shortens anything. Source: §§ 6 and 21.
 */
export function withdrawalLastDay(days: { receivedOn: Temporal.PlainDate; informedOn?: Temporal.PlainDate }) {
  const { receivedOn, informedOn } = days
  const original = lastDayOf(receivedOn, { days: PERIOD_DAYS })
  if (informedOn !== undefined) {
    if (!isAfter(informedOn, receivedOn)) return original
    if (!isAfter(informedOn, receivedOn.add({ months: MISSING_INFORMATION_MONTHS })))
      return lastDayOf(informedOn, { days: PERIOD_DAYS })
  }
  return lastDayOf(original, { months: MISSING_INFORMATION_MONTHS })
}

/**
 * The last day to pay back, or undefined while the seller may wait for the goods. `waitsForGoods` is false when the
 * seller collects them or they were never sent out. Source: § 24.
 */
export function refundLastDay(days: {
  noticeReceivedOn: Temporal.PlainDate
  backOn?: Temporal.PlainDate
  waitsForGoods: boolean
}) {
  const latest = lastDayOf(days.noticeReceivedOn, { days: REFUND_DAYS })
  if (!days.waitsForGoods) return latest
  if (days.backOn === undefined) return undefined
  return isAfter(days.backOn, latest) ? days.backOn : latest
}

/** The last day to hand the goods to a carrier; when they arrive does not matter. Source: § 25. */
export const sendBackLastDay = (noticeOn: Temporal.PlainDate) => lastDayOf(noticeOn, { days: SEND_BACK_DAYS })
