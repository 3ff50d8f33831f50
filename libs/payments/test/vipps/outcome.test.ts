import t from 'tap'
import type { Answer } from '../../vipps/outcome.ts'
import { failure } from '../../vipps/outcome.ts'

const NOW = Temporal.Instant.from('2026-11-22T09:30:00Z')
const problem = { type: 'https://httpstatuses.io/400', title: 'Bad Request', status: 400, traceId: 'trace' }
const replyOf = (status: number, body?: unknown, headers = {}): Answer => ({ status, headers, body, whole: true })
const thrown = (properties: object): Answer => ({ error: Object.assign(new Error('about what was sent'), properties) })

const inShort = (answer: Answer) => {
  const found = failure(answer, NOW)
  return `${found.kind} ${'reason' in found ? found.reason : found.cause}`
}

/** `[what came, what it means]` */
const table: [string, Answer, string][] = [
  ['a problem 400', replyOf(400, problem), 'declined invalid_request'],
  ['a problem 403', replyOf(403, problem), 'declined not_allowed'],
  ['a problem 404', replyOf(404, problem), 'declined not_found'],
  ['409, whoever wrote it', replyOf(409), 'unknown conflict'],
  ['401, whoever wrote it', replyOf(401), 'not_sent misconfigured'],
  ['429, whoever wrote it', replyOf(429), 'not_sent throttled'],
  ['a problem 423', replyOf(423, problem), 'not_sent throttled'],
  ['423 without a problem', replyOf(423), 'unknown server_error'],
  ['400 without a problem', replyOf(400, '<html>'), 'unknown server_error'],
  ['404 of the gateway', replyOf(404, { statusCode: 404, message: 'Resource not found' }), 'unknown server_error'],
  ['a problem 408', replyOf(408, problem), 'unknown server_error'],
  ['a problem 500', replyOf(500, problem), 'unknown server_error'],
  ['an unexpected success', replyOf(202, {}), 'unknown bad_response'],
  ['a redirect', replyOf(302), 'unknown bad_response'],
  ['a refused connection', thrown({ code: 'ECONNREFUSED' }), 'not_sent unreachable'],
  ['no route to connect', thrown({ code: 'EHOSTUNREACH', syscall: 'connect' }), 'not_sent unreachable'],
  ['no route while reading', thrown({ code: 'EHOSTUNREACH', syscall: 'read' }), 'unknown connection_lost'],
  ['a reset', thrown({ code: 'ECONNRESET' }), 'unknown connection_lost'],
  ['our own time limit', thrown({ name: 'TimeoutError', code: 23 }), 'unknown timeout'],
  ['garbage', thrown({ name: 'HTTPParserError' }), 'unknown bad_response'],
  ['anything else', thrown({}), 'unknown connection_lost'],
]
for (const [came, answer, meaning] of table)
  t.test(`${came} is ${meaning}`, async (t) => t.equal(inShort(answer), meaning))

t.test('a domain error is known by its number; of what was thrown, only the name is kept', async (t) => {
  const extraDetails = [
    { name: 'field', reason: 'no' },
    { name: 'ErrorCode', reason: '6080' },
  ]
  const refused = failure(replyOf(400, { ...problem, detail: 'Too late.', extraDetails }), NOW)
  t.strictSame(refused.error, {
    httpStatus: 400,
    code: '6080',
    messages: ['Bad Request', 'Too late.'],
    correlationId: 'trace',
  })
  const lost = failure(thrown({ code: 'ECONNRESET' }), NOW)
  t.strictSame(lost.error, { httpStatus: null, code: 'ECONNRESET', messages: [], correlationId: null })
})

t.test('when to come back is told if Vipps tells it in seconds', async (t) => {
  const told = failure(replyOf(429, problem, { 'retry-after': '60' }), NOW)
  t.ok(told.kind === 'not_sent' && told.retryAfter?.equals(NOW.add({ minutes: 1 })))
  const vague = failure(replyOf(429, problem, { 'retry-after': 'soon' }), NOW)
  t.ok(vague.kind === 'not_sent' && vague.retryAfter === null)
})
