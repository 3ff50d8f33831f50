import type { Clients } from '@vilkar/client/client.ts'
import type { FastifyRequest } from 'fastify'

type Answer<Call> = Call extends Promise<{ data?: infer Data }> ? NonNullable<Data> : never
type Asking = ReturnType<typeof askQuote>
export type Quote = Answer<Asking>

/** What somebody wrote of themselves. */
export type Typed = Partial<Record<(typeof FIELDS)[number], string>>
export const FIELDS = [
  ...(['kind', 'name', 'organisationNumber', 'email', 'street', 'postalCode', 'city', 'country'] as const),
  'priceOffer' as const,
]

/** A purchase on its way: who buys, what was offered, and the order once it was placed. */
export type Buying = { typed: Typed; quote: Quote; placed?: Bought }
export type Bought = { id: string; number: string; payAt: string }

declare module 'fastify' {
  interface Session {
    buying?: [string, Buying][]
    bought?: Bought[]
  }
}

const KEPT = 3

/** Purchases of one browser stand in its session by the id of the form, so that two of its windows do not get in each other's way. */
export const buyingOf = ({ session }: FastifyRequest, id: string) => session.buying?.find(([each]) => each === id)?.[1]

export function keepBuying({ session }: FastifyRequest, id: string, buying: Buying) {
  session.buying = [...(session.buying ?? []).filter(([each]) => each !== id), [id, buying] as [string, Buying]].slice(
    -KEPT,
  )
}

export const boughtOf = ({ session }: FastifyRequest, number: string) =>
  session.bought?.find((each) => each.number === number)

export function keepBought({ session }: FastifyRequest, bought: Bought) {
  session.bought = [...(session.bought ?? []).filter(({ id }) => id !== bought.id), bought].slice(-KEPT)
}

export type Wanted = {
  seller?: string
  lines: { sku: string; quantity: number }[]
  typed: Typed
  locale: 'nb' | 'en'
  /** In which its goods were shown; kroner where they had no price there, for orders to refuse. */
  currency?: 'NOK' | 'EUR'
  deliveryOption?: string
}

/** Asks what it comes to. What the country does not take is refused by orders. */
export const askQuote = (
  { orders }: Clients,
  { seller, lines, typed, locale, currency = 'NOK', deliveryOption }: Wanted,
) =>
  orders.POST('/quotes', {
    body: {
      ...(seller && { seller }),
      lines,
      locale,
      currency,
      customerKind: typed.kind === 'business' ? ('business' as const) : ('consumer' as const),
      country: typed.country ?? '',
      ...(typed.postalCode && { postalCode: typed.postalCode }),
      ...(typed.priceOffer && { priceOffer: typed.priceOffer }),
      ...(deliveryOption && { deliveryOption }),
    },
  })
