import type { Books, Parcel, Task } from './books.ts'
import { fits, isShort, partThere } from './goods.ts'
import { type Scanned, scannedOf } from './numbers.ts'
import { type Lines, type ToSend, toSendOf } from './to-send.ts'

/** How long each step takes, and until goods that were missing come. */
export const paces = {
  fast: { stepMs: 200, restockMs: 2_000 },
  slow: { stepMs: 15_000, restockMs: 120_000 },
} as const
export type Pace = keyof typeof paces

/** `shortage`: the share of shipments of which goods are missing, 0 to 1. `rest`: whether what is missing follows by itself. */
export type Ways = { pace: { stepMs: number; restockMs: number }; shortage: number; rest: 'follows' | 'person' }

/** `recalled`: not before a recall is over, which is told. `refused`: there is, or will be, an event of the shipment that says why. */
export type Answer = 'taken' | 'refused' | 'recalled'
/** What it calls of shipping. Throws when it had no answer. */
export type Doors = {
  accept(shipmentId: string): Promise<Answer>
  pack(shipmentId: string, scanned: Scanned): Promise<Answer>
  dispatch(
    shipmentId: string,
    sent: { lines: Parcel['lines']; carrier: string; trackingNumber: string } & Scanned,
  ): Promise<Answer>
}
export type Carrier = {
  name: string
  /** The number of a new parcel. A booking that is not used costs nothing. */
  book(shipmentId: string, address: ToSend['address']): Promise<string>
  /** The parcel is handed over: from here on it can be followed. */
  handIn(trackingNumber: string): Promise<void>
}
export type WorkDeps = { books: Books; doors: Doors; carrier: Carrier; ways(): Ways }

/** When to look again: after so long, or only when there is news of it. */
type Next = { inMs: number } | 'news'
/** After a refusal: the event that explains it is on its way. */
const REFUSED_MS = 1_000
const afterNo = (answer: Exclude<Answer, 'taken'>): Next => (answer === 'recalled' ? 'news' : { inMs: REFUSED_MS })

/**
 * One step of a shipment: taken on, packed, handed over. Each is asked of shipping before it is noted, and may be asked again; what
 * a parcel holds and its number are noted before they are told, so that whoever goes on after a kill tells the same.
 */
export async function workOn(deps: WorkDeps, task: Task): Promise<Next> {
  const { books, ways } = deps
  const { shipmentId, step, parcel } = task
  const shipment = toSendOf(books.heardOf(shipmentId))
  if (shipment === undefined || step === 'sent' || step === 'elsewhere') return 'news'
  if (shipment.status === 'left') return settleLeft(books, task, shipment)
  if (shipment.status === 'stopped') books.unpack(shipmentId, step ?? null)
  if (shipment.status !== 'open') return 'news'
  if (parcel && !fits(parcel.lines, shipment.lines)) {
    books.unpack(shipmentId, 'accepted')
    return { inMs: 0 }
  }
  const there = parcel ? parcel.lines : goodsFor(shipmentId, shipment, task, ways())
  if (there === 'missing') return waitForGoods(books, task, ways())
  if (step === undefined || step === 'person') return accept(deps, shipmentId)
  if (step === 'accepted' || parcel === undefined) return pack(deps, shipmentId, shipment, there)
  return send(deps, shipmentId, shipment, parcel)
}

/** What goes into the parcel: all of it, what is there of it, or nothing yet. */
function goodsFor(shipmentId: string, shipment: ToSend, { restocked }: Task, { shortage }: Ways): Lines | 'missing' {
  const { lines, leavesWhole, isRest } = shipment
  if (restocked) return lines
  if (isRest) return 'missing'
  if (!isShort(shipmentId, shipment, shortage)) return lines
  const part = partThere(shipmentId, lines)
  return leavesWhole || part.length === 0 ? 'missing' : part
}

function waitForGoods(books: Books, { shipmentId, step }: Task, { rest, pace }: Ways): Next {
  if (rest === 'person') {
    if (step !== 'person') books.note(shipmentId, 'person')
    return 'news'
  }
  books.restock(shipmentId)
  return { inMs: pace.restockMs }
}

async function accept({ books, doors, ways }: WorkDeps, shipmentId: string): Promise<Next> {
  const answer = await doors.accept(shipmentId)
  if (answer !== 'taken') return afterNo(answer)
  books.note(shipmentId, 'accepted')
  return { inMs: ways().pace.stepMs }
}

/** Of goods that are critical to safety a part is not told to be packed: all of the shipment would have to have numbers. */
async function pack(
  { books, doors, ways }: WorkDeps,
  shipmentId: string,
  { lines: wanted }: ToSend,
  lines: Parcel['lines'],
): Promise<Next> {
  books.pack(shipmentId, lines)
  const scanned = scannedOf(shipmentId, wanted, lines)
  const isWhole = fits(wanted, lines)
  const untold = !isWhole && wanted.some(({ safetyCritical }) => safetyCritical)
  const answer = untold ? 'taken' : await doors.pack(shipmentId, scanned)
  if (answer !== 'taken') return afterNo(answer)
  books.note(shipmentId, 'packed')
  return { inMs: ways().pace.stepMs }
}

async function send(
  { books, doors, carrier }: WorkDeps,
  shipmentId: string,
  { address, lines }: ToSend,
  parcel: Parcel,
): Promise<Next> {
  const trackingNumber = parcel.trackingNumber ?? books.label(shipmentId, await carrier.book(shipmentId, address))
  // The lines are named even if they are all: what was taken out of it meanwhile is refused instead of being sent.
  const scanned = scannedOf(shipmentId, lines, parcel.lines)
  const sent = { lines: parcel.lines, carrier: carrier.name, trackingNumber, ...scanned }
  const answer = await doors.dispatch(shipmentId, sent)
  if (answer !== 'taken') return afterNo(answer)
  await carrier.handIn(trackingNumber)
  books.note(shipmentId, 'sent')
  return 'news'
}

/** It left: with our parcel, or somebody sent it in another and ours is opened. */
function settleLeft(books: Books, { shipmentId, parcel }: Task, { trackingNumber }: ToSend): Next {
  if (parcel?.trackingNumber === trackingNumber) books.note(shipmentId, 'sent')
  else books.unpack(shipmentId, 'elsewhere')
  return 'news'
}
