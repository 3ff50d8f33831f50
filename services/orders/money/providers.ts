import type { PaymentProvider } from '@vilkar/payments/port.ts'
import {
  agreements,
  type OpenProvider,
  type ProviderName,
  paymentMethods,
  providerNames,
} from '@vilkar/payments/providers.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { sellers } from '@vilkar/terms/editions/registry.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import { type Static, type TObject, Type } from 'typebox'
import { type Config, ProviderVariables } from '../config.ts'

/** The name of a provider in an address of ours. Where a seller has credentials of their own, it begins with the seller. */
export const ProviderKey = Type.String({
  pattern: `^([a-z][a-z0-9-]*\\.)?(${providerNames.join('|')})$`,
  examples: [...providerNames],
  errorMessage: `must be a payment provider of this shop: ${providerNames.join(', ')}`,
})

/** The providers that this shop works with. */
export type Providers = {
  /** Where customers of a seller pay now. */
  currentFor(seller: string): PaymentProvider
  /** The same of whoever has no credentials of their own. */
  current: PaymentProvider
  /** Where a payment was made. Throws for one that is not configured any more. */
  named(name: string): PaymentProvider
}

/** `providers` by name; customers pay at `current`. */
export function createProviders(current: PaymentProvider, ...providers: PaymentProvider[]): Providers {
  const known = new Map([current, ...providers].map((provider) => [provider.name, provider]))
  const all: Providers = {
    current,
    currentFor: () => all.current,
    named(name) {
      const provider = known.get(name)
      if (provider === undefined)
        throw new Error(`A payment was made at ${name}, which is not configured: set the variables of ${name} again.`)
      return provider
    },
  }
  return all
}

/** The front end that a provider is, whoever's credentials it has. */
export const providerNameOf = ({ name }: Pick<PaymentProvider, 'name'>) =>
  name.slice(name.indexOf('.') + 1) as ProviderName

/** The means of payment that a provider stands for, in the words of the terms. */
export const methodOf = (name: string) => paymentMethods[providerNameOf({ name })] ?? name

type Opened = { current: OpenProvider; open: OpenProvider[] }

/**
 * Opens every provider whose variables are set: those of `config`, and for each seller with a prefix those in `env` that begin
 * with it. Throws a sentence that names what is missing, as `readConfig` does.
 */
export function openProviders(config: Config, clock: Clock, env: NodeJS.ProcessEnv) {
  const own = new Map<string, Opened>()
  for (const seller of sellers()) if (seller.credentialsPrefix !== '') own.set(seller.id, openOf(seller, clock, env))
  const shared = own.size === sellers().length ? [] : [openAll(config, clock)]
  const all = [...shared, ...own.values()]
  const [{ current }] = all as [Opened]
  const open = all.flatMap((each) => each.open)
  const providers: Providers = {
    ...createProviders(current, ...open),
    currentFor: (seller) => own.get(seller)?.current ?? current,
  }
  return { providers, close: () => Promise.all(open.map((provider) => provider.close())) }
}

/** The providers of one seller, under names that begin with the seller, since the payments of others are not theirs. */
function openOf({ id, credentialsPrefix }: Seller, clock: Clock, env: NodeJS.ProcessEnv): Opened {
  const own = Object.entries(env)
    .filter(([name]) => name.startsWith(credentialsPrefix))
    .map(([name, value]) => [name.slice(credentialsPrefix.length), value])
  try {
    const { current, open } = openAll(readConfig(ProviderVariables, Object.fromEntries(own)), clock)
    const named = open.map((provider) => ({ ...provider, name: `${id}.${provider.name}` }))
    return { current: named[open.indexOf(current)]!, open: named }
  } catch (error) {
    throw new Error(`${id}, whose variables begin with ${credentialsPrefix}: ${(error as Error).message}`)
  }
}

function openAll(config: Static<typeof ProviderVariables>, { now }: Clock): Opened {
  const open = agreements.flatMap((agreement) => {
    const set = variables(config, agreement.variables)
    return set === undefined ? [] : agreement.names.map((name) => agreement.open(name, set, { now }))
  })
  const current = open.find(({ name }) => name === config.PAYMENT_PROVIDER)
  if (current === undefined)
    throw new Error(`Wrong environment: PAYMENT_PROVIDER is ${config.PAYMENT_PROVIDER}, whose variables are not set.`)
  return { current, open }
}

/** The variables of one provider: all that it needs, or undefined when none of them is set. */
function variables(config: Static<typeof ProviderVariables>, schema: TObject) {
  const set = Object.entries(config).filter(([name]) => name in schema.properties)
  return set.length === 0 ? undefined : readConfig(schema, Object.fromEntries(set) as NodeJS.ProcessEnv)
}
