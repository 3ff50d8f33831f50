import type { Buyer } from '../money/sales-documents.ts'

/** By which registers businesses are known in Peppol (EAS code list), and how their numbers look, by country. */
const SCHEMES: Record<string, { scheme: string; number: RegExp }> = {
  NO: { scheme: '0192', number: /^\d{9}$/ },
  SE: { scheme: '0007', number: /^\d{10}$/ },
  DK: { scheme: '0184', number: /^\d{8}$/ },
}

/**
 * Where a business receives electronic invoices; undefined for consumers, and for a business whose number no scheme that we
 * know takes. Whether it is registered as a receiver only the network knows.
 */
export function peppolAddress({ kind, organisationNumber = '', billingAddress }: Omit<Buyer, 'email'>) {
  const known = SCHEMES[billingAddress.country]
  const digits = organisationNumber.replaceAll(/\D/g, '')
  if (kind !== 'business' || known === undefined || !known.number.test(digits)) return undefined
  return { scheme: known.scheme, id: digits }
}
