import { euAct } from './act.ts'

/** Regulation (EC) No 593/2008 on the law of contracts (Rome I), in our own words. Norway is not bound by it; a consumer's court is. */
export const regulation5932008 = euAct('Regulation (EC) No 593/2008', 'reg/2008/593', {
  'Art. 6(2)':
    'A choice of law does not take from a consumer what the law of the country where they live makes mandatory.',
})
