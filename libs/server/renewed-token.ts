import { systemClock } from './clock.ts'

/** A token that ends within this is not used any more. */
const RENEWED_BEFORE_MS = 30_000
/** How long a token is good whose issuer does not say. */
const UNSAID_SECONDS = 300

/** What an issuer gave, and for how many seconds it is good. */
export type Given = { token: string; seconds: number | undefined }

/**
 * A program's own token (client credentials, RFC 6749 § 4.4), asked for when it is first needed and again before it ends. Whoever asks
 * while one is on its way gets the same; where it could not be had, the next one asks again.
 */
export function renewedToken(ask: () => Promise<Given>): () => Promise<string> {
  let known: { token: Promise<string>; good: () => boolean } | undefined
  return () => {
    if (known?.good()) return known.token
    const asking = { token: Promise.resolve(''), good: () => true }
    asking.token = ask().then(({ token, seconds = UNSAID_SECONDS }) => {
      const ends = systemClock.now().epochMilliseconds + seconds * 1_000
      asking.good = () => ends - RENEWED_BEFORE_MS > systemClock.now().epochMilliseconds
      return token
    })
    known = asking
    asking.token.catch(() => {
      if (known === asking) known = undefined
    })
    return asking.token
  }
}
