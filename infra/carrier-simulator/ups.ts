import { randomUUID } from 'node:crypto'
import { type Happening, newestFirst } from './parcels.ts'
import { type Ask, type CarrierDeps, createHooks, inDays, refuse, route, type SimulatedCarrier } from './routes.ts'

const SUBSCRIPTION_DAYS = 14
const MAX_NUMBERS = 100
const TOKEN_SECONDS = 14_399
type Subscription = { trackingNumberList?: string[]; destination?: { url?: string; credential?: string } }

/** UPS: OAuth, Tracking (v1), and Track Alert subscriptions that end after 14 days. */
export function simulateUps({ now, parcels, calls, note }: CarrierDeps): SimulatedCarrier {
  const hooks = createHooks(now)
  const tokens = new Map<string, Temporal.Instant>()
  const signedIn = (handle: (ask: Ask) => ReturnType<typeof refuse>) => (ask: Ask) => {
    const until = tokens.get(ask.headers.authorization ?? '')
    if (until === undefined || Temporal.Instant.compare(now(), until) >= 0) return refuse(401, 'Bearer token expired.')
    if (!ask.headers.transid || !ask.headers.transactionsrc) return refuse(400, 'Missing transId')
    return handle(ask)
  }

  return {
    routes: [
      route('POST', '/security/v1/oauth/token', ({ headers }) => {
        if (!headers.authorization?.startsWith('Basic ')) return refuse(401, 'Invalid Authentication Information')
        const token = randomUUID()
        tokens.set(`Bearer ${token}`, now().add({ seconds: TOKEN_SECONDS }))
        return { status: 200, body: { token_type: 'Bearer', access_token: token, expires_in: String(TOKEN_SECONDS) } }
      }),
      route(
        'GET',
        '/api/track/v1/details/:number',
        signedIn(({ parts: [number = ''] }) => {
          const happened = parcels.of('ups', number)
          if (happened === undefined) return refuse(404, 'Tracking Information Not Found')
          const last = newestFirst(happened).find(({ code }) => code === 'D/FS')
          const parcel = {
            trackingNumber: number,
            ...(last && { deliveryInformation: { location: last.leftAt ?? '', receivedBy: last.signedBy ?? '' } }),
            activity: newestFirst(happened).map(activityOf),
          }
          return { status: 200, body: { trackResponse: { shipment: [{ inquiryNumber: number, package: [parcel] }] } } }
        }),
      ),
      route(
        'POST',
        '/api/track/v1/subscription/standard/package',
        signedIn(({ body }) => {
          const { trackingNumberList = [], destination = {} } = body as Subscription
          if (trackingNumberList.length === 0 || trackingNumberList.length > MAX_NUMBERS)
            return refuse(400, 'Tracking Number List is required, of at most 100.')
          if (!destination.url || !destination.credential) return refuse(400, 'Destination is required.')
          if (destination.credential.length < 32) note('UPS was given a short credential.')
          const headers = { credential: destination.credential, 'user-agent': 'UPSPubSubTrackingService' }
          for (const number of trackingNumberList)
            hooks.add(number, { url: destination.url, headers, until: inDays(now(), SUBSCRIPTION_DAYS), isReady: true })
          return { status: 200, body: { validTrackingNumbers: trackingNumberList, invalidTrackingNumbers: [] } }
        }),
      ),
    ],
    tell(number, happening) {
      const { date, time } = momentOf(happening.occurredAt)
      const status = activityOf(happening).status
      const body = { trackingNumber: number, activityStatus: status, gmtActivityDate: date, gmtActivityTime: time }
      for (const hook of hooks.of(number)) calls.call('ups', hook, body)
    },
  }
}

const momentOf = (moment: string) => {
  const [date, time] = Temporal.Instant.from(moment).toString({ smallestUnit: 'second' }).slice(0, -1).split('T')
  return { date: date!.replaceAll('-', ''), time: time!.replaceAll(':', '') }
}

function activityOf({ code, occurredAt, place = '', description = '' }: Happening) {
  const { date, time } = momentOf(occurredAt)
  const [type, below = ''] = code.split('/')
  return {
    ...{ gmtDate: date, gmtTime: time.replace(/^0+(?=\d)/, ''), gmtOffset: '+00:00' },
    location: { address: { city: place, countryCode: 'NO' } },
    status: { type, code: below, description },
  }
}
