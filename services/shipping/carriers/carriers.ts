import { createBring } from './bring/bring.ts'
import { createDhl } from './dhl/dhl.ts'
import { codes } from './generic/codes.ts'
import { type AnyCarrier, type Carrier, type SigningCarrier, signs } from './port.ts'
import { createUps } from './ups/ups.ts'

export type CarrierSettings = {
  /** Where carriers reach this service. */
  PUBLIC_URL?: string
  CARRIER_SECRETS?: string
  BRING_URL: string
  BRING_UID?: string
  BRING_KEY?: string
  UPS_URL: string
  UPS_CLIENT_ID?: string
  UPS_CLIENT_SECRET?: string
  DHL_URL: string
  DHL_KEY?: string
  DHL_SERVICE: string
  SIGNING_CARRIERS?: string
}

/** The carriers that a shop works with: those of which it has credentials, and those that sign. */
export function createCarriers(settings: CarrierSettings, now: () => Temporal.Instant) {
  const secrets = (settings.CARRIER_SECRETS ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean)
  const all: AnyCarrier[] = [...readable(settings, secrets[0], now), ...signing(settings.SIGNING_CARRIERS)]
  const byName = new Map(all.map((carrier) => [carrier.name, carrier]))
  const bySpelling = new Map(all.flatMap((carrier) => carrier.spellings.map((spelling) => [spelling, carrier])))
  return {
    all: () => all,
    readable: () => all.filter((carrier): carrier is Carrier => !signs(carrier)),
    named: (name: string) => byName.get(name),
    /** The carrier that a warehouse means; undefined for one that this shop does not hear. */
    spelt: (text: string) => bySpelling.get(text.trim().toLowerCase()),
    /** What calls of carriers may bring; the first is what they are told to bring. */
    secrets,
  }
}
export type Carriers = ReturnType<typeof createCarriers>

function readable(settings: CarrierSettings, secret: string | undefined, now: () => Temporal.Instant): Carrier[] {
  const { PUBLIC_URL, BRING_UID, BRING_KEY, UPS_CLIENT_ID, UPS_CLIENT_SECRET, DHL_KEY } = settings
  if (PUBLIC_URL === undefined || secret === undefined) return []
  const common = (name: string, url: string) => ({
    ...{ url: url.replace(/\/$/, ''), secret, now },
    callbackUrl: `${PUBLIC_URL.replace(/\/$/, '')}/carriers/${name}/notifications`,
  })
  return [
    ...(BRING_UID && BRING_KEY
      ? [createBring({ ...common('bring', settings.BRING_URL), uid: BRING_UID, key: BRING_KEY, clientUrl: PUBLIC_URL })]
      : []),
    ...(UPS_CLIENT_ID && UPS_CLIENT_SECRET
      ? [createUps({ ...common('ups', settings.UPS_URL), clientId: UPS_CLIENT_ID, clientSecret: UPS_CLIENT_SECRET })]
      : []),
    ...(DHL_KEY
      ? [createDhl({ ...common('dhl', settings.DHL_URL), key: DHL_KEY, service: settings.DHL_SERVICE })]
      : []),
  ]
}

/** `name=whsec_…`, separated by commas. */
const signing = (text = ''): SigningCarrier[] =>
  text
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair) => {
      const [name, secret] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      return { name, secret, codes, spellings: [name, name.replaceAll('-', ' ')] }
    })
