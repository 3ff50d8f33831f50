import type { Reason } from '@vilkar/terms/ruling/ruling.ts'

const PLAIN = /^[ !#-[\]-~]*$/
const NOT_ASCII = /[^\0-\x7f]/g
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
/** JSON in ASCII (RFC 8259 section 7): its bytes are its characters, and nothing needs to be encoded when it is sent. */
const ascii = (value: unknown) => JSON.stringify(value).replace(NOT_ASCII, escaped)

// The reasons are constants of the clause files, and nine tenths of an answer's text: each is written once per process.
const written = new WeakMap<Reason, string>()
const reasonJson = (reason: Reason) => written.getOrInsertComputed(reason, ascii)

/** `JSON.stringify` of entitlements, or of the eligibility in them, several times as fast. */
export function entitlementsJson(entitlements: object): string {
  // Lines that are alike share their rulings, so that each ruling of an answer is written once.
  const rulings = new Map<object, string>()

  function json(value: unknown): string {
    if (typeof value === 'string') return PLAIN.test(value) ? `"${value}"` : ascii(value)
    if (typeof value !== 'object' || value === null) return String(value)
    if (Array.isArray(value)) return arrayJson(value, json)
    return 'reasons' in value ? rulings.getOrInsertComputed(value, objectJson) : objectJson(value)
  }
  function objectJson(value: object): string {
    let text = ''
    for (const key in value) {
      const member = value[key as keyof typeof value] as unknown
      if (member === undefined) continue
      const memberText = key === 'reasons' ? arrayJson(member as Reason[], reasonJson) : json(member)
      text += text === '' ? `{"${key}":${memberText}` : `,"${key}":${memberText}`
    }
    return text === '' ? '{}' : `${text}}`
  }
  return objectJson(entitlements)
}

function arrayJson<Member>(members: readonly Member[], write: (member: Member) => string) {
  let text = ''
  for (const member of members) text += text === '' ? `[${write(member)}` : `,${write(member)}`
  return text === '' ? '[]' : `${text}]`
}
