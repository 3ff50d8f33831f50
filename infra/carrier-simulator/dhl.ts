import { randomUUID } from 'node:crypto'
import type { Hook } from './calls.ts'
import { type Happening, newestFirst } from './parcels.ts'
import { type Ask, type CarrierDeps, createHooks, inDays, refuse, route, type SimulatedCarrier } from './routes.ts'

const SUBSCRIPTION_DAYS = 20
const MAX_SHIPMENTS = 10
const SELF = 'https://api-eu.dhl.com/tracking/push/v1/subscription'
type Subscription = {
  shipmentIDs?: string[]
  hook?: { uri?: string; authentication?: { header: string; token: string } }
}

/** DHL: Shipment Tracking (Unified), and the Push API, which asks back before it calls. */
export function simulateDhl({ now, parcels, calls, note }: CarrierDeps): SimulatedCarrier {
  const hooks = createHooks(now)
  const asked = new Map<string, { secret: string; hook: Hook }>()
  const signedIn = (handle: (ask: Ask) => ReturnType<typeof refuse>) => (ask: Ask) =>
    ask.headers['dhl-api-key'] ? handle(ask) : refuse(401, 'Unauthorized')

  return {
    routes: [
      route(
        'GET',
        '/track/shipments',
        signedIn(({ query }) => {
          const number = query.get('trackingNumber') ?? ''
          const happened = parcels.of('dhl', number)
          if (happened === undefined) return refuse(404, 'No result found')
          return { status: 200, body: { shipments: [shipmentOf(number, happened)] } }
        }),
      ),
      route(
        'POST',
        '/tracking/push/v1/subscription',
        signedIn(({ body }) => {
          const { shipmentIDs = [], hook: wanted = {} } = body as Subscription
          if (shipmentIDs.length === 0 || shipmentIDs.length > MAX_SHIPMENTS || !wanted.uri)
            return refuse(400, 'Invalid input parameter')
          if (wanted.authentication === undefined) note('A DHL hook was registered without authentication.')
          const { header = 'x-none', token = '' } = wanted.authentication ?? {}
          const until = inDays(now(), SUBSCRIPTION_DAYS)
          const hook = { url: wanted.uri, headers: { [header]: token }, until, isReady: false }
          for (const id of shipmentIDs) hooks.add(id, hook)
          const [id, secret] = [randomUUID(), randomUUID()]
          asked.set(id, { secret, hook })
          calls.call('dhl', hook, {
            scope: 'subscription.validate',
            self: `${SELF}/${id}`,
            secret,
            expires: until.toString(),
          })
          return {
            status: 202,
            body: { scope: 'subscription.create', self: `${SELF}/${id}`, expires: until.toString() },
          }
        }),
      ),
      route(
        'POST',
        '/tracking/push/v1/subscription/:id',
        signedIn(({ parts: [id = ''], headers }) => {
          const found = asked.get(id)
          if (found === undefined) return refuse(404, 'Not Found')
          if (headers['dhl-api-hook-secret'] !== found.secret) return refuse(403, 'Forbidden')
          found.hook.isReady = true
          calls.call('dhl', found.hook, { scope: 'subscription.ready', self: `${SELF}/${id}` })
          return { status: 204 }
        }),
      ),
    ],
    tell(number) {
      const shipments = [shipmentOf(number, parcels.of('dhl', number)!)]
      for (const hook of hooks.of(number))
        calls.call('dhl', hook, { scope: 'subscription.push', self: SELF, shipments })
    },
  }
}

function shipmentOf(id: string, happened: Happening[]) {
  const events = newestFirst(happened).map(({ code, occurredAt, place = '', description = '' }) => ({
    ...{ timestamp: occurredAt, statusCode: code, status: description, description },
    location: { address: { addressLocality: place } },
  }))
  const signed = newestFirst(happened).find(({ signedBy }) => signedBy)
  const details = signed && { proofOfDelivery: { timestamp: signed.occurredAt, signed: { name: signed.signedBy } } }
  return { id, service: 'parcel-de', status: events[0], events, ...(details && { details }) }
}
