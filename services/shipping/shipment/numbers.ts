import { isDeepStrictEqual } from 'node:util'
import type { NumberedUnits } from '@vilkar/contracts/shipping-serials.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { type Recall, recallOf } from './recalled.ts'
import type { RequestedShipment } from './state.ts'

type Lines = RequestedShipment['requested']['lines']

/** What a packer or a dispatcher says of the numbers of units and of manuals; `recalls` are those of the goods that are not over. */
export type SaidOfUnits = { units?: NumberedUnits[]; manuals?: string[]; recalls?: Recall[] }
export type Numbered = Required<Pick<NumberedUnits, 'lineId' | 'quantity'>> & Omit<NumberedUnits, 'quantity'>

/** Numbers as they are kept and compared: in capitals, however a scanner or a person writes them. */
export const asNumber = (text: string) => text.trim().toUpperCase()

/** Units as they are kept, in the order in which they were said. */
export const numbered = (units: NumberedUnits[]): Numbered[] =>
  units.map(({ lineId, quantity = 1, serialNumber, lotNumber }) => ({
    ...{ lineId, quantity },
    ...(serialNumber && { serialNumber: asNumber(serialNumber) }),
    ...(lotNumber && { lotNumber: asNumber(lotNumber) }),
  }))

const numberedOf = (units: readonly Numbered[], lineId: string) =>
  units.reduce((sum, unit) => (unit.lineId === lineId ? sum + unit.quantity : sum), 0)

/** Why these numbers cannot be those of the goods; undefined when they can. */
export function faultOfNumbers(units: readonly Numbered[], lines: Lines): Refusal | undefined {
  const seen = new Set<string>()
  for (const { lineId, quantity, serialNumber, lotNumber } of units) {
    const line = lines.find((each) => each.lineId === lineId)
    const wrong = (detail: string) => ({ code: 'unit-numbers-wrong', detail })
    if (line === undefined)
      return { code: 'lines-not-in-shipment', detail: `There is no line ${lineId} in this shipment.` }
    if (serialNumber === undefined && lotNumber === undefined)
      return wrong(`A unit of line ${lineId} has neither a serial nor a lot number.`)
    if (serialNumber !== undefined && quantity > 1)
      return wrong(`The serial number ${serialNumber} is of one unit, not of ${quantity}.`)
    const name = `${line.sku} ${serialNumber}`
    if (serialNumber !== undefined && seen.has(name)) return wrong(`The serial number ${serialNumber} is there twice.`)
    seen.add(name)
    const numbers = numberedOf(units, lineId)
    if (numbers > line.quantity)
      return wrong(`There are numbers of ${numbers} units of line ${lineId}, and ${line.quantity} units.`)
  }
}

/** Why these cannot be the lines whose manual lies in the parcel; undefined when they can. */
export function faultOfManuals(manuals: readonly string[] = [], lines: Lines): Refusal | undefined {
  const strange = manuals.find((lineId) => lines.every((line) => line.lineId !== lineId))
  if (strange === undefined) return undefined
  return { code: 'lines-not-in-shipment', detail: `There is no line ${strange} in this shipment.` }
}

/**
 * Why goods may not leave as they are packed: units that are critical to safety without a number each or without their manual, in the
 * parcel or read online (clause 11), and units that are recalled.
 */
export function whyUnsafe(
  { requested: { terms } }: RequestedShipment,
  lines: Lines,
  { units, manuals, recalls = [] }: { units: readonly Numbered[]; manuals: readonly string[]; recalls?: Recall[] },
): Refusal | undefined {
  for (const { lineId, sku, quantity, safetyCritical, manualUrl } of lines) {
    const own = units.filter((unit) => unit.lineId === lineId)
    const recall = recallOf(recalls, sku, own)
    if (recall)
      return { code: 'units-recalled', detail: `Do not send: ${sku} of line ${lineId} is recalled.`, extra: { recall } }
    if (!safetyCritical) continue
    const identified = numberedOf(units, lineId)
    const isInside = manuals.includes(lineId)
    const manual = isInside || manualUrl !== undefined
    const { outcome, reasons } = termsOf(terms.edition).packing({ units: quantity, identified, manual })
    if (outcome !== 'refused') continue
    const missing = `Line ${lineId} is critical to safety: ${identified} of ${quantity} units have a serial or lot number`
    const where = !isInside && manualUrl ? `read at ${manualUrl}` : `${isInside ? '' : 'not '}in the parcel`
    const detail = `${missing}, and its manual is ${where}.`
    if (identified < quantity) return { code: 'unit-numbers-missing', detail, reasons }
    return { code: 'manual-missing', detail, reasons }
  }
}

/**
 * The units with numbers among those that leave. Of a line that leaves in part they have to be said, since nobody knows else which
 * stay behind.
 */
export function unitsLeaving(packed: readonly Numbered[], said: readonly Numbered[] | undefined, lines: Lines) {
  const leaving = packed.filter((unit) => lines.some(({ lineId }) => lineId === unit.lineId))
  if (said) return { units: said }
  const unsure = lines.find(({ lineId, quantity }) => numberedOf(leaving, lineId) > quantity)
  if (unsure === undefined) return { units: leaving }
  const detail = `Of line ${unsure.lineId} only some units leave: say in \`units\` which, by their numbers.`
  return { units: leaving, unsure: { code: 'unit-numbers-missing', detail } satisfies Refusal }
}

export const sameNumbers = (some: readonly Numbered[] | undefined, others: readonly Numbered[] | undefined) =>
  isDeepStrictEqual(sorted(some), sorted(others))
/** Whatever order they and their fields were kept in. */
const sorted = (units: readonly Numbered[] = []) =>
  units
    .map(({ lineId, quantity, serialNumber, lotNumber }) => JSON.stringify([lineId, quantity, serialNumber, lotNumber]))
    .sort()
