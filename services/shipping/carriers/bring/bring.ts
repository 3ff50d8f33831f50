import { askCarrier, at, carrierFault, eventOf, listOf, momentOf, part, text } from '../api.ts'
import { consignmentOf } from '../consignment.ts'
import type { Carrier, CarrierEvent } from '../port.ts'
import { codes } from './codes.ts'

/** An Event Cast subscription to one parcel lives for 30 days, or until it is delivered. It is renewed before that. */
const SUBSCRIPTION_DAYS = 30
/** What is worth a call: all but what says nothing of the way. */
const EVENT_GROUPS = Object.keys(codes).filter((code) => codes[code] !== 'nothing')
const SECRET_HEADER = 'x-carrier-secret'

type Options = {
  url: string
  uid: string
  key: string
  /** Names us to Bring. */
  clientUrl: string
  /** Where it calls us, and the secret that it is to bring. */
  callbackUrl: string
  secret: string
  now(): Temporal.Instant
}

/** Bring and Posten: the Tracking API (v2) is read, and the Event Cast API calls us. */
export function createBring({ url, uid, key, clientUrl, callbackUrl, secret, now }: Options): Carrier {
  const headers = { 'x-mybring-api-uid': uid, 'x-mybring-api-key': key, 'x-bring-client-url': clientUrl }
  return {
    name: 'bring',
    spellings: ['bring', 'posten', 'posten norge', 'posten bring', 'posten norge as', 'bring parcels'],
    codes,
    secretHeader: SECRET_HEADER,
    async read(trackingNumber) {
      const query = new URLSearchParams({ q: trackingNumber })
      return eventsIn(await askCarrier(`${url}/tracking/api/v2/tracking.json?${query}`, { headers }), trackingNumber)
    },
    hints(body) {
      const numbers = [text(part(body, 'package')), text(part(body, 'shipment'))]
      return [...new Set(numbers)].flatMap((trackingNumber) => (trackingNumber ? [{ trackingNumber }] : []))
    },
    subscribing: {
      batch: 1,
      async open([trackingId]) {
        const configuration = {
          url: callbackUrl,
          content_type: 'application/json',
          headers: [{ key: SECRET_HEADER, value: secret }],
        }
        const body = { trackingId, configuration, event_groups: EVENT_GROUPS }
        const answer = await askCarrier(`${url}/event-cast/api/v1/webhooks`, { method: 'POST', headers, body })
        if (answer === undefined) throw carrierFault('There is no Event Cast API at this address.')
        return {
          until: now()
            .add({ hours: 24 * SUBSCRIPTION_DAYS })
            .toString(),
        }
      },
    },
  }
}

/** The events of the parcel, or those of the consignment if the number is of one: `consignmentSet[].packageSet[].eventSet[]`. */
function eventsIn(answer: unknown, trackingNumber: string): CarrierEvent[] {
  const packages = listOf(part(answer, 'consignmentSet')).flatMap((consignment) =>
    listOf(part(consignment, 'packageSet')),
  )
  const own = packages.filter((each) => part(each, 'packageNumber') === trackingNumber)
  if (own.length > 0) return own.flatMap(eventsOf)
  const parts = packages.map((each) => ({ number: text(part(each, 'packageNumber')), events: eventsOf(each) }))
  return consignmentOf(parts, { codes })
}

const eventsOf = (each: unknown): CarrierEvent[] =>
  listOf(part(each, 'eventSet')).flatMap((event) => {
    const code = text(part(event, 'status'))
    if (code === undefined) return []
    return [
      eventOf({
        ...{ code, occurredAt: momentOf(part(event, 'dateIso')), place: text(part(event, 'city')) },
        detail: text(part(event, 'description')),
        receivedBy: text(at(event, 'recipientSignature', 'name')),
      }),
    ]
  })
