import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Reply } from '@vilkar/simulator/reply.ts'

/** How long a token lasts in Vipps' test environment. */
const TOKEN_SECONDS = 3_600
const MAX_TOKENS = 1_000

export type Credentials = {
  clientId: string
  clientSecret: string
  subscriptionKey: string
  merchantSerialNumber: string
}

/** What Vipps' gateway says to those whom it does not let in; not one of Vipps' own problems. */
const DENIED: Reply = { status: 401, body: { statusCode: 401, message: 'Access denied.' } }

/** The doorkeeper: gives tokens for credentials, and knows those that are still good. */
export function createAccess(credentials: Credentials, now: () => Temporal.Instant) {
  const tokens = new Map<string, Temporal.Instant>()
  const isUnit = (headers: IncomingHttpHeaders) =>
    headers['ocp-apim-subscription-key'] === credentials.subscriptionKey &&
    headers['merchant-serial-number'] === credentials.merchantSerialNumber

  return {
    issue(headers: IncomingHttpHeaders): Reply {
      const known = headers.client_id === credentials.clientId && headers.client_secret === credentials.clientSecret
      if (!known || !isUnit(headers)) return DENIED
      const access_token = `simulated-${randomUUID()}`
      tokens.set(access_token, now().add({ seconds: TOKEN_SECONDS }))
      if (tokens.size > MAX_TOKENS) tokens.delete(tokens.keys().next().value!)
      return { status: 200, body: { token_type: 'Bearer', expires_in: String(TOKEN_SECONDS), access_token } }
    },
    /** Null when the caller may come in. */
    refusal(headers: IncomingHttpHeaders): Reply | null {
      const until = tokens.get(headers.authorization?.replace(/^Bearer /, '') ?? '')
      const good = until !== undefined && Temporal.Instant.compare(now(), until) < 0
      return good && isUnit(headers) ? null : DENIED
    },
    /** Takes all tokens back before they have run out. */
    revoke: () => tokens.clear(),
  }
}
export type Access = ReturnType<typeof createAccess>
