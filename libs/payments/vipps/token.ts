import { field, replied } from '../answer.ts'
import { type Call, createExchange, type Timeouts } from '../exchange.ts'
import { type Answer, failure, type NotSent, said } from './outcome.ts'

/** A token is given up this long before it runs out, so that none runs out on its way. */
const MARGIN_SECONDS = 60

export type Credentials = {
  clientId: string
  clientSecret: string
  subscriptionKey: string
  merchantSerialNumber: string
}
type SenderOptions = Credentials & { baseUrl: string; now(): Temporal.Instant; timeouts?: Timeouts }
type Token = { value: string; usableUntil: Temporal.Instant; accepted: boolean }

/** One call of the ePayment API, with its idempotency key where it changes something. */
export type Send = (call: Omit<Call, 'headers'> & { key?: string }) => Promise<Answer>

/**
 * Sends requests under an access token, which is fetched when one is needed and kept until it has run out. However
 * many calls wait for a token, it is fetched once. A token that cannot be had means that nothing was sent.
 */
export function createSender({ baseUrl, now, timeouts, ...credentials }: SenderOptions) {
  const { exchange, close } = createExchange(baseUrl, { timeouts })
  const identity = {
    'ocp-apim-subscription-key': credentials.subscriptionKey,
    'merchant-serial-number': credentials.merchantSerialNumber,
    'vipps-system-name': 'vilkar',
  }
  let held: Token | null = null
  let underWay: Promise<Token | NotSent> | null = null

  async function fetchToken(): Promise<Token | NotSent> {
    const headers = { ...identity, client_id: credentials.clientId, client_secret: credentials.clientSecret }
    const answer = await exchange({ method: 'POST', path: '/accesstoken/get', headers })
    const body = replied(answer, 200)?.body
    const value = field(body, 'access_token')
    const seconds = Number(field(body, 'expires_in'))
    if (typeof value !== 'string' || !Number.isFinite(seconds)) return noToken(answer, now())
    const usableUntil = now().add({ seconds: Math.max(0, Math.floor(seconds) - MARGIN_SECONDS) })
    held = { value, usableUntil, accepted: false }
    return held
  }

  function currentToken(): Promise<Token | NotSent> {
    if (held !== null && Temporal.Instant.compare(now(), held.usableUntil) < 0) return Promise.resolve(held)
    underWay ??= fetchToken().finally(() => {
      underWay = null
    })
    return underWay
  }

  const send: Send = async ({ key, ...call }) => {
    const token = await currentToken()
    if ('kind' in token) return { notSent: token }
    const headers = { ...identity, authorization: `Bearer ${token.value}`, ...(key && { 'idempotency-key': key }) }
    const answer = await exchange({ ...call, headers })
    if (!('status' in answer)) return answer
    if (answer.status !== 401) {
      token.accepted = true
      return answer
    }
    if (held === token) held = null
    // A token that once was good may be taken back early: the next call gets another. Only a new one accuses us.
    return token.accepted
      ? { notSent: { kind: 'not_sent', cause: 'throttled', retryAfter: now(), error: said(answer) } }
      : answer
  }
  return { send, close }
}

/** Refused credentials are ours to mend; everything else about a token passes. */
function noToken(answer: Answer, now: Temporal.Instant): NotSent {
  const failed = failure(answer, now)
  if (failed.kind === 'not_sent') return failed
  const cause = failed.kind === 'declined' ? 'misconfigured' : 'unreachable'
  return { kind: 'not_sent', cause, retryAfter: null, error: failed.error }
}
