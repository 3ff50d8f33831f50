import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Whether a header is one of the secrets, in the same time whatever is wrong with it. Carriers may put `Bearer` before it. */
export function bringsSecret(header: string | string[] | undefined, secrets: readonly string[]) {
  const given = digest(typeof header === 'string' ? header.replace(/^bearer /i, '') : '')
  return secrets.map((secret) => timingSafeEqual(digest(secret), given)).includes(true)
}
