import type { Country } from '../calendar.ts'
import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 13 May 1988 no. 27, the Sale of Goods Act, for purchases between businesses, in our own words. */
export const kjopsloven = act('kjøpsloven', 'lov/1988-05-13-27', readAtLovdata('2014-11-01'), {
  '§ 3': 'What was agreed between the parties, or is their custom, comes before the Act.',
  '§ 5':
    'An international sale follows the UN convention, but not one between businesses in two of Norway, Denmark, Finland, Iceland and Sweden.',
  '§ 7':
    'Goods that are to be sent are delivered when handed to the carrier; with the seller’s own transport, or sold “delivered” at a place, on arrival.',
  '§ 9': 'Unless a time was agreed, the goods are delivered within a reasonable time after the purchase.',
  '§ 12': 'When the buyer bears the risk they owe the price even though the goods are lost or damaged by accident.',
  '§ 13': 'The risk passes to the buyer when the goods are delivered.',
  '§ 13 andre ledd':
    'The risk passes also when the goods wait for the buyer and it is the buyer’s breach not to take them.',
  '§ 14': 'No risk passes before it is clear, by marking or otherwise, that the goods are meant for the buyer.',
  '§ 16': 'Goods that the buyer may give back are at the buyer’s risk until they are given back.',
  '§ 17': 'Goods are to suit what such goods are used for, and what the buyer could expect of them.',
  '§ 21':
    'Whether goods are defective is judged as of the moment when the risk passed to the buyer, even if it shows later.',
  '§ 22': 'When delivery is late the buyer may insist, cancel the purchase, claim damages and hold back payment.',
  '§ 25':
    'The buyer may cancel for delay that is a substantial breach, or when reasonable extra time that they set has run out; while it runs only if the seller has said that they will not deliver in it.',
  '§ 26':
    'Goods that are made specially for the buyer, and that the seller can therefore not sell to others without a substantial loss, may be cancelled for delay only where it substantially defeats what the buyer bought them for.',
  '§ 27':
    'The seller answers for the loss that a delay causes, unless it was due to an impediment beyond their control; for indirect loss only if they were at fault.',
  '§ 28': 'A seller who is hindered tells the buyer, or answers for the loss that telling would have avoided.',
  '§ 29':
    'Of goods that were delivered late the buyer may cancel the purchase only if they tell the seller so within a reasonable time after they learnt of the delivery.',
  '§ 30':
    'Of defective goods the buyer may ask for repair, replacement or a lower price, cancel the purchase, claim damages and hold back payment.',
  '§ 32':
    'The buyer complains within a reasonable time of when they noticed or should have noticed the defect and says what kind it is, and at the latest two years after taking over the goods, unless the seller has taken on to answer for longer by a guarantee or otherwise.',
  '§ 33':
    'A late complaint is in time all the same if the seller acted with gross negligence or against honesty and good faith.',
  '§ 34': 'The buyer may ask for repair unless it costs too much, and for replacement when the defect is substantial.',
  '§ 36':
    'The seller may repair or replace at their own cost, even if the buyer does not ask for it, where that gives the buyer neither much trouble nor a risk for their expenses.',
  '§ 37':
    'When neither repair nor replacement comes into question, or none is made within a reasonable time of the complaint, the buyer may ask for a lower price or cancel by §§ 38 and 39, unless they refused what they had to accept.',
  '§ 38': 'The lower price is to the agreed one as the value of the goods with the defect is to their value without.',
  '§ 39': 'The buyer may cancel the purchase when the defect is substantial.',
  '§ 40':
    'The buyer may claim damages for the loss that a defect causes; for indirect loss only if the seller was at fault.',
  '§ 42': 'The buyer may hold back as much of the price as secures their claim.',
  '§ 52':
    'The seller may stand by the purchase and claim the price, unless something beyond the buyer’s control hinders the payment.',
  '§ 64': 'When a purchase is cancelled both sides may claim back what they gave.',
  '§ 67':
    'Indirect loss is, among others, loss from lower production or turnover, from goods that could not be used as meant, and lost profit.',
  '§ 87': 'The UN convention on the international sale of goods holds as Norwegian law.',
})

/** Where both sides of a Nordic sale have their business, ISO 3166-1 alpha-2. Source: § 5. */
const NORDIC: ReadonlySet<Country> = new Set(['NO', 'SJ', 'DK', 'FI', 'AX', 'IS', 'SE'])

/** Whether the UN convention holds for what a seller in Norway sells to a business of a country. Source: §§ 5 and 87. */
export const followsUnConvention = (buyersCountry: Country) => !NORDIC.has(buyersCountry)

/** Years to complain after taking over, however long the goods are meant to last. Source: § 32. */
export const BUSINESS_COMPLAINT_YEARS = 2

/** How much of some goods was made specially for their buyer; undefined where none was. Source: § 26. */
export type MadeToOrder = 'all' | 'some' | undefined
export function madeToOrderAmong(lines: readonly { traits: { madeToOrder: boolean } }[]): MadeToOrder {
  const made = lines.filter(({ traits }) => traits.madeToOrder)
  if (made.length === 0) return undefined
  return made.length === lines.length ? 'all' : 'some'
}
