import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 13 December 2024 no. 76, the Electronic Communications Act, in our own words. */
export const ekomloven = act('ekomloven', 'lov/2024-12-13-76', readAtLovdata('2025-12-19'), {
  '§ 3-15':
    'Storing or reading anything on the user’s equipment needs informed consent of the kind the GDPR asks for, unless it only carries the communication or is strictly necessary for a service the user asked for.',
})
