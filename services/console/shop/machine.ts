import { systemClock } from '@vilkar/server/clock.ts'
import * as oidc from 'openid-client'
import type { Config } from '../config.ts'
import { discover } from '../sign-in/issuer.ts'

const SCOPES = 'service orders:place orders:read'
/** A token that ends within this is not used any more. */
const RENEWED_BEFORE_MS = 30_000

/**
 * The shop's own token (client credentials, RFC 6749 § 4.4), asked for when it is first needed and again before it ends. Whoever asks
 * while one is on its way gets the same.
 */
export function createMachine(config: Config, id: string) {
  let known: { token: Promise<string>; good: () => boolean } | undefined

  async function ask() {
    const issuer = await discover(config, { id, secret: config.SHOP_CLIENT_SECRET })
    const tokens = await oidc.clientCredentialsGrant(issuer, { scope: SCOPES, audience: config.AUTH_AUDIENCE })
    const ends = systemClock.now().epochMilliseconds + (tokens.expiresIn() ?? 300) * 1_000
    if (known) known.good = () => ends - RENEWED_BEFORE_MS > systemClock.now().epochMilliseconds
    return tokens.access_token
  }

  return function token(): Promise<string> {
    if (known?.good()) return known.token
    const asking = { token: ask(), good: () => true }
    known = asking
    asking.token.catch(() => {
      if (known === asking) known = undefined
    })
    return asking.token
  }
}
