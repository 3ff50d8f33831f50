import { randomUUID } from 'node:crypto'
import { simulateBookings } from './bring-bookings.ts'
import { type Happening, newestFirst } from './parcels.ts'
import { type Ask, type CarrierDeps, createHooks, inDays, refuse, route, type SimulatedCarrier } from './routes.ts'

const SUBSCRIPTION_DAYS = 30
type Registration = {
  trackingId?: string
  event_groups?: string[]
  configuration?: { url?: string; headers?: { key: string; value: string }[] }
}

/** Bring: the Tracking API (v2), the Booking API (schema version 1), and Event Cast webhooks that end after 30 days. */
export function simulateBring({ now, parcels, calls, note }: CarrierDeps): SimulatedCarrier {
  const hooks = createHooks(now)
  const wanted = new Map<string, string[]>()
  const signedIn = (handle: (ask: Ask) => ReturnType<typeof refuse>) => (ask: Ask) =>
    ask.headers['x-mybring-api-uid'] && ask.headers['x-mybring-api-key'] && ask.headers['x-bring-client-url']
      ? handle(ask)
      : refuse(401, 'The Mybring headers are missing.')

  return {
    routes: [
      route(
        'GET',
        '/tracking/api/v2/tracking.json',
        signedIn(({ query }) => {
          const number = query.get('q') ?? ''
          const happened = parcels.of('bring', number)
          if (happened === undefined)
            return {
              status: 200,
              body: { apiVersion: '2', consignmentSet: [{ error: { code: 404, message: 'No shipments found' } }] },
            }
          const eventSet = newestFirst(happened).map(eventOf)
          const packageSet = [{ packageNumber: number, productCode: '5800', brand: 'POSTEN', eventSet }]
          return {
            status: 200,
            body: { apiVersion: '2', consignmentSet: [{ consignmentId: `C${number}`, packageSet }] },
          }
        }),
      ),
      route('POST', '/booking-api/api/create', signedIn(simulateBookings(note, now))),
      route(
        'POST',
        '/event-cast/api/v1/webhooks',
        signedIn(({ body }) => {
          const { trackingId, event_groups: groups = [], configuration = {} } = body as Registration
          if (!trackingId || !configuration.url || groups.length === 0) return refuse(400, 'Something is missing.')
          const headers = Object.fromEntries((configuration.headers ?? []).map(({ key, value }) => [key, value]))
          if (Object.keys(headers).length === 0) note('A Bring webhook was registered without a header of its own.')
          const until = inDays(now(), SUBSCRIPTION_DAYS)
          hooks.add(trackingId, { url: configuration.url, headers, until, isReady: true })
          wanted.set(trackingId, groups)
          return { status: 201, body: { id: randomUUID(), trackingId, event_groups: groups, expiry: until.toString() } }
        }),
      ),
    ],
    tell(number, { code, occurredAt }) {
      if (!wanted.get(number)?.includes(code)) return
      const pushed = stamp(now().toString())
      const body = {
        status: code,
        id: randomUUID(),
        shipment: `C${number}`,
        package: number,
        created: stamp(occurredAt),
        pushed,
      }
      for (const hook of hooks.of(number))
        calls.call('bring', { ...hook, headers: { 'x-bring-application': 'BMEC', ...hook.headers } }, body)
    },
  }
}

const eventOf = ({ code, occurredAt, place = '', signedBy = '', description = '' }: Happening) => ({
  ...{ description, status: code, recipientSignature: { name: signedBy }, unitId: '971190', unitType: 'BRING' },
  ...{ postalCode: '', city: place, countryCode: 'NO', country: 'Norway', consignmentEvent: false },
  dateIso: Temporal.Instant.from(occurredAt)
    .toZonedDateTimeISO('Europe/Oslo')
    .toString({ timeZoneName: 'never', smallestUnit: 'second' }),
})

/** As its calls write a moment: 2026-06-04T14:30:00+0000. */
const stamp = (moment: string) =>
  `${Temporal.Instant.from(moment).toString({ smallestUnit: 'second' }).slice(0, -1)}+0000`
