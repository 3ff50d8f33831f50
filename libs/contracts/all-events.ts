import type { EventSchema, ServiceName } from './event.ts'
import { type OrderEvent, orderEvents } from './orders.ts'
import { type PrivacyEvent, privacyEvents } from './privacy.ts'
import { type ReturnsEvent, returnsEvents } from './returns.ts'
import { type ShippingEvent, shippingEvents } from './shipping.ts'

/** Every event, by the service that tells it. */
export const allEvents: Record<ServiceName, EventSchema[]> = {
  orders: orderEvents as EventSchema[],
  returns: returnsEvents as EventSchema[],
  shipping: shippingEvents as EventSchema[],
  privacy: privacyEvents as EventSchema[],
}

export type AnyEvent = OrderEvent | ShippingEvent | ReturnsEvent | PrivacyEvent
type EventData = { [Event in AnyEvent as Event['type']]: Event['data'] }
/** What the event of this name says. */
export type DataOf<Name extends AnyEvent['type']> = EventData[Name]

export const nameOf = ({ properties }: EventSchema) => properties.type.const
