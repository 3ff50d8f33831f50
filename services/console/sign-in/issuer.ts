import { systemClock } from '@vilkar/server/clock.ts'
import { decodeJwt } from 'jose'
import * as oidc from 'openid-client'
import type { Config } from '../config.ts'

const ISSUER_TIMEOUT_SECONDS = 5

/** What the issuer gave for somebody: kept in the session, never told to a browser. */
export type SignedIn = {
  subject: string
  name: string
  scopes: string[]
  accessToken: string
  refreshToken?: string
  /** When the access token ends, in milliseconds of the epoch, by the machine's clock. */
  expiresAt: number
}

/** What must come back from the issuer unchanged. */
export type OnTheWay = { state: string; nonce: string; verifier: string; back: string }

/** The console as the issuer's client; its metadata are read when they are first needed, and again where that failed. */
export function createIssuer(config: Config) {
  const callback = new URL('/sign-in/callback', config.PUBLIC_URL).href
  let known: Promise<oidc.Configuration> | undefined
  const metadata = () => {
    known ??= discover(config).catch((error) => {
      known = undefined
      throw error
    })
    return known
  }

  return {
    /** Where to send a browser, and what to remember of it. */
    async begin(back: string): Promise<{ url: string; onTheWay: OnTheWay }> {
      const issuer = await metadata()
      const onTheWay = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        back,
      }
      const url = oidc.buildAuthorizationUrl(issuer, {
        redirect_uri: callback,
        scope: config.AUTH_SCOPES,
        audience: config.AUTH_AUDIENCE,
        state: onTheWay.state,
        nonce: onTheWay.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(onTheWay.verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, onTheWay }
    },

    /** Who came back, by the code in the address. Throws when anything of it is not what was sent. */
    async finish(url: string, { state, nonce, verifier }: OnTheWay): Promise<SignedIn> {
      const tokens = await oidc.authorizationCodeGrant(await metadata(), new URL(url, config.PUBLIC_URL), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()!
      const name = [claims.name, claims.preferred_username, claims.email].find((each) => typeof each === 'string')
      return { ...accessOf(tokens), subject: claims.sub, name: (name as string | undefined) ?? claims.sub }
    },

    /** The same person with another access token; undefined where the issuer gives none any more. */
    async renew(person: SignedIn): Promise<SignedIn | undefined> {
      if (person.refreshToken === undefined) return undefined
      try {
        const tokens = await oidc.refreshTokenGrant(await metadata(), person.refreshToken)
        return { ...person, ...accessOf(tokens), refreshToken: tokens.refresh_token ?? person.refreshToken }
      } catch {
        return undefined
      }
    },

    /** Where the issuer itself signs somebody out, if it says so. */
    async endUrl() {
      const issuer = await metadata()
      return issuer.serverMetadata().end_session_endpoint === undefined
        ? undefined
        : oidc.buildEndSessionUrl(issuer, { post_logout_redirect_uri: new URL('/', config.PUBLIC_URL).href }).href
    },
  }
}
export type Issuer = ReturnType<typeof createIssuer>

/** The issuer's metadata, for one that it knows by this id; without a secret it is a public client. */
export function discover(
  { AUTH_ISSUER, AUTH_CLIENT_ID, AUTH_CLIENT_SECRET }: Config,
  { id, secret }: { id: string; secret?: string } = { id: AUTH_CLIENT_ID, secret: AUTH_CLIENT_SECRET },
) {
  const authentication = secret === undefined ? oidc.None() : oidc.ClientSecretBasic(secret)
  return oidc.discovery(new URL(AUTH_ISSUER), id, undefined, authentication, {
    timeout: ISSUER_TIMEOUT_SECONDS,
    // The configuration lets http through on loopback only.
    ...(AUTH_ISSUER.startsWith('http:') && { execute: [oidc.allowInsecureRequests] }),
  })
}

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers

function accessOf(tokens: Tokens) {
  const seconds = tokens.expiresIn() ?? 300
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    scopes: scopesOf(tokens),
    expiresAt: systemClock.now().epochMilliseconds + seconds * 1_000,
  }
}

/** What the access token allows, where it can be read (RFC 9068), else what the issuer said: for what is shown, not for what is let in. */
function scopesOf({ access_token, scope }: Tokens): string[] {
  try {
    const said = decodeJwt(access_token).scope
    if (typeof said === 'string') return said.split(' ')
  } catch {
    // No JWT: it is for the services alone.
  }
  return (scope ?? '').split(' ').filter((each) => each !== '')
}
