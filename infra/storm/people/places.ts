/** Where customers of a storm shop from: an address there, and a business with its number. */
export type Place = (typeof places)[number]

const place = (country: string, [street, postalCode, city]: [string, string, string], organisationNumber: string) => ({
  country,
  address: { street, postalCode, city, country },
  organisationNumber,
})

/** At home everybody can pay in the country's own currency, at every provider. */
export const home = place('NO', ['Storgata 1', '0155', 'Oslo'], '999615147')

export const places = [
  home,
  place('SE', ['Drottninggatan 1', '111 51', 'Stockholm'], '556703-7485'),
  place('DK', ['Vestergade 1', '1456', 'København K'], 'DK 13585628'),
  place('DE', ['Friedrichstraße 1', '10117', 'Berlin'], 'DE 136695976'),
  place('FR', ['1 rue de Rivoli', '75001', 'Paris'], 'FR 40 303265045'),
  place('GB', ['1 High Street', 'SW1A 1AA', 'London'], 'GB 980 7806 84'),
  place('SJ', ['Vei 500 1', '9170', 'Longyearbyen'], 'NO 999 615 147 MVA'),
]
