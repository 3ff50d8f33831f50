import { euAct } from './act.ts'
import { notedFromEurLex } from './standings.ts'

/**
 * Regulation (EU) 2023/988 on general product safety, in our own words. It has relevance for the EEA; since when it is law in
 * Norway was not found, so that what rests on it is what the terms ask and what it asks of goods that go to the EU. Art. 36(2) and 37(2)
 * were read whole in a copy of the German text and Art. 9(7) as others quote it; Art. 9(5) and 35 as others describe them, and of Art.
 * 35(2) nothing was found but our notes.
 */
export const regulation2023988 = euAct(
  'Regulation (EU) 2023/988',
  'reg/2023/988',
  {
    ...notedFromEurLex(
      'Applies in the EU from 13 December 2024; since when in Norway, by the EEA Agreement, was looked for and not found.',
    ),
    checked: { on: '2026-11-28', how: 'second-hand' },
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
      'A recall notice has the heading that says so, and says what is recalled and how it is identified, what its hazard is without playing it down, that it is to be used no more and what else consumers are to do, what they may choose, where they can ask, and that others are to be told.',
    'Art. 37(1)':
      'Of a product that is recalled a consumer is offered a remedy that is effective, timely and free of charge.',
    'Art. 37(2)':
      'The consumer chooses between at least two of repair, a safe replacement of the same worth and a refund of at least what was paid; one is enough if the others are impossible or out of proportion. Where a repair or replacement is not done in a reasonable time and without great inconvenience, the money goes back.',
  },
)
