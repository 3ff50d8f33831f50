import { act } from './act.ts'
import { dated, type Held } from './dated.ts'

/** Lov 17 December 1976 no. 100, on interest on late payment, in our own words. */
export const forsinkelsesrenteloven = act(
  'forsinkelsesrenteloven',
  'lov/1976-12-17-100',
  {
    status: 'in-force',
    note: 'Rates are known here to the middle of 2025. That of the second half is in FOR-2025-06-23-1321, which nobody has read; of 2026 others write 11.25, 12 and 12.5 per cent.',
    source:
      'Lovdata, FOR-2024-12-19-3279 for the first half of 2025; tables of earlier half-years at forsinkelsesrente.net',
    checked: { on: '2026-11-27', how: 'second-hand' },
  },
  {
    '§ 2': 'Who is late with money owes interest from the day on which it was due, where that day was set beforehand.',
    '§ 3':
      'The rate is set for each half-year: what Norges Bank lends at, with at least eight percentage points added. Towards a consumer no agreement makes it higher.',
  },
)

/** The rate a year in basis points, by the half-year. What nobody has looked up is not here, and no older rate stands in for it. */
export const RATES = [
  { from: '2020-01-01', until: '2020-06-30', value: 950 },
  { from: '2020-07-01', until: '2021-12-31', value: 800 },
  { from: '2022-01-01', until: '2022-06-30', value: 850 },
  { from: '2022-07-01', until: '2022-12-31', value: 925 },
  { from: '2023-01-01', until: '2023-06-30', value: 1_075 },
  { from: '2023-07-01', until: '2023-12-31', value: 1_175 },
  { from: '2024-01-01', until: '2025-06-30', value: 1_250 },
] as const satisfies Held<number>[]

/** The rate of a day; undefined of one that is not known here. Source: § 3 and its regulations. */
export const lateInterestRate = dated<number>(...RATES)

/** The last day whose rate is known, ISO 8601: `pnpm law` tells once it is over. */
export const RATES_KNOWN_TO = RATES.at(-1)!.until

/** What no rate is lower than, in basis points: the points that are added at least. Source: § 3. */
export const LEAST_RATE = 800
