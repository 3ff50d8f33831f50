import { type RequestedShipment, whereaboutsOf } from './state.ts'

/** Units of a line: `requested` of the warehouse, and what became of them. */
export type UnitAccount = { lineId: string; requested: number; open: number; dispatched: number; stopped: number }

/**
 * Every unit of an order that was asked of the warehouse, by line, counted once: it waits here, it left, or it never leaves.
 * What is requested is counted apart from what became of it, so that `requested = open + dispatched + stopped` can be checked.
 */
export function accountOf(shipments: readonly RequestedShipment[]): UnitAccount[] {
  const accounts = new Map<string, UnitAccount>()
  const add = (
    lines: readonly { lineId: string; quantity: number }[],
    ...to: (keyof Omit<UnitAccount, 'lineId'>)[]
  ) => {
    for (const { lineId, quantity } of lines) {
      const account = accounts.getOrInsertComputed(lineId, () => ({ lineId, ...nothing }))
      for (const column of to) account[column] += quantity
    }
  }
  for (const { status, requested, dispatched, stopped = [], parts = [], joinedTo } of shipments) {
    // What a rest or a part consists of was asked for with the shipment that it was taken out of.
    const asked = requested.restOf === undefined ? (['requested'] as const) : []
    add(stopped, 'stopped', ...asked)
    for (const { lines } of parts) add(lines, ...asked)
    const goods = whereaboutsOf({ status })
    add(requested.lines, ...asked, ...(goods === 'here' ? (['open'] as const) : []))
    // Units of a part that was ended are in the shipment that they leave with again.
    if (goods === 'stopped' && joinedTo === undefined) add(requested.lines, 'stopped')
    if (dispatched) add(dispatched.lines, 'dispatched')
  }
  return [...accounts.values()].sort((one, other) => one.lineId.localeCompare(other.lineId, 'en', { numeric: true }))
}

const nothing = { requested: 0, open: 0, dispatched: 0, stopped: 0 }
