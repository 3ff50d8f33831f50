/** Who shops in the story: a consumer at home, and a business in a country where Klarna takes euro. */
export const kari = {
  customer: { kind: 'consumer' as const, name: 'Kari Eksempel' },
  address: { name: 'Kari Eksempel', street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' },
  currency: 'NOK' as const,
  email: 'kari@example.com',
}
export const beispiel = {
  customer: { kind: 'business' as const, name: 'Beispiel GmbH', organisationNumber: 'DE 136695976' },
  address: { name: 'Beispiel GmbH', street: 'Friedrichstraße 1', postalCode: '10117', city: 'Berlin', country: 'DE' },
  currency: 'EUR' as const,
  email: 'einkauf@example.com',
}
