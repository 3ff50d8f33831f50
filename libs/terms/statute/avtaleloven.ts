import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 31 May 1918 no. 4, the Contracts Act, in our own words. */
export const avtaleloven = act('avtaleloven', 'lov/1918-05-31-4', readAtLovdata('2026-01-01'), {
  '§ 1': 'An offer and its acceptance bind those who make them, unless they agree on something else.',
  '§ 2': 'Who makes an offer and names a time to answer by is to have the acceptance before that time is out.',
  '§ 6': 'An acceptance that differs from the offer refuses it and makes a new offer.',
  '§ 7':
    'An offer is called back only by what reaches the other side before they know of the offer, or at the same time.',
  '§ 32':
    'A declaration that came out wrong by a slip does not bind if the other side saw or should have seen the mistake.',
  '§ 36': 'A term that it would be unreasonable to rely on may be set aside, in whole or in part.',
  '§ 37': 'In doubt, standard terms towards a consumer are read in the way that serves the consumer best.',
})
