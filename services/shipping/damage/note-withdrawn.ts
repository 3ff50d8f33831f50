import type { LossSettled } from '@vilkar/contracts/shipping-damage.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { readShipment } from '../shipment/store.ts'
import { setSettled } from './store.ts'

/** Notes of the reports that others were chosen in what stands of that, now that the customer withdrew from units of them. */
export async function noteWithdrawn(trx: Transaction<Database>, told: LossSettled[]) {
  for (const { data } of told) {
    const { damages = [] } = (await readShipment(trx, data.shipmentId))!.state
    const { reportId, settled } = damages.find((each) => each.reportId === data.insteadOf!.reportId)!
    await setSettled(trx, reportId, settled!)
  }
}
