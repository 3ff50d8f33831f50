import { parcelReports, takers } from '@vilkar/contracts/shipping-parcel.ts'
import type { CodeTable } from '../port.ts'

/** A carrier that signs tells our own words: where a parcel is, or who took it. */
export const codes: CodeTable = {
  ...Object.fromEntries(parcelReports.map((report) => [report, { report }])),
  ...Object.fromEntries(takers.map((takenBy) => [`taken-by-${takenBy}`, { takenBy }])),
}
