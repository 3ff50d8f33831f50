import { isDeepStrictEqual } from 'node:util'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { isCarried } from './carry.ts'
import type { CommandData, PartAsItIs } from './commands.ts'
import { handle } from './handle.ts'
import { type RequestedShipment, whereaboutsOf } from './state.ts'
import { lockOrderToShip, readShipment, shipmentsOf } from './store.ts'

type Ending = Omit<CommandData<'EndPart'>, 'part'>
/** Of what was never agreed on, or is of another order: the shipment itself refuses it. */
const NO_PART: PartAsItIs = { goods: 'stopped', lines: [], parted: false, elsewhere: false, judged: false }

/** How a part of a shipment stands, for whoever would end it. */
export async function partAsItIs(db: Kysely<Database>, { shipmentId, partId }: Pick<Ending, 'shipmentId' | 'partId'>) {
  const [whole, part] = await Promise.all([readShipment(db, shipmentId), readShipment(db, partId)])
  if (part === undefined || part.state.requested.orderId !== whole?.state.requested.orderId) return NO_PART
  const others = await shipmentsOf(db, part.state.requested.orderId)
  const { requested, parts = [], circumstances = [] } = part.state
  return {
    ...{
      goods: whereaboutsOf(part.state),
      lines: requested.lines,
      judged: !isCarried(circumstances, whole.state.circumstances ?? []),
    },
    parted: parts.some(({ partId: id, ended }) => !ended && others.some((each) => each.id === id && isHere(each))),
    elsewhere: !isDeepStrictEqual(part.personal.address, whole.personal.address),
  } satisfies PartAsItIs
}
const isHere = ({ state }: { state: RequestedShipment }) => whereaboutsOf(state) === 'here'

/** Ends an agreed part under the lock of its order, in one transaction: its units leave with the other shipment again. */
export async function rejoin(trx: Transaction<Database>, ending: Ending) {
  const { shipmentId, partId, at } = ending
  const found = await readShipment(trx, shipmentId)
  if (found) await lockOrderToShip(trx, found.state.requested.orderId)
  const part = await partAsItIs(trx, ending)
  const handled = await handle(trx, { type: 'EndPart', data: { ...ending, part } })
  if (handled.events.length > 0)
    await handle(trx, { type: 'JoinShipment', data: { shipmentId: partId, at, into: shipmentId } })
  return handled
}
