import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { meaningOf } from '../../carriers/meaning.ts'
import { type AnyCarrier, signs } from '../../carriers/port.ts'
import { checkNow, lockParcel, setOutcome, stopReading } from '../../carriers/store.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import type { ReturnFreight } from '../port.ts'
import { type Awaited, bookAgainAt, claimBookings, scansToHear } from '../store.ts'

const RETRY_MINUTES = 5
const MAX_RETRY_MINUTES = 60

/** Has carriers take parcels back, and hears what they tell of them, for as long as this process runs. */
export const watchReturnFreight = (deps: Deps) =>
  startWatcher({
    look: () => checkReturnFreight(deps),
    log: deps.log,
    complaint: 'return freight could not be looked at',
  })

export async function checkReturnFreight(deps: Deps) {
  await bookLabels(deps)
  await hearScans(deps)
}

/** A shop without return freight has its labels made by people: they wait, and somebody is called. */
async function bookLabels(deps: Deps) {
  const { returnFreight } = deps
  if (returnFreight === undefined) return
  for (const label of await claimBookings(deps.db, deps.clock.now())) await book(deps, returnFreight, label)
}

async function book(deps: Deps, freight: ReturnFreight, { id, order, from, failures }: Awaited) {
  const now = deps.clock.now()
  try {
    const { name, email, address } = sellerOf(order.terms.edition)
    const booked = await freight.book({ reference: id, from, to: { name, ...address }, email, at: now })
    await issueLabel(deps, id, { carrier: freight.name, ...booked, from })
  } catch (error) {
    deps.log.warn({ err: error, parcelId: id }, 'a carrier did not take a parcel back')
    const minutes = Math.min(RETRY_MINUTES * 2 ** Math.min(failures, 10), MAX_RETRY_MINUTES)
    await bookAgainAt(deps.db, id, now.add({ minutes }).toString(), failures + 1)
  }
}

type Issued = { carrier: string; trackingNumber: string; code?: string; validUntil?: string; from: Awaited['from'] }

/** The label is there: it is told, and its parcel is followed from now on. */
export const issueLabel = (deps: Deps, parcelId: string, { carrier: spelling, ...label }: Issued) =>
  transact(deps, async (trx) => {
    const at = deps.clock.now().toString()
    const carrier = deps.carriers.spelt(spelling)
    const name = carrier?.name ?? spelling.trim().toLowerCase()
    const handled = await handle(trx, { type: 'IssueLabel', data: { parcelId, at, carrier: name, ...label } })
    if (carrier !== undefined && handled.events.length > 0) await followBack(trx, carrier, label.trackingNumber, at)
    return handled
  })

/** A parcel that goes back is read at its carrier like any other. */
export async function followBack(
  trx: Parameters<typeof lockParcel>[0],
  carrier: AnyCarrier,
  trackingNumber: string,
  at: string,
) {
  const name = { carrier: carrier.name, trackingNumber }
  await lockParcel(trx, name, at)
  if (!signs(carrier)) await checkNow(trx, name, at, true)
}

/** What carriers told of parcels that go back: the first scan proves that they were sent, a delivery that they are here. */
async function hearScans(deps: Deps) {
  const complaint = 'what a carrier told of a parcel that goes back could not be heard'
  const how = { log: deps.log, complaint, about: ({ parcelId }: { parcelId: string }) => ({ parcelId }) }
  await oneByOne(await scansToHear(deps.db, deps.clock.now().toString()), how, async (scan) => {
    const carrier = deps.carriers.named(scan.carrier)
    const meaning = carrier && meaningOf(carrier, { code: scan.code }, '')
    if (carrier === undefined || meaning === undefined || meaning === 'nothing') return
    await transact(deps, async (trx) => {
      const at = deps.clock.now().toString()
      const moment = Temporal.Instant.from(scan.occurredAt).toString()
      const { trackingNumber, parcelId } = scan
      await lockParcel(trx, { carrier: carrier.name, trackingNumber }, at)
      if ('takenBy' in meaning) {
        await handle(trx, { type: 'HearArrival', data: { parcelId, at, arrivedAt: moment } })
        await stopReading(trx, { carrier: carrier.name, trackingNumber })
      } else await handle(trx, { type: 'HearScan', data: { parcelId, at, scannedAt: moment } })
      await setOutcome(trx, scan.eventId, 'applied')
    })
  })
}
