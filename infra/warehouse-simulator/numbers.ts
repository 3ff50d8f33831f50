import type { NumberedUnits } from '@vilkar/contracts/shipping-serials.ts'
import type { Parcel } from './books.ts'
import type { Lines } from './to-send.ts'

/** Of more units than these in a line the lot is noted. */
const MAX_SCANNED = 10

/** What is said of units in a parcel, when it is packed and when it leaves. */
export type Scanned = { units?: NumberedUnits[]; manuals?: string[] }

/**
 * The numbers of units that are critical to safety, and the lines whose manual lies with them (clause 11), which none does that is read online: the same whenever they are asked for, so
 * that whoever goes on after a kill tells the same.
 */
export function scannedOf(shipmentId: string, lines: Lines, parcel: Parcel['lines']): Scanned {
  const critical = parcel.filter(({ lineId }) => lines.some((line) => line.lineId === lineId && line.safetyCritical))
  if (critical.length === 0) return {}
  const units = critical.flatMap(({ lineId, quantity }): NumberedUnits[] => {
    const number = `${shipmentId}-${lineId}`
    if (quantity > MAX_SCANNED) return [{ lineId, quantity, lotNumber: number }]
    return Array.from({ length: quantity }, (_, n) => ({ lineId, serialNumber: `${number}-${n + 1}` }))
  })
  const isBooklet = (lineId: string) => !lines.some((line) => line.lineId === lineId && line.manualUrl)
  return { units, manuals: critical.map(({ lineId }) => lineId).filter(isBooklet) }
}
