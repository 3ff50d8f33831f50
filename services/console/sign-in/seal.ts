import { createHash } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'

/** SHA-256 in hexadecimal digits. */
export const digest = (text: string) => createHash('sha256').update(text).digest('hex')

const keyOf = (secret: string) => new Uint8Array(createHash('sha256').update(`seal:${secret}`).digest())

/** Seals a text so that only who knows the secret reads it, and nobody changes it (JWE, RFC 7516: `dir` with A256GCM). */
export const seal = (text: string, secret: string) =>
  new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyOf(secret))

/** The text that was sealed with one of the secrets; undefined where it was sealed with none of them, or changed. */
export async function open(sealed: string, secrets: readonly string[]) {
  for (const secret of secrets) {
    const opened = await compactDecrypt(sealed, keyOf(secret)).catch(() => undefined)
    if (opened !== undefined) return new TextDecoder().decode(opened.plaintext)
  }
  return undefined
}
