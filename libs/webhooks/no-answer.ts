const NOT_SENT = 'NOT_SENT'

/** We do not send there; the message says why, in words for whoever gave the address. */
export const notSent = (why: string) => Object.assign(new Error(why), { code: NOT_SENT })

const words: readonly (readonly [code: RegExp, said: string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'The host was not found.'],
  [/^ECONNREFUSED$/, 'The host refused the connection.'],
  [/^(EHOSTUNREACH|ENETUNREACH)$/, 'The host cannot be reached.'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'The connection broke off before there was an answer.'],
  [/TIMEOUT|^ETIMEDOUT$/, 'No answer came in time.'],
  [/^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/, 'The certificate of the host is not trusted.'],
]

/** Why a webhook had no answer, in words for whoever reads its deliveries; what a library says of it is for nobody else. */
export function whyNoAnswer(error: unknown): string {
  const { code = '', name, message } = (error ?? {}) as { code?: string; name?: string; message?: string }
  if (code === NOT_SENT) return message!
  if (name === 'TimeoutError' || name === 'AbortError') return 'No answer came in time.'
  return words.find(([known]) => known.test(code))?.[1] ?? 'There was no answer.'
}
