import { act } from './act.ts'
import { dated } from './dated.ts'
import { readAtLovdata } from './standings.ts'

/** Forskrift 14 November 2012 no. 1066, the Price Information Regulations, in our own words. */
export const prisopplysningsforskriften = act(
  'prisopplysningsforskriften',
  'forskrift/2012-11-14-1066',
  readAtLovdata('2026-01-01'),
  {
    '§ 3': 'A price shown to consumers is the whole price that they will pay, taxes and charges included.',
    '§ 9 a':
      'A price that is announced as reduced stands beside the lowest price of the last 30 days before the reduction, and the reduction is worked out from that.',
  },
)

/** For how many days before a reduction the lowest price counts; undefined before the rule. Source: § 9 a. */
export const priorPriceDays = dated({ from: '2023-10-01', value: 30 })
