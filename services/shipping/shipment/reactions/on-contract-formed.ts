import { isDeepStrictEqual } from 'node:util'
import type { ContractFormed } from '@vilkar/contracts/orders-contract.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { informedBy } from '../informed.ts'
import { lockShipmentsOf, setOrderToShip } from '../store.ts'

/** The contract stands: the goods are to be sent. After a bounce that was mended, what was held goes on. */
export async function onContractFormed(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, formedAt: at, documents }: ContractFormed['data'],
) {
  const { order, shipments } = await lockShipmentsOf(trx, orderId)
  const informed = informedBy(order!.facts, documents)
  // It is as it was said to be when the order was placed, but for what went wrong on the way.
  if (!isDeepStrictEqual(informed, order!.facts)) await setOrderToShip(trx, orderId, informed)
  for (const { id: shipmentId } of shipments)
    await handle(trx, { type: 'ResumeShipment', data: { shipmentId, at, waitsFor: 'confirmation' } })
  // All of it may have been stopped before there was anything to ask for.
  if (shipments.length > 0 || order!.facts.lines.length === 0) return

  const { facts, personal, payment_missing: cause } = order!
  const { number, customerKind, terms, deliveryOption, deliverBy } = facts
  const lines = facts.lines.map(({ traits, ...line }) => ({
    ...line,
    ...(traits?.safetyCritical && { safetyCritical: true }),
  }))
  const shipmentId = uuidv7()
  const data = {
    shipmentId,
    orderId,
    at,
    number,
    customerKind,
    terms,
    deliveryOption,
    lines,
    personal,
    ...(deliverBy && { deliverBy }),
  }
  await handle(trx, { type: 'RequestShipment', data }, undefined, null)
  if (cause !== null) await handle(trx, { type: 'HoldShipment', data: { shipmentId, at, waitsFor: 'payment', cause } })
}
