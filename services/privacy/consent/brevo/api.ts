import type { Agent } from 'undici'

const CONNECT_TIMEOUT_MS = 5_000
/** How long one call may take, the answer read. */
const CALL_TIMEOUT_MS = 10_000
const MAX_CONNECTIONS = 2
const MAX_SAID = 500

/**
 * What came of a call. `done`: as asked, or so before. `refused`: Brevo never will, such as an address that is none. `later`: not
 * now, in so many seconds if it said so. `unknown`: no answer, so that it may have happened or happen yet.
 */
export type Outcome =
  | { outcome: 'done' }
  | { outcome: 'refused' | 'later' | 'unknown'; said: string; afterSeconds?: number }

export type BrevoOptions = { baseUrl: string; apiKey: string; timeoutMs?: number }

/** One call of Brevo's API; `answered` is the body as it came. */
function createCaller({ baseUrl, apiKey, timeoutMs = CALL_TIMEOUT_MS }: BrevoOptions) {
  let agent: Agent | undefined

  async function call(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Outcome & { status?: number; answered?: string }> {
    try {
      const { Agent, request } = await import('undici')
      agent ??= new Agent({
        ...{ connections: MAX_CONNECTIONS, connect: { timeout: CONNECT_TIMEOUT_MS } },
        ...{ headersTimeout: timeoutMs, bodyTimeout: timeoutMs },
      })
      const {
        statusCode,
        headers,
        body: answer,
      } = await request(`${baseUrl}/v3${path}`, {
        dispatcher: agent,
        method,
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'api-key': apiKey, accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
        body: body ? JSON.stringify(body) : null,
      })
      const answered = await answer.text()
      return {
        ...outcomeOf(statusCode, codeOf(answered), Number(headers['retry-after'])),
        status: statusCode,
        answered,
      }
    } catch (error) {
      // Without its message, which may have what was sent in it.
      return { outcome: 'unknown', said: error instanceof Error ? error.name : 'no answer' }
    }
  }
  return { call, close: async () => agent?.close() }
}

/**
 * Contacts at Brevo, known there by EXT_ID, which is the keyed hash of ours. Nothing is repeated here, and nothing throws.
 * Source: Brevo's API v3, "Create a contact", "Get a contact's details", "Update a contact" and "Delete a contact".
 */
export function createBrevo(options: BrevoOptions) {
  const { call, close } = createCaller(options)
  const byHash = (subject: string) => `/contacts/${encodeURIComponent(subject)}?identifierType=ext_id`
  const goneIsDone = async (calling: ReturnType<typeof call>): Promise<Outcome> => {
    const { status, answered: _, ...outcome } = await calling
    return status === 404 ? { outcome: 'done' } : outcome
  }

  return {
    /** Makes the contact or brings it up to date: the address, on these lists. */
    upsert: async ({
      subject,
      email,
      listIds,
    }: {
      subject: string
      email: string
      listIds: number[]
    }): Promise<Outcome> => {
      const {
        status: _,
        answered: __,
        ...outcome
      } = await call('POST', '/contacts', {
        email,
        ext_id: subject,
        listIds,
        updateEnabled: true,
      })
      return outcome
    },
    /** Takes the contact off lists; of one that is not there nothing is left to do. */
    unsubscribe: (subject: string, unlinkListIds: number[]) =>
      goneIsDone(call('PUT', byHash(subject), { unlinkListIds })),
    /** Removes the contact with all that Brevo has of it. */
    remove: (subject: string) => goneIsDone(call('DELETE', byHash(subject))),
    /** The address of the contact; none where there is no such contact. */
    address: async (subject: string): Promise<{ to?: string } | { silent: string }> => {
      const { status, answered, ...outcome } = await call('GET', byHash(subject))
      if (status === 404) return {}
      return outcome.outcome === 'done' ? emailIn(answered ?? '') : { silent: outcome.said }
    },
    close,
  }
}
export type Brevo = ReturnType<typeof createBrevo>

/** The account that the environment names; none where it names none. */
export const brevoOf = ({ BREVO_URL, BREVO_API_KEY }: { BREVO_URL: string; BREVO_API_KEY?: string }) =>
  BREVO_API_KEY === undefined
    ? undefined
    : createBrevo({ baseUrl: BREVO_URL.replace(/\/+$/, ''), apiKey: BREVO_API_KEY })

function outcomeOf(status: number, code: string, retryAfter: number): Outcome {
  if (status >= 200 && status < 300) return { outcome: 'done' }
  const said = `${status} ${code}`.trim()
  if (status === 400 && code === 'invalid_parameter') return { outcome: 'refused', said }
  if (status >= 500) return { outcome: 'unknown', said }
  return { outcome: 'later', said, ...(retryAfter > 0 && { afterSeconds: Math.min(retryAfter, 3_600) }) }
}

function emailIn(text: string): { to: string } | { silent: string } {
  try {
    const { email } = JSON.parse(text) as { email?: unknown }
    return typeof email === 'string' && email.includes('@') ? { to: email } : { silent: 'an answer without an address' }
  } catch {
    return { silent: 'an answer that is not whole' }
  }
}

/** Brevo's own word for what is wrong, and nothing of its sentence, which may repeat an address. */
function codeOf(text: string) {
  try {
    const { code } = JSON.parse(text.slice(0, MAX_SAID)) as { code?: unknown }
    return typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? code : ''
  } catch {
    return ''
  }
}
