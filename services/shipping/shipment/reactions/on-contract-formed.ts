import { randomUUIDv7 } from 'node:crypto'
import type { ContractFormed } from '@vilkar/contracts/orders.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { lockShipmentsOf } from '../store.ts'

/** The contract stands: the goods are to be sent. After a bounce that was mended, what was held goes on. */
export async function onContractFormed(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, formedAt: at }: ContractFormed['data'],
) {
  const { order, shipments } = await lockShipmentsOf(trx, orderId)
  for (const { id: shipmentId } of shipments)
    await handle(trx, { type: 'ResumeShipment', data: { shipmentId, at, waitsFor: 'confirmation' } })
  // All of it may have been stopped before there was anything to ask for.
  if (shipments.length > 0 || order!.facts.lines.length === 0) return

  const { facts, personal, payment_missing: cause } = order!
  const { number, customerKind, terms, deliveryOption, lines } = facts
  const shipmentId = randomUUIDv7()
  const data = { shipmentId, orderId, at, number, customerKind, terms, deliveryOption, lines, personal }
  await handle(trx, { type: 'RequestShipment', data })
  if (cause !== null) await handle(trx, { type: 'HoldShipment', data: { shipmentId, at, waitsFor: 'payment', cause } })
}
