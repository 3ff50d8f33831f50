import { euAct } from './act.ts'
import { dated } from './dated.ts'
import { notedFromEurLex } from './standings.ts'

/** Regulation (EU) 2024/3228, which ended the Union's platform for online disputes, in our own words. */
export const regulation20243228 = euAct(
  'Regulation (EU) 2024/3228',
  'reg/2024/3228',
  notedFromEurLex('The platform closed on 20 July 2025.'),
  {
    'Art. 1':
      'Regulation (EU) No 524/2013, with the platform and the duty to link to it, is repealed from 20 July 2025.',
  },
)

/** Whether the platform was there to be linked to; undefined before it opened and since it closed. Source: Art. 1. */
export const platformWasOpenOn = dated({ from: '2016-02-15', until: '2025-07-19', value: true })
