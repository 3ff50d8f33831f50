import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { UnitsAtRisk } from '../shipment/commands.ts'
import { handle } from '../shipment/handle.ts'
import { lockShipmentsOf, setRiskTold } from '../shipment/store.ts'
import { riskOfShipment, type UnitsRisk } from './timeline.ts'

/**
 * Tells what is new of the risk of an order's shipments, under its lock, and notes when to look again: also of what goes to the customer for a
 * complaint, whose units are at somebody's risk as any.
 */
export async function tellRiskOf(trx: Transaction<Database>, orderId: string, now: Temporal.Instant) {
  const { order, shipments } = await lockShipmentsOf(trx, orderId)
  if (order === undefined) return
  const states = shipments.map(({ state }) => state)
  for (const { id: shipmentId, state } of shipments) {
    const { units, changesAt } = riskOfShipment(order.facts, states, state, now)
    const data = { shipmentId, at: now.toString(), lines: atCustomersRisk(units) }
    const { stored } = await handle(trx, { type: 'TellRisk', data })
    await setRiskTold(trx, shipmentId, { version: stored!.version, dueAt: changesAt?.toString() ?? null })
  }
}

/** By line the units that are the customer's, with the reason and moment of those whose risk passed last. */
function atCustomersRisk(units: UnitsRisk[]): UnitsAtRisk[] {
  return [...Map.groupBy(units, ({ lineId }) => lineId)].map(([lineId, parts]) => {
    const passed = parts.filter(({ bearer }) => bearer === 'customer')
    const quantity = passed.reduce((sum, part) => sum + part.quantity, 0)
    const { since, reasons } = [...(passed.length > 0 ? passed : parts)].sort(latestFirst)[0]!
    return { lineId, quantity, since: since.toString(), reasons }
  })
}

const latestFirst = (one: UnitsRisk, other: UnitsRisk) => Temporal.Instant.compare(other.since, one.since)
