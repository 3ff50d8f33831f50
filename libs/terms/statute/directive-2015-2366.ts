import { euAct } from './act.ts'
import { notedFromEurLex } from './standings.ts'

/** Directive (EU) 2015/2366 on payment services, in our own words. */
export const directive20152366 = euAct('Directive (EU) 2015/2366', 'dir/2015/2366', notedFromEurLex(), {
  'Art. 62(4)': 'The payee asks no surcharge for paying by a card whose interchange fee is regulated.',
})
