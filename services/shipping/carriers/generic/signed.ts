import { timingSafeEqual } from 'node:crypto'
import { eventOf, listOf, momentOf, part, text } from '../api.ts'
import type { CarrierEvent } from '../port.ts'

/** How far the clocks of a sender and ours may be apart, in seconds: what is older was sent again by somebody. */
const TOLERANCE_SECONDS = 300
export const MAX_EVENTS = 100

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

/** What a signed body tells, parcel by parcel: `{events: [{eventId, trackingNumber, code, occurredAt, place?, receivedBy?}]}`. */
export function eventsIn(body: unknown): { trackingNumber: string; event: CarrierEvent }[] {
  return listOf(part(body, 'events'))
    .slice(0, MAX_EVENTS)
    .flatMap((each) => {
      const trackingNumber = text(part(each, 'trackingNumber'))
      const key = text(part(each, 'eventId'))
      const code = text(part(each, 'code'))
      if (!trackingNumber || !key || !code) return []
      const event = eventOf({
        ...{ key, code, occurredAt: momentOf(part(each, 'occurredAt')) },
        ...{ place: text(part(each, 'place')), detail: text(part(each, 'detail')) },
        receivedBy: text(part(each, 'receivedBy')),
      })
      return [{ trackingNumber, event }]
    })
}
