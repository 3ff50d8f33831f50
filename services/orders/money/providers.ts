import { createKlarna } from '@vilkar/payments/klarna/klarna.ts'
import type { PaymentProvider } from '@vilkar/payments/port.ts'
import { createVipps } from '@vilkar/payments/vipps/vipps.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { type Static, type TObject, Type } from 'typebox'
import { type Config, klarnaVariables, kustomVariables, vippsVariables } from '../config.ts'

/** Names of the payment providers as payments bear them. They stay: what was paid there is settled there. */
export const ProviderName = Type.Enum(['klarna', 'klarna-payments', 'kustom', 'vipps'])
export type ProviderName = Static<typeof ProviderName>

/** The providers that this shop works with. */
export type Providers = {
  /** Where customers pay now. */
  current: PaymentProvider
  /** Where a payment was made. Throws for one that is not configured any more. */
  named(name: string): PaymentProvider
}

/** `providers` by name; customers pay at `current`. */
export function createProviders(current: PaymentProvider, ...providers: PaymentProvider[]): Providers {
  const known = new Map([current, ...providers].map((provider) => [provider.name, provider]))
  return {
    current,
    named(name) {
      const provider = known.get(name)
      if (provider === undefined)
        throw new Error(`A payment was made at ${name}, which is not configured: set the variables of ${name} again.`)
      return provider
    },
  }
}

type Closable = PaymentProvider & { close(): Promise<void> }

/** Opens every provider whose variables are set. Throws a sentence that names what is missing, as `readConfig` does. */
export function openProviders(config: Config, { now }: Clock) {
  const open: Closable[] = []
  const klarna = variables(config, klarnaVariables)
  if (klarna) {
    const at = { baseUrl: klarna.KLARNA_URL, username: klarna.KLARNA_USERNAME, password: klarna.KLARNA_PASSWORD, now }
    open.push(createKlarna(at), createKlarna({ ...at, frontEnd: 'payments' }))
  }
  const kustom = variables(config, kustomVariables)
  if (kustom) {
    const at = { baseUrl: kustom.KUSTOM_URL, username: kustom.KUSTOM_USERNAME, password: kustom.KUSTOM_PASSWORD, now }
    open.push(createKlarna({ ...at, frontEnd: 'kustom' }))
  }
  const vipps = variables(config, vippsVariables)
  if (vipps)
    open.push(
      createVipps({
        baseUrl: vipps.VIPPS_URL,
        clientId: vipps.VIPPS_CLIENT_ID,
        clientSecret: vipps.VIPPS_CLIENT_SECRET,
        subscriptionKey: vipps.VIPPS_SUBSCRIPTION_KEY,
        merchantSerialNumber: vipps.VIPPS_MERCHANT_SERIAL_NUMBER,
        webhookSecret: vipps.VIPPS_WEBHOOK_SECRET,
        now,
      }),
    )
  const current = open.find(({ name }) => name === config.PAYMENT_PROVIDER)
  if (current === undefined)
    throw new Error(`Wrong environment: PAYMENT_PROVIDER is ${config.PAYMENT_PROVIDER}, whose variables are not set.`)
  return {
    providers: createProviders(current, ...open),
    close: () => Promise.all(open.map((provider) => provider.close())),
  }
}

/** The variables of one provider: all that it needs, or undefined when none of them is set. */
function variables<Variables extends TObject>(config: Config, schema: Variables): Static<Variables> | undefined {
  const set = Object.entries(config).filter(([name]) => name in schema.properties)
  return set.length === 0 ? undefined : readConfig(schema, Object.fromEntries(set) as NodeJS.ProcessEnv)
}
