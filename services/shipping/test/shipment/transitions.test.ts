import { readFileSync } from 'node:fs'
import { parcelReports, takers } from '@vilkar/contracts/shipping-parcel.ts'
import t from 'tap'
import type { ShipmentCommand } from '../../shipment/commands.ts'
import { decider } from '../../shipment/decider.ts'
import { type Shipment, type ShipmentStatus, shipmentStatuses, transitions } from '../../shipment/state.ts'
import {
  acceptance,
  cancel,
  correctDelivery,
  correctNumbers,
  deliver,
  dispatch,
  hold,
  packing,
  request,
  resume,
  stopOne,
} from '../a-shipment.ts'

/** Everything that can be asked of a shipment, later than all that was told before. */
function commandsAt(day: number): ShipmentCommand[] {
  const at = Temporal.Instant.from('2026-06-03T10:00:00Z')
    .add({ hours: 24 * day })
    .toString()
  const shipmentId = request().data.shipmentId
  const elsewhere = (takenBy: (typeof takers)[number]) => ({ receivedAt: at, receivedBy: 'Nora', takenBy })
  return [
    ...[acceptance, packing, hold, resume, cancel, stopOne, dispatch(), correctNumbers()],
    ...parcelReports.map((report) => ({
      type: 'ReportParcel' as const,
      data: { shipmentId, at, report, occurredAt: at, personal: {} },
    })),
    ...takers.map((takenBy) => ({ ...deliver(elsewhere(takenBy)), data: { ...deliver(elsewhere(takenBy)).data, at } })),
    ...[undefined, elsewhere('neighbour'), elsewhere('customer')].map((delivered) => {
      const corrected = correctDelivery({ delivered })
      return { ...corrected, data: { ...corrected.data, at } }
    }),
  ]
}

/** Every step from one status to another that any history of up to six commands takes. */
function stepsTaken() {
  const steps = new Map<ShipmentStatus, Set<ShipmentStatus>>()
  const seen = new Set<string>()
  const begun = decider.decide(request(), decider.initial).events.reduce(decider.evolve, decider.initial)
  let states: Shipment[] = [begun]
  for (let day = 0; day < 6; day += 1) {
    const next: Shipment[] = []
    for (const state of states)
      for (const command of commandsAt(day)) {
        let before = state
        for (const event of decider.decide(command, state).events) {
          const after = decider.evolve(before, event)
          if (before.status !== 'new' && after.status !== 'new' && before.status !== after.status)
            steps.getOrInsertComputed(before.status, () => new Set()).add(after.status)
          before = after
        }
        const key = keyOf(before)
        if (seen.has(key)) continue
        seen.add(key)
        next.push(before)
      }
    states = next
  }
  return steps
}
/** States that are alike in what may come next. */
function keyOf(state: Shipment) {
  if (state.status === 'new') return 'new'
  const { status, prepared, receivedAt, reports = [], stopped = [], held } = state
  return [status, prepared?.status, receivedAt !== undefined, reports.at(-1)?.report, stopped.length > 0, !held].join()
}

const nextOf = (status: ShipmentStatus) => transitions[status].next.filter((next) => next !== status)

t.test('a shipment goes from one status to another exactly as its table says', async (t) => {
  const taken = stepsTaken()
  for (const status of shipmentStatuses)
    t.strictSame([...(taken.get(status) ?? [])].sort(), nextOf(status).sort(), status)
})

t.test('LIFECYCLE.md of the room shows the same table', async (t) => {
  const rows = shipmentStatuses.map((status) => [status, transitions[status].goods, nextOf(status).join(', ') || '–'])
  const page = readFileSync(new URL('../../shipment/LIFECYCLE.md', import.meta.url), 'utf8')
  const shown = [...page.matchAll(/^\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)].map(([, ...cells]) => cells)
  t.strictSame(shown.slice(2), rows)
})
