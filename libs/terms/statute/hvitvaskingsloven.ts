import { countedLastDayOf } from '../calendar.ts'
import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 1 June 2018 no. 23, the Anti-Money Laundering Act, in our own words. */
export const hvitvaskingsloven = act('hvitvaskingsloven', 'lov/2018-06-01-23', readAtLovdata('2025-07-01'), {
  '§ 4':
    'The Act binds banks, payment institutions and the others that it lists; a shop or a portal for clubs is not among them.',
  '§ 30':
    'Data on customers and transactions are kept for five years after the relationship ended or the transaction was made; personal data are then erased.',
})

const KEPT_YEARS = 5

/** The last day to keep, and the last day on which keeping for this purpose is allowed. Source: § 30. */
export const antiLaunderingKeptThrough = (endedOn: Temporal.PlainDate) =>
  countedLastDayOf(endedOn, { years: KEPT_YEARS })
