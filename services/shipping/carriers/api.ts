import { createHash } from 'node:crypto'

const TIMEOUT_MS = 10_000
const MAX_BODY_BYTES = 2_000_000

/** A carrier did not answer as it should: with another status, not at all, or with what is no JSON. */
export const carrierFault = (message: string) => new Error(`The carrier failed. ${message}`)

type Call = { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: object | URLSearchParams }

/** Asks a carrier and reads its JSON, whole and within ten seconds, without following it elsewhere; 404 is undefined. */
export async function askCarrier(url: string, { method = 'GET', headers, body }: Call = {}): Promise<unknown> {
  const isForm = body instanceof URLSearchParams
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { accept: 'application/json', ...(body && !isForm && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
  }).catch((error: Error) => {
    throw carrierFault(`No answer (${error.message}).`)
  })
  const text = await textOf(response.body)
  if (response.status === 404) return undefined
  if (!response.ok) throw carrierFault(`It answered with ${response.status}.`)
  if (text === '') return {}
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw carrierFault('It answered with what is no JSON.')
  }
}

async function textOf(body: Response['body']) {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of body ?? []) {
      length += chunk.length
      if (length > MAX_BODY_BYTES) throw new Error('it is too long')
      chunks.push(chunk)
    }
  } catch (error) {
    throw carrierFault(`Its answer broke off (${(error as Error).message}).`)
  }
  return Buffer.concat(chunks).toString()
}

/** Reading of foreign JSON: what is not there, or of another kind, is nothing. */
export const part = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
export const at = (value: unknown, ...path: string[]) => path.reduce(part, value)
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const MAX_TEXT = 200
/** A text with something in it, cut at 200 characters and without what PostgreSQL cannot keep. */
export function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const kept = value.replaceAll('\0', '').toWellFormed().trim().slice(0, MAX_TEXT).toWellFormed()
  return kept === '' ? undefined : kept
}

/** A moment of ISO 8601; one without an offset is of Norway. Undefined for what is none, or is of a year that the database does not keep. */
export function momentOf(value: unknown): string | undefined {
  const moment = instantOf(value)
  return moment !== undefined && /^(?!0000)\d{4}-/.test(moment) ? moment : undefined
}

function instantOf(value: unknown): string | undefined {
  const said = text(value)?.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
  if (said === undefined) return undefined
  try {
    return Temporal.Instant.from(said).toString()
  } catch {}
  try {
    return Temporal.PlainDateTime.from(said).toZonedDateTime('Europe/Oslo').toInstant().toString()
  } catch {
    return undefined
  }
}

/** An event without what is not said; the key is made of all that is, so that nobody can read from it who signed. */
export function eventOf<Said extends object>(said: Said & { code: string; key?: string }) {
  const kept = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
  return { ...kept, key: said.key ?? createHash('sha256').update(JSON.stringify(kept)).digest('base64url') } as Said & {
    code: string
    key: string
  }
}
