import type { Country } from '../calendar.ts'

const MEMBERS: ReadonlySet<Country> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)

/** Whether a country is a member of the European Union, so that its directives hold there. */
export const isInTheUnion = (country: Country) => MEMBERS.has(country)
