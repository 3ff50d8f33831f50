import { lastDayOf } from '../calendar.ts'
import { act } from './act.ts'

/** Lov 13 May 1988 no. 27, the Sale of Goods Act, for purchases between businesses, in our own words. */
export const kjopsloven = act('kjøpsloven', 'lov/1988-05-13-27', {
  '§ 7':
    'Goods that are to be sent are delivered when handed to the carrier; with the seller’s own transport, or sold “delivered” at a place, on arrival.',
  '§ 13': 'The risk passes to the buyer when the goods are delivered.',
  '§ 22': 'When delivery is late the buyer may insist, cancel the purchase, claim damages and hold back payment.',
  '§ 32': 'The buyer complains within a reasonable time, and at the latest two years after taking over the goods.',
})

const COMPLAINT_YEARS = 2

/** The last day to complain, however long the goods are meant to last. Source: § 32. */
export const businessComplaintLastDay = (takenOverOn: Temporal.PlainDate) =>
  lastDayOf(takenOverOn, { years: COMPLAINT_YEARS })
