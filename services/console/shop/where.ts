import { answered, type Clients } from '@vilkar/client/client.ts'
import type { FastifyRequest } from 'fastify'
import type { Language } from '../pages/words.ts'
import type { Typed } from './buying.ts'

declare module 'fastify' {
  interface Session {
    /** Where somebody who looks around would have goods sent. */
    country?: string
  }
}

/** Where the shop lets goods go to (ISO 3166-1 alpha-2); what the seller does not sell to is refused by orders. */
const COUNTRIES = [
  ...['NO', 'SJ', 'AT', 'BE', 'CH', 'DE', 'DK', 'EE', 'ES', 'FI', 'FO', 'FR', 'GB', 'GR', 'IE', 'IS', 'IT', 'LT'],
  ...['LU', 'LV', 'NL', 'PL', 'PT', 'SE'],
]
const HOME = 'NO'

/** Where goods would go, by which prices are shown: in Norway, until somebody says otherwise. */
export const whereOf = ({ session }: FastifyRequest) => session.country ?? HOME

/** Keeps where goods would go; what is none of the shop's countries changes nothing. */
export function goTo({ session }: FastifyRequest, country: string | undefined) {
  if (country !== undefined && COUNTRIES.includes(country)) session.country = country
}

/** The countries by their names in a language, as a choice in a form. */
export function countries(language: Language) {
  const names = new Intl.DisplayNames([language], { type: 'region' })
  return COUNTRIES.map((code) => [code, names.of(code) ?? code] as const)
}

/** Products of these SKUs, with what is to be shown as their prices where goods go there; those that are gone are not among them. */
export async function readChosen({ orders }: Clients, skus: readonly string[], { country, kind }: Typed) {
  if (skus.length === 0) return []
  const customerKind = kind === 'business' ? ('business' as const) : ('consumer' as const)
  const query = { sku: [...skus], country, customerKind }
  return (await answered(orders.GET('/products', { params: { query } }))).items
}
