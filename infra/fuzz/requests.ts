import type { Random } from '@vilkar/storm/random.ts'
import fc from 'fast-check'
import { bodyTexts, hostileValues, mutateBody } from './mutations.ts'
import type { Operation, Parameter } from './operations.ts'
import type { Values } from './values.ts'

/** Who asks: `all` has every scope and staff's, `stranger` what a customer has and no order that others placed. */
export type Party = 'all' | 'stranger' | 'nobody' | 'liar'
export type Kind = 'valid' | 'mutated' | 'hostile'
export type Request = {
  no: number
  kind: Kind
  operation: Operation
  party: Party
  path: string
  headers: Record<string, string>
  body?: string
}

const PARTIES: Party[] = ['all', 'all', 'all', 'all', 'all', 'all', 'stranger', 'stranger', 'nobody', 'liar']
const KINDS: Kind[] = ['valid', 'valid', 'mutated', 'mutated', 'hostile']
const MEDIA = [
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'application/xml',
  '',
  'application/json;;',
  'x',
]
const HEADERS = [
  'accept',
  'accept-language',
  'if-none-match',
  'idempotency-key',
  'x-forwarded-for',
  'content-type',
  'x-request-id',
]

/** What a header may hold (RFC 9110 § 5.5): visible characters and spaces. */
const headerText = fc.stringMatching(/^[!-~]([ -~]{0,80}[!-~])?$/)

/** Makes the next request of a seed, of these kinds and parties: the same one for the same answers so far. */
export function createRequests(
  random: Random,
  operations: Operation[],
  { valueFor, draw }: Values,
  { kinds = KINDS, parties = PARTIES }: { kinds?: Kind[]; parties?: Party[] } = {},
) {
  let no = 0
  const inPlace = (parameters: Parameter[], place: Parameter['in'], kind: Kind, resource = '') =>
    parameters
      .filter((parameter) => parameter.in === place && (parameter.required || place === 'header' || random.chance(0.4)))
      .map(({ name, schema }) => {
        const wrong = kind === 'hostile' ? random.chance(0.5) : kind === 'mutated' && random.chance(0.2)
        return [name, String(wrong ? random.pick(hostileValues) : valueFor(schema, name, resource))] as const
      })

  function pathOf({ path, parameters }: Operation, kind: Kind) {
    const filled = inPlace(
      parameters.map((each) => ({ ...each, required: true })),
      'path',
      kind,
      resourceOf(path),
    ).reduce((url, [name, value]) => url.replace(`{${name}}`, encoded(value)), path)
    const query = inPlace(parameters, 'query', kind).map(([name, value]) => `${name}=${encoded(value)}`)
    if (kind !== 'valid' && random.chance(0.15))
      query.push(
        `${random.pick(['unheard', '__proto__', 'limit', 'after', 'at'])}=${encoded(String(random.pick(hostileValues)))}`,
      )
    return query.length === 0 ? filled : `${filled}?${query.join('&')}`
  }

  function bodyOf({ body }: Operation, kind: Kind) {
    if (body === undefined) return random.chance(0.5) ? undefined : random.pick(bodyTexts)
    if (kind === 'hostile' && random.chance(0.3)) return random.pick(bodyTexts)
    const value = valueFor(body)
    return JSON.stringify(kind === 'valid' ? value : mutateBody(value, random, kind))
  }

  function headersOf({ parameters }: Operation, kind: Kind) {
    const own: Record<string, string> = Object.fromEntries(inPlace(parameters, 'header', 'valid'))
    for (const name of ['if-match', 'if-none-match'])
      if (name in own) {
        delete own[name]
        if (random.chance(0.3)) own[name] = random.chance(0.5) ? '*' : draw(headerText)
      }
    if ('idempotency-key' in own) own['idempotency-key'] = `key-${random.between(1, 1_000_000)}`
    if (kind === 'valid' || random.chance(0.7)) return own
    const value = draw(headerText)
    return { ...own, [random.pick(HEADERS)]: value }
  }

  return {
    next(): Request {
      no += 1
      const operation = random.pick(operations)
      const kind = random.pick(kinds)
      const withBody = ['POST', 'PUT', 'PATCH'].includes(operation.method)
      const body = withBody ? bodyOf(operation, kind) : undefined
      const media = kind === 'hostile' && random.chance(0.15) ? random.pick(MEDIA) : 'application/json'
      return {
        ...{ no, kind, operation, party: random.pick(parties), path: pathOf(operation, kind) },
        headers: {
          ...headersOf(operation, kind),
          ...(body !== undefined && media !== '' && { 'content-type': media }),
        },
        ...(body !== undefined && { body }),
      }
    },
  }
}

/** What a path is about: `orders` of `/orders/{id}/history`, `operations` of `/payments/operations/{id}/retry`. */
export const resourceOf = (path: string) => /([a-z-]+)\/\{/.exec(path)?.[1] ?? path.split('/').at(-1)!

/** Hostile values that are themselves encoded, well or badly, and are sent as they are. */
const ENCODED = new Set(['%', '%zz', '%00', '%ED%A0%BD', '..%2f..%2fetc'])

/** Percent-encoded, unless it is encoded. A lone surrogate has no encoding: its bytes are sent. */
function encoded(value: string) {
  if (ENCODED.has(value)) return value
  return value.isWellFormed() ? encodeURIComponent(value) : '%ED%A0%BD'
}
