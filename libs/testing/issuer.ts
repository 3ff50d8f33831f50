import type { Scope } from '@vilkar/server/auth.ts'
import { OAuth2Server } from 'oauth2-mock-server'
import { letPeopleSignIn } from './sign-in-page.ts'

/** The parts people play against the house, and what their tokens allow. */
export const roles = {
  storefront: {
    subject: 'storefront',
    scopes: ['service', 'orders:place', 'orders:read', 'orders:cancel', 'returns:read', 'returns:write', 'privacy:ask'],
  },
  customer: {
    subject: 'customer-1',
    scopes: ['orders:place', 'orders:read', 'orders:cancel', 'returns:read', 'returns:write'],
  },
  support: {
    subject: 'support',
    scopes: [
      'staff',
      'orders:place',
      'orders:read',
      'orders:cancel',
      'shipments:read',
      'returns:read',
      'returns:write',
      'privacy:read',
      'privacy:write',
      'privacy:ask',
    ],
  },
  manager: {
    subject: 'manager',
    scopes: ['staff', 'orders:read', 'shipments:read', 'returns:read', 'returns:approve', 'accounts:read'],
  },
  warehouse: {
    subject: 'warehouse',
    scopes: ['staff', 'products:write', 'shipments:read', 'shipments:write', 'returns:read', 'returns:write'],
  },
  /** A system of the shop's own that holds personal data. */
  holder: { subject: 'photo-store', scopes: ['holdings:write'] },
  /** The privacy service itself, which asks the others what they hold of a person. */
  privacy: { subject: 'privacy', scopes: ['service', 'privacy:read'] },
  mailer: { subject: 'mail-provider', scopes: ['mail:events'] },
} satisfies Record<string, { subject: string; scopes: Scope[] }>
export type Role = keyof typeof roles

const TOKEN_LIFETIME_SECONDS = 30 * 24 * 3600

type TokenRequest = { body?: { grant_type?: string; scope?: string }; headers?: { authorization?: string } }
/** The client of HTTP Basic (RFC 6749 § 2.3.1). */
const clientOf = (header = '') =>
  Buffer.from(header.replace(/^basic /i, ''), 'base64')
    .toString()
    .split(':')[0]
/** Customers' pages about their data, which ask the privacy service by themselves. */
const privacyPages = {
  subject: 'privacy-pages',
  scopes: ['service', 'orders:place', 'privacy:ask', 'privacy:read'] satisfies Scope[],
}

/** A small OpenID Connect issuer on loopback: discovery, published keys and tokens for the asking. For tests and local use. */
export async function startIssuer({ port = 0, audience = 'vilkar' }: { port?: number; audience?: string } = {}) {
  const server = new OAuth2Server()
  await server.issuer.keys.generate('RS256')
  await server.start(port, '127.0.0.1')
  server.issuer.url = `http://127.0.0.1:${server.address().port}`
  letPeopleSignIn(server, { people: roles, audience })
  // Whatever program asks with credentials of its own is the storefront, but for the service that says who it is and for pages that ask to read of privacy.
  server.service.on('beforeTokenSigning', ({ payload }, { body, headers }: TokenRequest) => {
    const isPrivacy = clientOf(headers?.authorization) === 'privacy'
    const other = body?.scope?.includes('privacy:read') ? privacyPages : roles.storefront
    const { subject, scopes } = isPrivacy ? roles.privacy : other
    if (body?.grant_type === 'client_credentials')
      Object.assign(payload, { sub: subject, aud: audience, scope: scopes.join(' ') })
  })
  const tokenFor = (subject: string, scopes: string[], claims: object = {}) =>
    server.issuer.buildToken({
      expiresIn: TOKEN_LIFETIME_SECONDS,
      scopesOrTransform: (_header, payload) => {
        Object.assign(payload, { sub: subject, aud: audience, scope: scopes.join(' ') }, claims)
      },
    })
  return {
    url: server.issuer.url,
    tokenFor,
    token: (role: Role) => tokenFor(roles[role].subject, roles[role].scopes),
    stop: () => server.stop(),
  }
}
export type Issuer = Awaited<ReturnType<typeof startIssuer>>
