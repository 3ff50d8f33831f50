import { randomUUID } from 'node:crypto'
import { askCarrier, at, carrierFault, eventOf, listOf, part, text } from '../api.ts'
import { consignmentOf } from '../consignment.ts'
import type { Carrier, CarrierEvent } from '../port.ts'
import { codes, leftAt } from './codes.ts'

/** A Track Alert subscription ends after 14 days and is not prolonged: it is asked for again. */
const SUBSCRIPTION_DAYS = 14
const MAX_NUMBERS = 100
const SOURCE = 'vilkar'
/** A token is asked for anew before it ends. */
const TOKEN_MARGIN_SECONDS = 60

type Options = {
  url: string
  clientId: string
  clientSecret: string
  callbackUrl: string
  secret: string
  now(): Temporal.Instant
}

/** UPS: the Tracking API (v1) is read by OAuth client credentials, and Track Alert (v1) calls us. */
export function createUps({ url, clientId, clientSecret, callbackUrl, secret, now }: Options): Carrier {
  const authorise = createToken({ url, clientId, clientSecret, now })
  const headers = async () => ({ authorization: await authorise(), transid: randomUUID(), transactionsrc: SOURCE })
  return {
    name: 'ups',
    spellings: ['ups', 'united parcel service'],
    codes,
    leftAt,
    secretHeader: 'credential',
    async read(trackingNumber) {
      const path = `/api/track/v1/details/${encodeURIComponent(trackingNumber)}?locale=en_US`
      return eventsIn(await askCarrier(`${url}${path}`, { headers: await headers() }), trackingNumber)
    },
    hints(body) {
      const trackingNumber = text(part(body, 'trackingNumber'))
      return trackingNumber === undefined ? [] : [{ trackingNumber }]
    },
    subscribing: {
      batch: MAX_NUMBERS,
      async open(trackingNumberList) {
        const destination = { url: callbackUrl, credentialType: 'Bearer', credential: secret }
        const body = { locale: 'en_US', countryCode: 'NO', trackingNumberList, destination }
        const answer = await askCarrier(`${url}/api/track/v1/subscription/standard/package`, {
          ...{ method: 'POST' as const, headers: await headers(), body },
        })
        if (answer === undefined) throw carrierFault('There is no Track Alert API at this address.')
        return {
          until: now()
            .add({ hours: 24 * SUBSCRIPTION_DAYS })
            .toString(),
        }
      },
    },
  }
}

/** The bearer token, asked for when there is none that still lasts; a moved clock asks for another. */
function createToken({ url, clientId, clientSecret, now }: Pick<Options, 'url' | 'clientId' | 'clientSecret' | 'now'>) {
  let held: { value: string; until: Temporal.Instant } | undefined
  return async () => {
    if (held && Temporal.Instant.compare(now(), held.until) < 0) return held.value
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
    const answer = await askCarrier(`${url}/security/v1/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    const token = text(part(answer, 'access_token'))
    if (token === undefined) throw carrierFault('It gave no token.')
    const seconds = Number(part(answer, 'expires_in')) || 0
    held = { value: `Bearer ${token}`, until: now().add({ seconds: Math.max(0, seconds - TOKEN_MARGIN_SECONDS) }) }
    return held.value
  }
}

/**
 * The events of the package, or of the whole shipment if the number is of one: `trackResponse.shipment[].package[].activity[]`. Each
 * package says in `packageCount` how many there are, which may be more than are answered.
 */
function eventsIn(answer: unknown, trackingNumber: string): CarrierEvent[] {
  const packages = listOf(at(answer, 'trackResponse', 'shipment')).flatMap((each) => listOf(part(each, 'package')))
  const own = packages.filter((each) => part(each, 'trackingNumber') === trackingNumber)
  if (own.length > 0) return own.flatMap(eventsOf)
  const parts = packages.map((each) => ({ number: text(part(each, 'trackingNumber')), events: eventsOf(each) }))
  const isMore = packages.some((each) => Number(part(each, 'packageCount')) > packages.length)
  return consignmentOf(isMore ? [...parts, { events: [] }] : parts, { codes, leftAt })
}

function eventsOf(each: unknown): CarrierEvent[] {
  const activities = listOf(part(each, 'activity'))
  // Who has it stands beside the activities, and is about the newest that says that it was delivered; listed twice it is one.
  const delivered = activities.find((activity) => codes[codeOf(activity) ?? ''] === 'delivered')
  const information = part(each, 'deliveryInformation')
  const taken = { leftAt: text(part(information, 'location')), receivedBy: text(part(information, 'receivedBy')) }
  const isNewest = (activity: unknown) =>
    codeOf(activity) === codeOf(delivered) && momentIn(activity) === momentIn(delivered)
  return activities.flatMap((activity) => {
    const code = codeOf(activity)
    if (code === undefined) return []
    return [
      eventOf({
        ...{ code, occurredAt: momentIn(activity), place: text(at(activity, 'location', 'address', 'city')) },
        detail: text(at(activity, 'status', 'description')),
        ...(delivered !== undefined && isNewest(activity) && taken),
      }),
    ]
  })
}

function codeOf(activity: unknown) {
  const type = text(at(activity, 'status', 'type'))
  return type === 'D' || type === 'X' ? `${type}/${text(at(activity, 'status', 'code')) ?? ''}` : type
}

/** `gmtDate` is 20260604 and `gmtTime` 143000, without the zeros that it would begin with. */
function momentIn(activity: unknown) {
  const date = /^(\d{4})(\d\d)(\d\d)$/.exec(text(part(activity, 'gmtDate')) ?? '')
  const time = /^(\d\d)(\d\d)(\d\d)$/.exec(
    (text(part(activity, 'gmtTime'))?.replaceAll(':', '') ?? '').padStart(6, '0'),
  )
  if (date === null || time === null) return undefined
  try {
    return Temporal.Instant.from(`${date.slice(1).join('-')}T${time.slice(1).join(':')}Z`).toString()
  } catch {
    return undefined
  }
}
