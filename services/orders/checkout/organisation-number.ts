import { entityValidators, euVat, stdnum, type Validator } from 'stdnum'

/** The Faroe Islands stand among the library's numbers, but not in its list of those of firms. */
const FAROESE = { FO: [stdnum.FO!.vn!] }
/** VAT ids of Greece begin with EL (Directive 2006/112/EC, Art. 215). */
const ELSEWHERE: Readonly<Record<string, string>> = { EL: 'GR' }
const PREFIX = /^([A-Z]{2})[ -]?(?=[A-Z]{0,2}[ -]?[0-9])/

const registersOf = (country: string): readonly Validator[] => [
  ...(entityValidators[country] ?? []),
  ...(euVat[country] ?? []),
  ...(FAROESE[country as 'FO'] ?? []),
]

/**
 * The number of a business, as it is kept, or null when it is none: of its country's register or a VAT id, by the formats and
 * check digits of `stdnum`. A VAT id may name its country itself; `NO 999 615 147 MVA`, as letterheads write it, is
 * 999615147. Of a country whose registers the library does not know, a number is what has a digit.
 */
export function organisationNumber(text: string, country: string): string | null {
  const written = text.trim().normalize('NFKC').toUpperCase()
  const [whole = '', letters = ''] = PREFIX.exec(written) ?? []
  const named = ELSEWHERE[letters] ?? letters
  const known = registersOf(named).length > 0
  const [home, rest] = known ? [named, written.slice(whole.length)] : [country, written]
  const digits = rest.replaceAll(/[^0-9]/g, '')
  // Noughts alone pass many a check digit and are nobody.
  if (/^0*$/.test(digits)) return null
  const registers = registersOf(home)
  if (registers.length === 0) return /^[\dA-Z][\dA-Z ./-]*$/.test(rest) ? rest : null
  const found = registers
    .flatMap((register) => [register.validate(rest), register.validate(written)])
    .find((result) => result.isValid)
  if (!found?.isValid) return null
  if (home === 'NO') return digits
  const { compact } = found
  return known && !compact.startsWith(letters) ? `${letters}${compact}` : compact
}
