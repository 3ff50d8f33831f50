import { euAct } from './act.ts'
import { notedFromEurLex } from './standings.ts'

/** Regulation (EC) No 593/2008 on the law of contracts (Rome I), in our own words. Norway is not bound by it; a consumer's court is. */
export const regulation5932008 = euAct(
  'Regulation (EC) No 593/2008',
  'reg/2008/593',
  {
    ...notedFromEurLex('Norway is not bound by it; the courts of a consumer in the EU are.'),
    checked: { on: '2026-11-27', how: 'not-read' },
  },
  {
    'Art. 6(2)':
      'A choice of law does not take from a consumer what the law of the country where they live makes mandatory.',
  },
)
