import { weekdaysAfter } from '../calendar.ts'
import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 20 December 1974 no. 68, the Road Carriage Act, in our own words. */
export const vegfraktloven = act('vegfraktloven', 'lov/1974-12-20-68', readAtLovdata('2020-09-09'), {
  '§ 40':
    'Whoever receives goods tells the carrier of visible damage at once and of other damage without undue delay; in carriage across borders within seven days, Sundays and holidays not counted.',
})

const CARRIER_NOTICE_DAYS = 7

/**
 * The last day on which a carrier is told in time of damage that did not show at once, in carriage across borders. The day of
 * receipt, Sundays and holidays are not among the seven; Saturdays are, and it may end on one. Source: § 40.
 */
export const carrierNoticeLastDay = (receivedOn: Temporal.PlainDate) => weekdaysAfter(receivedOn, CARRIER_NOTICE_DAYS)
