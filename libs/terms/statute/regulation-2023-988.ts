import { euAct } from './act.ts'
import { notedFromEurLex } from './standings.ts'

/**
 * Regulation (EU) 2023/988 on general product safety, in our own words. It has relevance for the EEA; since when it is law in
 * Norway was not looked up, so that what rests on it is what the terms ask and what it asks of goods that go to the EU.
 */
export const regulation2023988 = euAct(
  'Regulation (EU) 2023/988',
  'reg/2023/988',
  {
    ...notedFromEurLex(
      'Applies in the EU from 13 December 2024; since when in Norway, by the EEA Agreement, was not looked up.',
    ),
    checked: { on: '2026-11-27', how: 'not-read' },
  },
  {
    'Art. 9(5)':
      'A product bears a type, batch or serial number, or something else by which consumers can identify it.',
    'Art. 9(7)':
      'Clear instructions and safety information go with a product, in a language that consumers understand.',
    'Art. 35(1)':
      'Whoever sold a product that is recalled tells all affected consumers that they can identify, directly and without undue delay.',
    'Art. 35(2)': 'Whoever has personal data of customers uses them for recalls and safety warnings.',
    'Art. 36(2)':
      'A recall notice says what is recalled and how it is identified, what its hazard is, what consumers are to do, what they may choose and where they can ask.',
    'Art. 37(1)':
      'A consumer is offered a remedy that is effective, timely and free of charge, and chooses between at least two of repair, replacement and refund.',
  },
)
