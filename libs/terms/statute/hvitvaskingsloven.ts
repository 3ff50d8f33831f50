import { countedLastDayOf } from '../calendar.ts'
import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 1 June 2018 no. 23, the Anti-Money Laundering Act, in our own words. */
export const hvitvaskingsloven = act('hvitvaskingsloven', 'lov/2018-06-01-23', readAtLovdata('2025-07-01'), {
  '§ 4': {
    en: 'The Act binds banks, payment institutions and the others that it lists; a shop or a portal for clubs is not among them.',
    nb: 'Loven gjelder for banker, betalingsforetak og de andre som den lister opp; en butikk eller en portal for foreninger er ikke blant dem.',
  },
  '§ 30': {
    en: 'Data on customers and transactions are kept for five years after the relationship ended or the transaction was made; personal data are then erased.',
    nb: 'Opplysninger om kunder og transaksjoner lagres i fem år etter at kundeforholdet ble avsluttet eller transaksjonen ble gjort; deretter slettes personopplysninger.',
  },
})

const KEPT_YEARS = 5

/** The last day to keep, and the last day on which keeping for this purpose is allowed. Source: § 30. */
export const antiLaunderingKeptThrough = (endedOn: Temporal.PlainDate) =>
  countedLastDayOf(endedOn, { years: KEPT_YEARS })
