import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Notification } from '../port.ts'

/**
 * The headers under which Vipps MobilePay sends a webhook: Webhooks API, "Request authentication". `secret` is what the
 * registration of the webhook gave, `date` an HTTP date (RFC 9110).
 */
export function signatureOf({ url, body, date, secret }: { url: string; body: string; date: string; secret: string }) {
  const { pathname, search, host } = new URL(url)
  const hash = createHash('sha256').update(body).digest('base64')
  const signed = `POST\n${pathname}${search}\n${date};${host};${hash}`
  const signature = createHmac('sha256', secret).update(signed).digest('base64')
  return {
    'x-ms-date': date,
    'x-ms-content-sha256': hash,
    authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
  }
}

/** Whether a webhook was sent to this address by somebody who has the secret. One that is sent again is a hint again. */
export function isSigned({ url, headers, body }: Notification, secret: string): boolean {
  const { authorization, 'x-ms-date': date } = headers
  if (typeof authorization !== 'string' || typeof date !== 'string') return false
  const expected = Buffer.from(signatureOf({ url, body, date, secret }).authorization)
  const given = Buffer.from(authorization)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
