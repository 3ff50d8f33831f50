import { problemKinds } from '@vilkar/server/problem-kinds.ts'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import type { Response, Schema } from './operations.ts'
import type { Request } from './requests.ts'

export type Answer = { status: number; media: string; text: string }
export type Fault = 'unexplained' | 'undeclared' | 'deviation' | 'leak'
export type Finding = { fault: Fault; why: string }

/** Problems of a 5xx that say what passes by itself: nothing is broken, and the same request will do. */
const EXPLAINED = ['busy', 'overloaded', 'payment-page-not-ready', 'mail-not-settled']

/** What only the inside of a service knows: where code stands, what it asks its database, where that is. */
const INSIDES: [what: string, pattern: RegExp][] = [
  ['a stack', /\bat (async )?[\w.<>]+ \(?(file:|node:|\/)|node_modules|\.ts:\d+/],
  ['SQL', /\b(select|insert into|update|delete from)\b[^.]{1,200}\b(from|values|set|where)\b.*\$\d/i],
  [
    "PostgreSQL's words",
    /violates|invalid input syntax|relation "|column "|duplicate key|SQLSTATE|out of range for type|deadlock/,
  ],
  ['an address of the inside', /postgres(ql)?:\/\/|nats:\/\/|smtp:\/\/|ECONN|ENOTFOUND|EPIPE/],
]

/** Judges answers by the documents: what they declare, what they describe, and what no answer may say. */
export function createJudge({ secret, isSecretFrom }: { secret: string; isSecretFrom: (request: Request) => boolean }) {
  const ajv = formats.default(new Ajv({ strict: false, allErrors: false, validateFormats: true }))
  const compiled = new WeakMap<Schema, ValidateFunction>()
  const check = (schema: Schema) => compiled.getOrInsertComputed(schema, () => ajv.compile(schema))

  function deviationOf(declared: Response, { media, text }: Answer) {
    const contents = Object.entries(declared.content ?? {})
    if (contents.length === 0)
      return text === '' ? undefined : `there is to be no body, and it is ${text.slice(0, 100)}`
    const found = contents.find(([type]) => media === type)
    if (found === undefined)
      return `${media || 'no media type'} is none of ${contents.map(([type]) => type).join(', ')}`
    if (!media.endsWith('json')) return undefined
    const body = parsed(text)
    if (body === undefined) return `it is not JSON: ${text.slice(0, 100)}`
    const validate = check(found[1].schema)
    return validate(body) ? undefined : `${ajv.errorsText(validate.errors)}`
  }

  return (request: Request, answer: Answer): Finding[] => {
    const { status, text } = answer
    const findings: Finding[] = []
    const problem = answer.media === 'application/problem+json' ? (parsed(text) as { type?: string }) : undefined
    const kind = problem?.type?.replace('/problems/', '')
    if (status >= 500 && !EXPLAINED.includes(kind ?? ''))
      findings.push({ fault: 'unexplained', why: `${status} ${text.slice(0, 300)}` })
    const declared = request.operation.responses[status]
    if (declared === undefined) findings.push({ fault: 'undeclared', why: `${status} ${text.slice(0, 200)}` })
    else {
      const why = deviationOf(declared, answer)
      if (why !== undefined) findings.push({ fault: 'deviation', why: `${status}: ${why}` })
    }
    if (status >= 400 && !Object.hasOwn(problemKinds, kind ?? ''))
      findings.push({ fault: 'undeclared', why: `${status} has no page: ${problem?.type}` })
    const inside = INSIDES.find(([, pattern]) => pattern.test(text))
    if (inside) findings.push({ fault: 'leak', why: `${inside[0]}: ${inside[1].exec(text)![0]}` })
    if (isSecretFrom(request) && text.includes(secret))
      findings.push({ fault: 'leak', why: 'what belongs to another customer' })
    return findings
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
