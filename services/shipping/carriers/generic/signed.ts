import { timingSafeEqual } from 'node:crypto'
import { eventOf, momentOf, part, text } from '../api.ts'
import type { CarrierEvent } from '../port.ts'

/** How far the clocks of a sender and ours may be apart, in seconds: what is older was sent again by somebody. */
const TOLERANCE_SECONDS = 300
const MAX_EVENTS = 100

export type Call = { headers: Record<string, string | string[] | undefined>; body: string }

/**
 * Whether a call is signed by a secret and of now, as Standard Webhooks has it: an HMAC-SHA256 over id, second and body, compared in
 * constant time.
 */
export async function isSignedNow({ headers, body }: Call, secret: string, now: Temporal.Instant): Promise<boolean> {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return false
  if (!/^\d{1,12}$/.test(timestamp)) return false
  const seconds = Number(timestamp)
  if (Math.abs(now.epochMilliseconds / 1_000 - seconds) > TOLERANCE_SECONDS) return false
  const { Webhook } = await import('standardwebhooks')
  const expected = Buffer.from(new Webhook(secret).sign(id, new Date(seconds * 1_000), body))
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

type Told = { trackingNumber: string; event: CarrierEvent }
type Fault = { field: string; message: string }

/**
 * What a signed body tells, parcel by parcel: `{events: [{eventId, trackingNumber, code, occurredAt, place?, detail?, receivedBy?}]}`. It is
 * taken whole or not at all, with what is wrong: whoever signs has no API that could be read again, so that what is left out here would
 * never be known, and a sender that is refused keeps it and tells somebody (Standard Webhooks: anything but 2xx is sent again).
 */
export function eventsIn(body: string): { told: Told[]; faults?: undefined } | { told?: undefined; faults: Fault[] } {
  const said = parsed(body)
  const list = part(said, 'events')
  if (said === undefined) return { faults: [{ field: 'body', message: 'must be JSON' }] }
  if (!Array.isArray(list)) return { faults: [{ field: 'body.events', message: 'must be a list of events' }] }
  if (list.length > MAX_EVENTS) {
    const message = `must be at most ${MAX_EVENTS} events, and is ${list.length}: send the others in calls of their own`
    return { faults: [{ field: 'body.events', message }] }
  }
  const faults = list.flatMap((each, n) => faultsOf(each, `body.events.${n}`))
  return faults.length > 0 ? { faults } : { told: list.map(toldIn) }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const faultsOf = (each: unknown, field: string): Fault[] => [
  ...needed.flatMap((name) => {
    const value = part(each, name)
    // Cut or cleaned it would be another parcel, another event or another code.
    const isWhole = typeof value === 'string' && text(value) === value.trim() && value.trim() !== ''
    return isWhole
      ? []
      : [{ field: `${field}.${name}`, message: 'must be a text of 1 to 200 characters, none of them U+0000' }]
  }),
  ...optional.flatMap((name) => {
    const value = part(each, name) ?? undefined
    const isText = value === undefined || typeof value === 'string'
    return isText ? [] : [{ field: `${field}.${name}`, message: 'must be a text, or left out' }]
  }),
]
const needed = ['eventId', 'trackingNumber', 'code'] as const
const optional = ['occurredAt', 'place', 'detail', 'receivedBy'] as const

/** A moment that cannot be read is kept as that, shown and counted; words beside it are cut at 200 characters. */
function toldIn(each: unknown): Told {
  const [key, trackingNumber, code] = needed.map((name) => text(part(each, name))!) as [string, string, string]
  const event = eventOf({
    ...{ key, code, occurredAt: momentOf(part(each, 'occurredAt')) },
    ...{ place: text(part(each, 'place')), detail: text(part(each, 'detail')) },
    receivedBy: text(part(each, 'receivedBy')),
  })
  return { trackingNumber, event }
}
