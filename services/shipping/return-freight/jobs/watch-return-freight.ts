import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { explainedCodes, withCodes } from '../../carriers/explained.ts'
import { meaningOf } from '../../carriers/meaning.ts'
import { type AnyCarrier, signs } from '../../carriers/port.ts'
import { checkNow, lockParcel, setOutcome, stopReading } from '../../carriers/store.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import type { ReturnFreight } from '../port.ts'
import { type Awaited, bookAgainAt, claimBookings, type Scan, scansToHear } from '../store.ts'

type Trx = Parameters<typeof lockParcel>[0]

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
export async function followBack(trx: Trx, carrier: AnyCarrier, trackingNumber: string, at: string) {
  const name = { carrier: carrier.name, trackingNumber }
  await lockParcel(trx, name, at)
  if (!signs(carrier)) await checkNow(trx, name, at, true)
}

/**
 * What carriers told of parcels that go back: the first scan proves that they were sent, a delivery that they are here. What stays waiting
 * would hold up what is behind it, so that each has an outcome here.
 */
async function hearScans(deps: Deps) {
  const names = deps.carriers.all().map(({ name }) => name)
  const complaint = 'what a carrier told of a parcel that goes back could not be heard'
  const how = { log: deps.log, complaint, about: ({ parcelId }: { parcelId: string }) => ({ parcelId }) }
  await oneByOne(await scansToHear(deps.db, names, deps.clock.now().toString()), how, (scan) =>
    transact(deps, (trx) => hearScan(trx, deps, deps.carriers.named(scan.carrier)!, scan)),
  )
}

/** What its code means is read as for parcels that go out: by the carrier's table, then by what a person said since. */
async function hearScan(trx: Trx, deps: Deps, heard: AnyCarrier, scan: Scan) {
  const { eventId, parcelId, trackingNumber, code } = scan
  const at = deps.clock.now().toString()
  const name = { carrier: heard.name, trackingNumber }
  await lockParcel(trx, name, at)
  const strange = Object.hasOwn(heard.codes, code) ? [] : [code]
  const carrier = withCodes(heard, await explainedCodes(trx, heard.name, strange))
  const meaning = meaningOf(carrier, { code, package: scan.package ?? undefined }, '')
  if (meaning === undefined) return setOutcome(trx, eventId, 'unknown', 'code-unknown')
  if (meaning === 'nothing') return setOutcome(trx, eventId, 'noted')
  const moment = Temporal.Instant.from(scan.occurredAt).toString()
  if ('takenBy' in meaning) {
    await handle(trx, { type: 'HearArrival', data: { parcelId, at, arrivedAt: moment } })
    await stopReading(trx, name)
  } else await handle(trx, { type: 'HearScan', data: { parcelId, at, scannedAt: moment } })
  return setOutcome(trx, eventId, 'applied')
}
