import { SafeUrl } from '@vilkar/server/config.ts'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import type { Timeouts } from './exchange.ts'
import { createKlarna } from './klarna/klarna.ts'
import type { PaymentProvider } from './port.ts'
import { createVipps } from './vipps/vipps.ts'

/** A provider at work. Close it when nothing is under way any more. */
export type OpenProvider = PaymentProvider & { close(): Promise<void> }

/** What an adapter is opened with beside its variables; left out, its own patience. */
export type Surroundings = {
  now(): Temporal.Instant
  timeouts?: Timeouts
  /** How long after a request was sent its absence from the provider's books means that it did not happen. */
  graceMs?: number
}

/** One way to pay with an agreement with a provider. */
type FrontEnd<Variables> = {
  /** What customers choose when they pay there, in the words of the terms. */
  method: string
  open(variables: Variables, surroundings: Surroundings): OpenProvider
}

const row = <Variables extends TObject, Name extends string>(
  variables: Variables,
  frontEnds: Record<Name, FrontEnd<Static<Variables>>>,
) => ({ variables, frontEnds })

const Text = (description: string) => Type.String({ description })

/**
 * Every payment provider: a row per agreement with one, of the variables that it needs and of its front ends by name. Payments
 * bear these names for ever, since what was paid there is settled there. The one variable that ends in `_URL` is the base URL
 * of its API: live, test or a simulator.
 */
const table = [
  row(
    Type.Object({
      KLARNA_URL: SafeUrl("Base URL of Klarna's API: live, playground or a simulator."),
      KLARNA_USERNAME: Text('Klarna API user name.'),
      KLARNA_PASSWORD: Text('Klarna API password.'),
    }),
    {
      klarna: { method: 'klarna', open: (set, around) => createKlarna({ ...around, ...klarnaOptions(set) }) },
      'klarna-payments': {
        method: 'klarna',
        open: (set, around) => createKlarna({ ...around, ...klarnaOptions(set), frontEnd: 'payments' }),
      },
    },
  ),
  row(
    Type.Object({
      KUSTOM_URL: SafeUrl("Base URL of Kustom's API (formerly Klarna Checkout): live, playground or a simulator."),
      KUSTOM_USERNAME: Text('Kustom API user name.'),
      KUSTOM_PASSWORD: Text('Kustom API password.'),
    }),
    {
      kustom: {
        method: 'klarna',
        open: ({ KUSTOM_URL: baseUrl, KUSTOM_USERNAME: username, KUSTOM_PASSWORD: password }, around) =>
          createKlarna({ ...around, baseUrl, username, password, frontEnd: 'kustom' }),
      },
    },
  ),
  row(
    Type.Object({
      VIPPS_URL: SafeUrl("Base URL of Vipps MobilePay's API: live, test or a simulator."),
      VIPPS_CLIENT_ID: Text('Vipps MobilePay client id.'),
      VIPPS_CLIENT_SECRET: Text('Vipps MobilePay client secret.'),
      VIPPS_SUBSCRIPTION_KEY: Text('Vipps MobilePay subscription key.'),
      VIPPS_MERCHANT_SERIAL_NUMBER: Text('The sales unit that payments are made to.'),
      VIPPS_WEBHOOK_SECRET: Text(
        'What the registration of the webhook gave: calls that are not signed with it do nothing.',
      ),
    }),
    {
      vipps: {
        method: 'vipps',
        open: (set, around) =>
          createVipps({
            ...around,
            baseUrl: set.VIPPS_URL,
            clientId: set.VIPPS_CLIENT_ID,
            clientSecret: set.VIPPS_CLIENT_SECRET,
            subscriptionKey: set.VIPPS_SUBSCRIPTION_KEY,
            merchantSerialNumber: set.VIPPS_MERCHANT_SERIAL_NUMBER,
            webhookSecret: set.VIPPS_WEBHOOK_SECRET,
          }),
      },
    },
  ),
] as const

const klarnaOptions = (set: { KLARNA_URL: string; KLARNA_USERNAME: string; KLARNA_PASSWORD: string }) => ({
  baseUrl: set.KLARNA_URL,
  username: set.KLARNA_USERNAME,
  password: set.KLARNA_PASSWORD,
})

type NamesOf<Row> = Row extends { frontEnds: infer FrontEnds } ? keyof FrontEnds & string : never
export type ProviderName = NamesOf<(typeof table)[number]>

/** An agreement with a provider. `open` takes the values of its variables, as their schema has them. */
export type Agreement = {
  variables: TObject<Record<string, TSchema>>
  names: readonly ProviderName[]
  open(name: ProviderName, set: object, surroundings: Surroundings): OpenProvider
}

export const agreements: readonly Agreement[] = table.map(({ variables, frontEnds }) => {
  const byName: Record<string, FrontEnd<never>> = frontEnds
  return {
    variables,
    names: Object.keys(frontEnds) as ProviderName[],
    open: (name, set, surroundings) => byName[name]!.open(set as never, surroundings),
  }
})

export const providerNames: readonly ProviderName[] = agreements.flatMap(({ names }) => names)

/** The agreement behind a front end. */
export const agreementOf = (name: ProviderName): Agreement => agreements.find(({ names }) => names.includes(name))!

/** What customers choose when they pay there, in the words of the terms. */
export const paymentMethods = Object.fromEntries(
  table.flatMap(({ frontEnds }) => Object.entries(frontEnds).map(([name, { method }]) => [name, method])),
) as Readonly<Record<ProviderName, string>>
