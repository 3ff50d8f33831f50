/** Where people shop from, with an address of each. */
export const placesAbroad = [
  ['NO', 'Storgata 1', '0155', 'Oslo'],
  ['SE', 'Drottninggatan 1', '111 51', 'Stockholm'],
  ['DK', 'Vestergade 1', '1456', 'København K'],
  ['DE', 'Friedrichstraße 1', '10117', 'Berlin'],
  ['FR', '1 rue de Rivoli', '75001', 'Paris'],
  ['GB', '1 High Street', 'SW1A 1AA', 'London'],
  ['SJ', 'Hilmar Rekstens vei 1', '9170', 'Longyearbyen'],
  ['FI', 'Aleksanterinkatu 1', '00100', 'Helsinki'],
].map(([country = '', street = '', postalCode = '', city = '']) => ({
  country,
  address: { name: 'Kim Eksempel', street, postalCode, city, country },
}))
