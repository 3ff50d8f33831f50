import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const [NONCE, TAG] = [12, 16]

/**
 * Seals what must travel and not be read on the way, such as an address in a link: AES-256-GCM (NIST SP 800-38D) under a key that is
 * derived from `secret` (HKDF, RFC 5869). Opening throws for what is not whole or was sealed under another.
 */
export function createSeal(secret: string) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'consent', 32))
  function sealBytes(content: Uint8Array) {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv(ALGORITHM, key, nonce)
    const sealed = Buffer.concat([cipher.update(content), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
  }
  function openBytes(bytes: Buffer) {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()])
  }
  return {
    sealBytes,
    openBytes,
    seal: (content: object) => sealBytes(Buffer.from(JSON.stringify(content))).toString('base64url'),
    open: <Content>(text: string): Content => JSON.parse(openBytes(Buffer.from(text, 'base64url')).toString('utf8')),
  }
}
export type Seal = ReturnType<typeof createSeal>
