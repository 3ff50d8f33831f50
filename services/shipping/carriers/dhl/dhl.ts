import { askCarrier, at, carrierFault, eventOf, listOf, momentOf, part, text } from '../api.ts'
import { consignmentOf, type Package } from '../consignment.ts'
import type { Carrier, CarrierEvent } from '../port.ts'
import { codes } from './codes.ts'

/** DHL says when a subscription ends; if it does not, it is asked for again after so many days. */
const SUBSCRIPTION_DAYS = 14
const MAX_SHIPMENTS = 10
const SECRET_HEADER = 'x-carrier-secret'
const EVENTS = ['Pre-Transit', 'Transit', 'Delivered', 'Failure', 'Unknown']

type Options = {
  url: string
  key: string
  /** Which of DHL's companies carries: `parcel-de`, `ecommerce-europe`, `express`. */
  service: string
  callbackUrl: string
  secret: string
  now(): Temporal.Instant
}

/** DHL: Shipment Tracking (Unified) is read, and its Push API calls us once we have answered that we want it. */
export function createDhl({ url, key, service, callbackUrl, secret, now }: Options): Carrier {
  const headers = { 'dhl-api-key': key }
  const subscription = `${url}/tracking/push/v1/subscription`
  return {
    name: 'dhl',
    spellings: ['dhl', 'dhl express', 'dhl paket', 'dhl ecommerce', 'dhl parcel'],
    codes,
    secretHeader: SECRET_HEADER,
    async read(trackingNumber) {
      const query = new URLSearchParams({ trackingNumber })
      return eventsIn(await askCarrier(`${url}/track/shipments?${query}`, { headers }), trackingNumber)
    },
    hints(body) {
      const id = text(part(body, 'self'))?.split('/').at(-1)
      const answer = text(part(body, 'secret'))
      if (part(body, 'scope') === 'subscription.validate')
        return id && answer ? [{ activate: { subscriptionId: id, secret: answer } }] : []
      const numbers = listOf(part(body, 'shipments')).map((each) => text(part(each, 'id')))
      return numbers.flatMap((trackingNumber) => (trackingNumber ? [{ trackingNumber }] : []))
    },
    subscribing: {
      batch: MAX_SHIPMENTS,
      async open(shipmentIDs) {
        const authentication = { type: 'ApiKeyAuthentication', header: SECRET_HEADER, token: secret }
        const hook = { uri: callbackUrl, authentication }
        const body = { hook, format: 'Default', type: 'Shipment', service, events: EVENTS, shipmentIDs }
        const answer = await askCarrier(subscription, { method: 'POST', headers, body })
        if (answer === undefined) throw carrierFault('There is no Push API at this address.')
        const ends = momentOf(part(answer, 'expires'))
        return {
          until:
            ends ??
            now()
              .add({ hours: 24 * SUBSCRIPTION_DAYS })
              .toString(),
        }
      },
      async activate(id, hookSecret) {
        const answer = await askCarrier(`${subscription}/${encodeURIComponent(id)}`, {
          ...{ method: 'POST' as const, headers: { ...headers, 'dhl-api-hook-secret': hookSecret } },
        })
        if (answer === undefined) throw carrierFault('DHL does not know the subscription.')
      },
    },
  }
}

/**
 * The events of the shipment, or of all that the number is of: `shipments[].events[]`. A shipment of several pieces counts them in
 * `details`, and an event of some of them names these in `pieceIds`; one that names none is of all.
 */
function eventsIn(answer: unknown, trackingNumber: string): CarrierEvent[] {
  const shipments = listOf(part(answer, 'shipments'))
  const parts = shipments.flatMap(piecesOf)
  const asked = parts.filter(({ number }) => number === trackingNumber)
  if (asked.length > 0) return asked.flatMap(({ events }) => events)
  const own = shipments.filter((each) => part(each, 'id') === trackingNumber)
  return own.length > 0
    ? own.flatMap((each) => consignmentOf(piecesOf(each), { codes }))
    : consignmentOf(parts, { codes })
}

function piecesOf(shipment: unknown): Package[] {
  const signed = part(part(shipment, 'details'), 'proofOfDelivery')
  const listed = listOf(part(shipment, 'events'))
  const told = (listed.length > 0 ? listed : [part(shipment, 'status')]).flatMap((event) => {
    const code = text(part(event, 'statusCode'))
    if (code === undefined) return []
    const said = eventOf({
      ...{ code, occurredAt: momentOf(part(event, 'timestamp')) },
      place: text(at(event, 'location', 'address', 'addressLocality')),
      detail: text(part(event, 'description')) ?? text(part(event, 'status')),
      ...(codes[code] === 'delivered' && { receivedBy: nameOf(part(signed, 'signed')) }),
    })
    return [{ said, pieces: namesIn(part(event, 'pieceIds')) }]
  })
  const whole = { number: text(part(shipment, 'id')), events: told.map(({ said }) => said) }
  if (told.every(({ pieces }) => pieces.length === 0)) return [whole]
  const named = [...namesIn(at(shipment, 'details', 'pieceIds')), ...told.flatMap(({ pieces }) => pieces)]
  const numbers: (string | undefined)[] = [...new Set(named)]
  // Of pieces that nothing names only that is known which is of all.
  if (Number(at(shipment, 'details', 'totalNumberOfPieces')) > numbers.length) numbers.push(undefined)
  return numbers.map((number) => {
    const own = told.filter(({ pieces }) => pieces.length === 0 || pieces.some((each) => each === number))
    return { number, events: own.map(({ said }) => said) }
  })
}

const namesIn = (list: unknown) => listOf(list).flatMap((each) => text(each) ?? [])

/** A person as DHL writes one: whole, or given and family name apart. */
const nameOf = (person: unknown) =>
  text(part(person, 'name')) ??
  text([text(part(person, 'givenName')), text(part(person, 'familyName'))].filter(Boolean).join(' '))
