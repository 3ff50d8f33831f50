import { createHmac } from 'node:crypto'
import { domainToASCII } from 'node:url'
import { Type } from 'typebox'

/** By what a person may be known to a system. */
export const IdentifierKind = Type.Union([Type.Literal('email'), Type.Literal('phone'), Type.Literal('account')])
export type IdentifierKind = 'email' | 'phone' | 'account'

/** One of them as somebody wrote it. It is hashed at once, and kept nowhere. */
export const Identifier = Type.Object(
  {
    kind: IdentifierKind,
    value: Type.String({
      ...{
        minLength: 3,
        maxLength: 254,
        pattern: '\\S',
        errorMessage: 'must be what the person is known by, and not only blanks',
        examples: ['kari@example.com'],
      },
      description: 'In whatever letters. It is hashed with a key and not kept.',
    }),
  },
  { additionalProperties: false, title: 'Identifier' },
)
export type Identifier = { kind: IdentifierKind; value: string }

/** The keyed hash that a person is known by at one controller: the same person at two controllers has two. */
export const SubjectKeyText = Type.String({
  pattern: '^[0-9a-f]{64}$',
  errorMessage: 'must be a keyed hash as privacy told it: 64 hexadecimal digits',
  description: 'Keyed hash of an identifier.',
})

const NORWEGIAN_NUMBER = /^\d{8}$/

/** A domain in the letters that it is looked up by (RFC 5891): the same whether its own or those are typed. */
function inOneSpelling(address: string) {
  const at = address.lastIndexOf('@')
  const domain = domainToASCII(address.slice(at + 1))
  return at < 0 || domain === '' ? address : `${address.slice(0, at)}@${domain}`
}

/** One spelling of each identifier: letters of one case and form, a telephone number with its country. */
export function normalised({ kind, value }: Identifier): string {
  const text = value.normalize('NFKC').trim()
  if (kind === 'email') return inOneSpelling(text.toLowerCase())
  if (kind === 'account') return text
  const number = text.replace(/[^\d+]/g, '').replace(/^00/, '+')
  return NORWEGIAN_NUMBER.test(number) ? `+47${number}` : number
}

/**
 * Makes the hash by which a person is known: HMAC-SHA-256 of controller, kind and identifier, in hexadecimal. Whoever has no key
 * cannot try the addresses of all people against it (GDPR Art. 4(5), 25(1)).
 */
export const createSubjectKey =
  (secret: string) =>
  ({ controller, ...identifier }: Identifier & { controller: string }): string =>
    createHmac('sha256', secret)
      .update(`${controller}|${identifier.kind}|${normalised(identifier)}`)
      .digest('hex')
export type SubjectKey = ReturnType<typeof createSubjectKey>
