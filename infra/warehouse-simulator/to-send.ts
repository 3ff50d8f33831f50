import type { Envelope, Fact } from '@vilkar/contracts/event.ts'
import type { ShipmentRequested, ShippingEvent } from '@vilkar/contracts/shipping.ts'

/** What shipping tells, as it travels. */
export type Told = Each<ShippingEvent>
type Each<Event extends Fact> = Event extends unknown ? Envelope<Event> : never
export type Lines = ShipmentRequested['data']['lines']

/** One shipment as a warehouse has to know it, by nothing but what it heard. */
export type ToSend = {
  /** What is still to be sent of it. */
  lines: Lines
  /** Held: not now. Stopped: never. Left: it did, whoever said so. */
  status: 'open' | 'held' | 'stopped' | 'left'
  /** It has what stayed behind when another shipment left. */
  isRest: boolean
  /** What is sent for a complaint leaves together, or not at all. */
  leavesWhole: boolean
  address: ShipmentRequested['data']['personal']['address']
  /** The number under which it left. */
  trackingNumber?: string
}

/** The shipment that an event is about; undefined for what concerns no shipment that is to be sent, such as goods that come back. */
export const shipmentOf = ({ subject, data }: Told) =>
  'shipmentId' in data && data.shipmentId === subject ? subject : undefined

/**
 * A shipment by its events in the order of their versions, from the first. After a gap nothing more counts until it is filled;
 * what was stopped meanwhile, shipping refuses. Undefined before it was asked for.
 */
export function toSendOf(events: readonly Told[]): ToSend | undefined {
  let known: ToSend | undefined
  for (const [n, event] of events.entries()) {
    if (event.aggregateversion !== n + 1) break
    known = after(known, event)
  }
  return known
}

function after(known: ToSend | undefined, { type, data }: Told): ToSend | undefined {
  if (type === 'ShipmentRequested') {
    const { lines, restOf, cure, personal } = data
    return {
      ...{ lines, status: 'open', isRest: restOf !== undefined, leavesWhole: cure !== undefined },
      address: personal.address,
    }
  }
  if (known === undefined) return undefined
  switch (type) {
    case 'ShipmentHeld':
      return { ...known, status: 'held' }
    case 'ShipmentResumed':
      return { ...known, status: 'open' }
    case 'ShipmentCancelled':
      return { ...known, status: 'stopped' }
    case 'ShipmentReduced':
    case 'ShipmentRejoined':
      return { ...known, lines: data.lines }
    case 'ShipmentReaddressed':
      return { ...known, address: data.personal.address }
    case 'ShipmentDispatched':
      return { ...known, status: 'left', trackingNumber: data.trackingNumber }
    default:
      return known
  }
}
