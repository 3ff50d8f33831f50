import type { ComplaintAssessed } from '@vilkar/contracts/returns-complaint.ts'
import type { LineEntitlements } from '@vilkar/terms/order/entitlements.ts'

export type GuaranteesTold = NonNullable<ComplaintAssessed['data']['guarantees']>

/** Guarantees that run on these lines: told beside what the law gives, whatever that is (forbrukerkjøpsloven § 18 a). */
export const guaranteesOn = (lines: { lineId: string }[], rights: LineEntitlements[]): GuaranteesTold =>
  rights.flatMap(({ lineId, complaint: { guarantee } }) => {
    if (guarantee?.outcome !== 'granted' || !lines.some((line) => line.lineId === lineId)) return []
    const { outcome: _, ...given } = guarantee
    return [{ lineId, ...given }]
  })

/** The same as a part of what is told: left out where none runs. */
export function guaranteesTold(lines: { lineId: string }[], rights: LineEntitlements[]) {
  const guarantees = guaranteesOn(lines, rights)
  return guarantees.length > 0 ? { guarantees } : {}
}
