import { act } from './act.ts'

/** Lov 19 June 2009 no. 58, the Value Added Tax Act, in our own words. */
export const merverdiavgiftsloven = act(
  'merverdiavgiftsloven',
  'lov/2009-06-19-58',
  {
    status: 'in-force',
    source: 'Skatteetaten, Merverdiavgiftshåndboken, which quotes the sections',
    checked: { on: '2026-11-27', how: 'second-hand' },
  },
  {
    '§ 1-2':
      'The Act holds on the Norwegian mainland and within its territorial limit, but not on Svalbard, Jan Mayen or the dependencies.',
    '§ 4-1': 'VAT is worked out from what is paid for the goods, the VAT itself not counted.',
    '§ 4-2':
      'All costs of carrying out the agreement, freight among them, are part of what VAT is worked out from, even where they are charged for separately; so they bear the rate of the goods.',
    '§ 5-1': 'VAT is charged at the general rate unless the sale is exempt or a reduced rate holds.',
    '§ 5-2': 'VAT on food is charged at a reduced rate.',
    '§ 6-4': 'Books are sold to their readers without VAT.',
    '§ 6-21': 'Goods that are sold out of the VAT area are sold without VAT.',
  },
)

/** Where goods are sent: a country (ISO 3166-1 alpha-2) and, as far as it is known, a postal code. */
export type Destination = { country: string; postalCode?: string }

/**
 * The postal codes of the Norwegian series that lie outside of the VAT area: Svalbard with Bjørnøya has 9170 to 9179 and Jan Mayen
 * 8099 (Posten Norge).
 */
const OUTSIDE = /^(917\d|8099)$/

/**
 * Whether goods that are sent there leave the VAT area. ISO has a country of its own for Svalbard and Jan Mayen (SJ), but post goes
 * there by Norwegian postal codes, so that many write NO. Source: §§ 1-2 and 6-21.
 */
export const leavesVatArea = ({ country, postalCode = '' }: Destination) =>
  country !== 'NO' || OUTSIDE.test(postalCode.replaceAll(/\D/g, ''))
