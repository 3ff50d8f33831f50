import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { decider } from '../shipment/decider.ts'
import { readShipment } from '../shipment/store.ts'
import { type Explanation, eventsOfCode, meaningIn, withCodes } from './explained.ts'
import { commandOf } from './hear.ts'
import type { AnyCarrier } from './port.ts'

/** Of more than these it is not worked out what would become of them. */
const MOST_FORESEEN = 500

/** What would become of what was told by a code, were it to mean this; each as if it were heard by itself. */
export async function foreseeCode(
  db: Kysely<Database>,
  carrier: AnyCarrier,
  { code, meaning }: { code: string; meaning: Explanation },
  now: Temporal.Instant,
) {
  const known = withCodes(carrier, { [code]: meaningIn(meaning) })
  const events = await eventsOfCode(db, { carrier: carrier.name, code }, MOST_FORESEEN)
  const counts = { applied: 0, refused: 0, waiting: 0 }
  for (const event of events) {
    if (meaning === 'nothing') continue
    // A parcel that goes back takes every scan.
    if (event.shipment_ids.length === 0) counts[event.goes_back ? 'applied' : 'waiting'] += 1
    const refusals: boolean[] = []
    for (const id of event.shipment_ids) {
      const shipment = await readShipment(db, id)
      if (shipment === undefined) continue
      refusals.push(decider.decide(commandOf(known, event, shipment, now), shipment.state).refusal !== undefined)
    }
    if (refusals.length > 0) counts[refusals.includes(true) ? 'refused' : 'applied'] += 1
  }
  const parcels = new Set(events.map(({ tracking_number }) => tracking_number)).size
  return { events: events.length, parcels, ...counts }
}
