import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 26 March 2010 no. 9, the Guardianship Act, in our own words. */
export const vergemalsloven = act('vergemålsloven', 'lov/2010-03-26-9', readAtLovdata('2026-03-20'), {
  '§ 9': 'A minor, below 18, cannot bind themselves or dispose of their means unless a rule says so.',
  '§ 12':
    'A minor disposes alone of what they earned by their own work after turning 15, and at any age of what they were given to use freely.',
})

/** In years. Source: § 9. */
export const MAJORITY_AGE = 18

/** In years, from when a minor disposes of what they earned themselves. Source: § 12. */
export const EARNING_AGE = 15
