import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 23 May 2003 no. 35, the E-commerce Act, in our own words. */
export const eHandelsloven = act('e-handelsloven', 'lov/2003-05-23-35', readAtLovdata('2023-10-01'), {
  '§ 12':
    'The seller acknowledges an electronic order without undue delay; a message counts as received when the addressee can get at it.',
})
