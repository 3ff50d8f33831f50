import { createHash } from 'node:crypto'
import type { Lines, ToSend } from './to-send.ts'

const MAX_HASH = 2 ** 32

/** A number from 0 to 1 that is the same whenever it is asked for, so that a start anew finds the same goods missing. */
const chanceOf = (text: string) => createHash('sha256').update(text).digest().readUInt32BE() / MAX_HASH

/** Whether some of a shipment's goods are not on the shelf; `shortage` is the share of shipments of which that is so. */
export const isShort = (shipmentId: string, { isRest }: ToSend, shortage: number) =>
  !isRest && chanceOf(shipmentId) < shortage

/** What of the goods of a shipment that is short is there: of each line some units, of all together fewer than are wanted. */
export function partThere(shipmentId: string, lines: Lines): Lines {
  const there = lines.map((line) => {
    const quantity = Math.round(chanceOf(`${shipmentId} ${line.lineId}`) * line.quantity)
    return { ...line, quantity }
  })
  const [first, ...others] = there
  const isAll = there.every(({ quantity }, n) => quantity === lines[n]!.quantity)
  const fewer = isAll && first ? [{ ...first, quantity: first.quantity - 1 }, ...others] : there
  return fewer.filter(({ quantity }) => quantity > 0)
}

type Units = readonly { lineId: string; quantity: number }[]

/** Whether a parcel holds nothing but what is still to be sent. */
export const fits = (parcel: Units, lines: Units) =>
  parcel.every(({ lineId, quantity }) => quantity <= (lines.find((line) => line.lineId === lineId)?.quantity ?? 0))
