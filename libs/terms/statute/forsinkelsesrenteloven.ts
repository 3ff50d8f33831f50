import { act } from './act.ts'
import { dated, type Held } from './dated.ts'

/** Lov 17 December 1976 no. 100, on interest on late payment, in our own words. */
export const forsinkelsesrenteloven = act(
  'forsinkelsesrenteloven',
  'lov/1976-12-17-100',
  {
    version: '2026-07-01',
    status: 'in-force',
    note: 'Rates are known here to the end of 2026. Each comes as a regulation in the second half of the month before its half-year.',
    source:
      'Lovdata, FOR-2024-12-19-3279, FOR-2025-12-18-2658 and FOR-2026-06-25-1372, by the public copy github.com/sondreskarsten/norwegian-laws; FOR-2025-06-23-1321 (second half of 2025) by who cites it; tables of earlier half-years at forsinkelsesrente.net',
    checked: { on: '2026-11-29', how: 'read' },
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
  { from: '2025-07-01', until: '2025-12-31', value: 1_225 },
  { from: '2026-01-01', until: '2026-06-30', value: 1_200 },
  { from: '2026-07-01', until: '2026-12-31', value: 1_225 },
] as const satisfies Held<number>[]

/** The rate of a day; undefined of one that is not known here. Source: § 3 and its regulations. */
export const lateInterestRate = dated<number>(...RATES)

/** The last day whose rate is known, ISO 8601. */
export const RATES_KNOWN_TO = RATES.at(-1)!.until

/** So many days before that the next rate can be read, and somebody is to look it up: the last ones came out six to fifteen days before. */
export const RATES_LOOKED_UP_DAYS = 10

/** What no rate is lower than, in basis points: the points that are added at least. Source: § 3. */
export const LEAST_RATE = 800
