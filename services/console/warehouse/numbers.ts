import type { SentForm } from '../pages/forms.ts'
import type { Shipment } from './shipment.ts'

type Line = Shipment['lines'][number]

/**
 * What a form says of units that are known by their numbers (fields `serials-{lineId}`, one number a line) and of manuals that lie in the
 * parcel (boxes `manual` with the line); whether that is enough is for shipping to say.
 */
export function numbersSaid(sent: SentForm, lines: readonly Line[]) {
  const units = lines.flatMap(({ lineId }) =>
    (sent.text(`serials-${lineId}`) ?? '')
      .split(/\r?\n/)
      .map((number) => number.trim())
      .filter((number) => number !== '')
      .map((serialNumber) => ({ lineId, serialNumber })),
  )
  return { units, manuals: sent.all('manual') }
}

/** Lines whose units leave with their numbers and a manual (clause 11). */
export const numbered = (lines: readonly Line[]) => lines.filter(({ safetyCritical }) => safetyCritical === true)
