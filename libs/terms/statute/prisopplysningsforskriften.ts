import { act } from './act.ts'

/** Forskrift 14 November 2012 no. 1066, the Price Information Regulations, in our own words. */
export const prisopplysningsforskriften = act('prisopplysningsforskriften', 'forskrift/2012-11-14-1066', {
  '§ 3': 'A price shown to consumers is the whole price that they will pay, taxes and charges included.',
})
