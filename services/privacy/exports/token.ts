import { renewedToken } from '@vilkar/server/renewed-token.ts'
import type { Config } from '../config.ts'

const SCOPES = 'service privacy:read'
const ISSUER_TIMEOUT_SECONDS = 10

type Variables = Pick<Config, 'AUTH_ISSUER' | 'AUTH_AUDIENCE' | 'AUTH_CLIENT_ID' | 'AUTH_CLIENT_SECRET'>

/** The service's own token, by which it asks the others what they hold. What speaks to issuers is loaded when it is first needed. */
export const createServiceToken = (config: Variables): (() => Promise<string>) =>
  renewedToken(async () => {
    const oidc = await import('openid-client')
    const { AUTH_ISSUER, AUTH_AUDIENCE, AUTH_CLIENT_ID, AUTH_CLIENT_SECRET } = config
    const authentication = AUTH_CLIENT_SECRET === undefined ? oidc.None() : oidc.ClientSecretBasic(AUTH_CLIENT_SECRET)
    const issuer = await oidc.discovery(new URL(AUTH_ISSUER), AUTH_CLIENT_ID, undefined, authentication, {
      timeout: ISSUER_TIMEOUT_SECONDS,
      // The configuration lets http through on loopback only.
      ...(AUTH_ISSUER.startsWith('http:') && { execute: [oidc.allowInsecureRequests] }),
    })
    const tokens = await oidc.clientCredentialsGrant(issuer, { scope: SCOPES, audience: AUTH_AUDIENCE })
    return { token: tokens.access_token, seconds: tokens.expiresIn() }
  })
