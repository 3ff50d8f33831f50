/** Where a reader leaves with one click, and that one POST is all it takes: RFC 2369 § 3.2, RFC 8058 § 3.1. */
export type UnsubscribeHeaders = { 'List-Unsubscribe': string; 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }

/** What a POST of a mail program carries as a form (RFC 8058 § 3.2). */
export const ONE_CLICK = { field: 'List-Unsubscribe', value: 'One-Click' } as const

/**
 * The headers that every mail of marketing has; `url` answers a POST at once, without any sign-in or cookie. Both have to be among
 * what the mail server signs (DKIM), else mail programs show no button (RFC 8058 § 4).
 */
export const unsubscribeHeaders = (url: string): UnsubscribeHeaders => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': `${ONE_CLICK.field}=${ONE_CLICK.value}`,
})

/** Whether mails of a kind are marketing: the kind is `marketing`, or begins with it, as in `marketing-newsletter`. */
export const isMarketing = (kind: string) => /^marketing(-|$)/.test(kind)

/**
 * Holds that a mail of marketing can be left with one click: an easy way out is in each (markedsføringsloven § 15). Throws for one
 * that has no https address in these headers; on loopback http is enough.
 */
export function assertLeavable(kind: string, headers: Readonly<Record<string, string>> = {}) {
  if (!isMarketing(kind)) return
  const url = URL.parse(/^<(https?:[^<>\s]+)>$/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? '')
  const safe = url?.protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url?.hostname ?? '')
  if (!safe || headers['List-Unsubscribe-Post'] !== `${ONE_CLICK.field}=${ONE_CLICK.value}`)
    throw new Error(`A mail of kind ${kind} is marketing and cannot be left with one click: it is not sent.`)
}
