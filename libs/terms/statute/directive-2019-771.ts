import { euAct } from './act.ts'
import { dated } from './dated.ts'
import { notedFromEurLex } from './standings.ts'

/** Directive (EU) 2019/771 on the sale of goods to consumers, as Directive (EU) 2024/1799 changes it, in our own words. */
export const directive2019771 = euAct(
  'Directive (EU) 2019/771',
  'dir/2019/771',
  {
    ...notedFromEurLex('Art. 10(2a) is of Directive (EU) 2024/1799, for contracts from 31 July 2026.'),
    checked: { on: '2026-11-27', how: 'second-hand' },
  },
  {
    'Art. 10(1)': 'The seller answers for what shows within two years of delivery; a member state may give longer.',
    'Art. 10(2a)':
      'Where goods were put right by a repair, the time for which the seller answers is once twelve months longer.',
  },
)

/** By how many months a repair prolongs the seller's liability, once, by the day of the contract. Source: Art. 10(2a). */
export const repairMonths = dated({ from: '2026-07-31', value: 12 })
