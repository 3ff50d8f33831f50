import { type Static, type TObject, type TProperties, Type } from 'typebox'

/** A UUID; ours are version 7 (RFC 9562), so they sort by the moment they were made. */
export const Id = Type.String({ format: 'uuid', examples: ['019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'] })
/** A moment in UTC, RFC 3339. */
export const Instant = Type.String({ format: 'date-time', examples: ['2026-11-22T09:30:00Z'] })
/** A calendar day in Europe/Oslo, ISO 8601. */
export const Day = Type.String({ format: 'date', examples: ['2026-12-06'] })

/** The services that tell events. Each owns one stream; nobody else may write to it. */
export type ServiceName = 'orders' | 'shipping' | 'returns' | 'privacy'

/** What happened, before it is put in an envelope: the event's name and what it says. */
export type Fact = { type: string; data: Record<string, unknown> }

/**
 * Declares an event once: the type, the check on the way in and the part of the AsyncAPI document are all this value.
 * Readers ignore fields that they don't know, so an event may gain optional fields but never lose one.
 */
export function event<const Name extends string, Data extends TProperties>(
  type: Name,
  data: Data,
  description: string,
) {
  return Type.Object({ type: Type.Literal(type), data: Type.Object(data) }, { title: type, description })
}

export type EventSchema = ReturnType<typeof event<string, TProperties>>

/**
 * An event as it travels: CloudEvents 1.0 in JSON (structured mode). `subject` is the aggregate's id, and the extension
 * attribute `aggregateversion` numbers the events of one aggregate 1, 2, 3 … without a gap. `traceparent` is the one of CloudEvents'
 * Distributed Tracing extension: of the span that told it, where spans are told of.
 */
export type Envelope<F extends Fact = Fact> = {
  specversion: '1.0'
  id: string
  source: string
  type: F['type']
  subject: string
  time: string
  datacontenttype: 'application/json'
  aggregateversion: number
  data: F['data']
  traceparent?: string
}

export const envelopeProperties = {
  specversion: Type.Literal('1.0'),
  id: Id,
  source: Type.String({ description: 'The service that tells it.', examples: ['/vilkar/orders'] }),
  subject: Type.String({ description: 'The aggregate that it happened to.' }),
  time: Instant,
  datacontenttype: Type.Literal('application/json'),
  aggregateversion: Type.Integer({ minimum: 1, description: 'Dense number of the event within its aggregate.' }),
  traceparent: Type.Optional(
    Type.String({
      description: 'W3C Trace Context, where the service tells of traces: send it with what you do about the event.',
      examples: ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
    }),
  ),
}

/** `source` of a service's events, a URI reference as CloudEvents 1.0 asks. */
export const sourceOf = (service: ServiceName) => `/vilkar/${service}`

export type { Static, TObject }
