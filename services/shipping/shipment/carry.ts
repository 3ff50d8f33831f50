import { isDeepStrictEqual } from 'node:util'
import { ERASED } from '@vilkar/contracts/erased.ts'
import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Circumstance } from '@vilkar/contracts/shipping-parcel.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { handle } from './handle.ts'
import type { Recorded } from './state.ts'
import { countOf } from './stop.ts'
import type { StoredShipment } from './store.ts'

type Flag = keyof Circumstance
/** What becomes of units: a part leaves by itself as was agreed, a rest stays behind, and others are sent instead. */
type As = 'part' | 'rest' | 'instead'

/** What was agreed of how the goods of the order come to the customer, whichever parcel has them (kjøpsloven § 7, forbrukerkjøpsloven § 14). */
const ofTheOrder: Flag[] = ['agreedOnArrival', 'leavingAuthorised']
/** What is so of these very goods, wherever they lie. */
const ofTheGoods: Flag[] = ['identified', 'soldForCollection', 'ownTransport']
/**
 * What is true of another shipment as well. Whom the customer sends for the goods is known of those that have not left, and not of what that
 * carrier left behind: the doubt is the seller's. That a buyer knows of goods that wait, that they do not take them, that they were lost at home
 * or are on their way back is about that parcel alone.
 */
const carriedAs: Record<As, readonly Flag[]> = {
  part: [...ofTheOrder, ...ofTheGoods, 'ownCarrier'],
  rest: [...ofTheOrder, ...ofTheGoods],
  instead: ofTheOrder,
}

function flagsAs(as: As, circumstance: Circumstance): Circumstance | undefined {
  const flags = carriedAs[as].flatMap((flag) => (flag in circumstance ? [[flag, circumstance[flag]]] : []))
  return flags.length > 0 ? (Object.fromEntries(flags) as Circumstance) : undefined
}

/** The units of a new shipment that it is about: of a line the first, which stay where they were; undefined for all. */
function unitsAbout({ lines }: Recorded, { lines: units, staying }: { lines: UnitsSent[]; staying: UnitsSent[] }) {
  if (lines === undefined) return undefined
  return units.flatMap(({ lineId, quantity }) => {
    const about = Math.min(quantity, countOf(lines, lineId) - countOf(staying, lineId))
    return about > 0 ? [{ lineId, quantity: about }] : []
  })
}

/**
 * What was agreed of a shipment holds of units of it that leave by another: it is recorded there too, since when it was so and as the same person
 * said it. `staying` are those that it keeps, which what is about some of a line is about first.
 */
export async function carryCircumstances(
  trx: Transaction<Database>,
  { state: { circumstances = [] }, personal }: Pick<StoredShipment, 'state' | 'personal'>,
  {
    as,
    shipmentId,
    at,
    ...units
  }: { as: As; shipmentId: string; at: string; lines: UnitsSent[]; staying: UnitsSent[] },
) {
  const said = Map.groupBy(personal.circumstances ?? [], ({ since }) => since)
  for (const recorded of circumstances) {
    const { since } = recorded
    // Of one moment both are kept in the order in which they were recorded.
    const { by, why } = said.get(since)?.shift() ?? { by: ERASED, why: ERASED }
    const circumstance = flagsAs(as, recorded.circumstance)
    const lines = unitsAbout(recorded, units)
    if (circumstance === undefined || lines?.length === 0) continue
    const data = { shipmentId, at, since, circumstance, ...(lines && { lines }), by, why }
    await handle(trx, { type: 'RecordCircumstance', data })
  }
}

/** Whether all that bears on the risk of a part is what it has of the shipment that it was taken out of. */
export const isCarried = (ofPart: readonly Recorded[], ofWhole: readonly Recorded[]) =>
  ofPart.every(({ since, circumstance, lines }) =>
    ofWhole.some(
      (each) =>
        each.since === since &&
        isDeepStrictEqual(flagsAs('part', each.circumstance), circumstance) &&
        (each.lines === undefined || lines?.every(({ lineId }) => countOf(each.lines!, lineId) > 0)),
    ),
  )
