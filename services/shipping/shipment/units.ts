import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { RequestedShipment } from './state.ts'

type Lines = RequestedShipment['requested']['lines']

/** Why these units cannot leave as part of what was asked for; undefined when they can. */
export function faultOf(sent: UnitsSent[], lines: Lines) {
  const seen = new Set<string>()
  for (const { lineId, quantity } of sent) {
    const line = lines.find((each) => each.lineId === lineId)
    if (line === undefined) return `There is no line ${lineId} in this shipment.`
    if (seen.has(lineId)) return `Line ${lineId} is named twice.`
    if (quantity > line.quantity)
      return `Of line ${lineId} there are ${line.quantity} in this shipment, not ${quantity}.`
    seen.add(lineId)
  }
}

/** The lines of a shipment with the units named, in the shipment's order. */
export const unitsOf = (lines: Lines, units: UnitsSent[]) =>
  lines.flatMap((line) => {
    const named = units.find(({ lineId }) => lineId === line.lineId)
    return named === undefined ? [] : [{ ...line, quantity: named.quantity }]
  })

export const sameUnits = (some: UnitsSent[], others: UnitsSent[]) =>
  some.length === others.length &&
  some.every(({ lineId, quantity }) => others.some((each) => each.lineId === lineId && each.quantity === quantity))

/** What of the lines that were asked for stays behind when these left: nothing, unless only part of them did. */
export const remainderOf = (requested: Lines, left: Lines) =>
  requested.flatMap((line) => {
    const gone = left.find(({ lineId }) => lineId === line.lineId)?.quantity ?? 0
    return gone < line.quantity ? [{ ...line, quantity: line.quantity - gone }] : []
  })

/** Lines with those of another shipment of the same order, in the order of their ids. */
export const withUnits = (lines: Lines, others: Lines): Lines =>
  [...Map.groupBy([...lines, ...others], ({ lineId }) => lineId).values()]
    .map((same) => ({ ...same[0]!, quantity: same.reduce((sum, { quantity }) => sum + quantity, 0) }))
    .sort((one, other) => one.lineId.localeCompare(other.lineId, 'en', { numeric: true }))

/** Lines without these units, which may be named in parts. */
export const withoutUnits = <Line extends UnitsSent>(lines: readonly Line[], units: UnitsSent[]): Line[] =>
  lines.flatMap((line) => {
    const quantity = units.reduce(
      (left, each) => (each.lineId === line.lineId ? left - each.quantity : left),
      line.quantity,
    )
    return quantity > 0 ? [{ ...line, quantity }] : []
  })
