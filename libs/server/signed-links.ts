import { createHash } from 'node:crypto'
import { httpError } from './problems.ts'

const ALGORITHM = 'HS256'
/** What it is to be signed with: RFC 7518 § 3.2 wants at least as many bits as the hash has. */
export const LINK_SECRETS = '^[A-Za-z0-9_-]{32,200}( *, *[A-Za-z0-9_-]{32,200})*$'

/** The purpose of a link that lets its bearer see what one order entitles to, and withdraw from it; the subject is the order. */
export const ORDER_LINK = 'order'

/**
 * A link to one order for whom it is written to, by the address: it is good for as long as that is the order's, so that a mail that
 * went to a stranger opens nothing once the address is corrected.
 */
export const orderLink = (orderId: string, email: string) => ({
  ...{ purpose: ORDER_LINK, subject: orderId, content: { to: linkAddress(orderId, email) } },
})

/** Whether what a link carries is for an address that an order is written to. */
export const isForAddress = (content: unknown, orderId: string, email: string | undefined) =>
  email !== undefined && isForLinkAddress(content, linkAddress(orderId, email))

/** The same, for who keeps of the address no more than what links carry of it. */
export const isForLinkAddress = (content: unknown, address: string) =>
  (content as { to?: unknown } | undefined)?.to === address

/** What links to an order carry of the address that they are mailed to: a hash, of which nobody reads the address. */
export const linkAddress = (orderId: string, email: string) =>
  createHash('sha256').update(`${orderId} ${email.toLowerCase()}`).digest('base64url').slice(0, 22)

export type SignedLink = {
  /** What it may be used for, and for nothing else. */
  purpose: string
  /** The one thing that it is about, such as an order. */
  subject: string
  /** RFC 3339; left out, it is good for as long as its secret. */
  expiresAt?: string
  /** What else it carries: readable by whoever has it. */
  content?: object
}

/**
 * Links that let their bearer do one thing with one thing until they end, as JSON Web Tokens (RFC 7519, HS256). The first of
 * `secrets` signs; links of all of them are good, so that a secret is replaced by putting another before it and taken away
 * once what it signed has ended. Expiry is judged by `now`.
 */
export function createSignedLinks({ secrets, now }: { secrets: string; now: () => Temporal.Instant }) {
  const keys = new Map(secrets.split(',').map((secret) => keyOf(secret.trim())))
  const [[kid, key]] = [...keys] as [[string, Uint8Array]]
  // The parts of one answer ask at once, and all by the same link.
  const underWay = new Map<string, Promise<Read>>()
  async function read(token: string, purpose: string): Promise<Read> {
    // Loaded by the first link that is read or signed, since few processes see one soon.
    const { decodeProtectedHeader, jwtVerify } = await import('jose')
    try {
      const known = keys.get(decodeProtectedHeader(token).kid ?? '')
      if (known === undefined) throw new Error('Signed with no secret of ours.')
      const { payload } = await jwtVerify(token, known, {
        algorithms: [ALGORITHM],
        audience: purpose,
        requiredClaims: ['sub'],
        currentDate: new Date(now().epochMilliseconds),
      })
      return { subject: payload.sub!, content: payload.content }
    } catch {
      throw linkUnknown()
    }
  }
  return {
    /** The token; the same words sign to another one only when the secret or the moment of expiry is another. */
    async sign({ purpose, subject, expiresAt, content }: SignedLink) {
      const { SignJWT } = await import('jose')
      const token = new SignJWT({ ...(content && { content }) })
        .setProtectedHeader({ alg: ALGORITHM, kid })
        .setAudience(purpose)
        .setSubject(subject)
      if (expiresAt) token.setExpirationTime(Math.floor(Temporal.Instant.from(expiresAt).epochMilliseconds / 1000))
      return token.sign(key)
    },
    /** What the link is about. Throws a 404 problem for one that is forged, is for another purpose or has ended. */
    read: (token: string, purpose: string): Promise<Read> =>
      underWay.getOrInsertComputed(`${purpose} ${token}`, (asked) =>
        read(token, purpose).finally(() => underWay.delete(asked)),
      ),
  }
}
type Read = { subject: string; content?: unknown }

/** The page where a customer sees one order without signing in, with their own link behind `?link=`: it is good for as long as its secret. */
export async function linkedOrderPage(
  links: Pick<SignedLinks, 'sign'>,
  page: string,
  { orderId, email }: { orderId: string; email: string },
): Promise<string> {
  const url = new URL(page)
  url.searchParams.set('link', await links.sign(orderLink(orderId, email)))
  return url.href
}

/** What a link that opens nothing is answered. */
export const linkUnknown = () =>
  httpError(404, 'link-unknown', 'The link is not whole, is for something else, or is not good any more.')

export type SignedLinks = ReturnType<typeof createSignedLinks>

/** A secret is told apart by the beginning of its hash, so that nobody has to name it. */
const keyOf = (secret: string): [string, Uint8Array] => [
  createHash('sha256').update(secret).digest('base64url').slice(0, 8),
  new TextEncoder().encode(secret),
]
