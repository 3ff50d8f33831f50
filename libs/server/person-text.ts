import { domainToASCII } from 'node:url'
import isEmail from 'validator/lib/isEmail.js'
import isCountryCode from 'validator/lib/isISO31661Alpha2.js'

/** What starts a new line, rings a bell or turns the direction of what is read: no part of a name or an address. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
const WEB_ADDRESS = /:\/\/|\bwww\./i
/** Letters that nobody sees, such as the Hangul filler, are no letters here. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu

/** Whether a text is one line that a person can read: a letter or digit at least, and no address of a web page. */
export const isReadableLine = (text: string) =>
  !CONTROLS.test(text.trim()) && !WEB_ADDRESS.test(text) && /[\p{L}\p{N}]/u.test(text.replace(INVISIBLE, ''))

/** A readable line as it is kept: without blanks around it, its letters composed (Unicode NFC). */
export const asKept = (text: string) => text.trim().normalize('NFC')

/** Whether it is a country of ISO 3166-1, in capitals as the standard writes it. */
export const isCountry = (text: string) => /^[A-Z]{2}$/.test(text) && isCountryCode.default(text)

/**
 * An e-mail address as mail servers take it: the lengths of RFC 5321 § 4.5.3.1, no quoted name, and a domain in other
 * letters than ASCII as IDNA writes it (blåbær.no is xn--blbr-roah.no). Null when it is none.
 */
export function asciiEmail(text: string): string | null {
  const [, local = '', domain = ''] = /^(.+)@([^@]+)$/s.exec(text.trim()) ?? []
  const ascii = `${local}@${/[^ -~]/.test(domain) ? domainToASCII(domain) : domain}`
  const good = isEmail.default(ascii, { allow_utf8_local_part: false, blacklisted_chars: '"\\\\' })
  return good ? ascii : null
}
