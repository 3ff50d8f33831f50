import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import t from 'tap'
import { declined, doubted } from '../../answer.ts'
import { createSender } from '../../klarna/http.ts'
import { failure } from '../../klarna/outcome.ts'
import type { Failure, Intent } from '../../port.ts'

const NOW = Temporal.Instant.from('2026-11-22T09:30:00Z')
const said = (code: string) => ({ error_code: code, error_messages: ['Because.'], correlation_id: 'c-1' })
const inShort = (result: Failure) => `${result.kind} ${'reason' in result ? result.reason : result.cause}`
const of = (status: number, body?: unknown, headers = {}) => failure({ status, headers, body, whole: true }, NOW)

t.test('an answer is a no only when Klarna itself says so', async (t) => {
  const table: [number, unknown, string][] = [
    [400, said('BAD_VALUE'), 'declined invalid_request'],
    [400, said('INVALID_ORDER_ID'), 'declined not_found'],
    [403, said('CAPTURE_NOT_ALLOWED'), 'declined not_allowed'],
    [403, said('PAYMENT_METHOD_FAILED'), 'declined payment_method_failed'],
    [403, said('REJECTED'), 'declined risk_rejected'],
    [404, said('NO_SUCH_ORDER'), 'declined not_found'],
    [413, said('REQUEST_TOO_LARGE'), 'declined invalid_request'],
    [422, said('UNPROCESSABLE_ENTITY'), 'declined invalid_request'],
    [401, undefined, 'not_sent misconfigured'],
    [403, said('MERCHANT_INACTIVE'), 'not_sent misconfigured'],
    [429, said('TOO_MANY_REQUESTS'), 'not_sent throttled'],
    [409, said('CONFLICT'), 'unknown conflict'],
    [400, undefined, 'unknown server_error'],
    [403, { message: 'Blocked by a firewall.' }, 'unknown server_error'],
    [404, undefined, 'unknown server_error'],
    [413, undefined, 'unknown server_error'],
    [408, said('TIMEOUT'), 'unknown server_error'],
    [418, said('TEAPOT'), 'unknown server_error'],
    [425, undefined, 'unknown server_error'],
    [500, said('INTERNAL_SERVER_ERROR'), 'unknown server_error'],
    [502, undefined, 'unknown server_error'],
    [503, said('TEMPORARILY_UNAVAILABLE'), 'unknown server_error'],
    [200, {}, 'unknown bad_response'],
    [202, undefined, 'unknown bad_response'],
    [302, undefined, 'unknown bad_response'],
  ]
  for (const [status, body, expected] of table) {
    t.equal(inShort(of(status, body)), expected, `${status} ${JSON.stringify(body)}`)
  }
})

t.test('only an error before the connection stood means that nothing was sent', async (t) => {
  const table: [object, string][] = [
    [{ code: 'ECONNREFUSED' }, 'not_sent unreachable'],
    [{ code: 'ENOTFOUND' }, 'not_sent unreachable'],
    [{ code: 'EAI_AGAIN' }, 'not_sent unreachable'],
    [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'not_sent unreachable'],
    [{ code: 'EHOSTUNREACH', syscall: 'connect' }, 'not_sent unreachable'],
    [{ code: 'EHOSTUNREACH', syscall: 'read' }, 'unknown connection_lost'],
    [{ code: 'ECONNRESET' }, 'unknown connection_lost'],
    [{ code: 'UND_ERR_SOCKET' }, 'unknown connection_lost'],
    [{ name: 'TimeoutError', code: 23 }, 'unknown timeout'],
    [{ name: 'HeadersTimeoutError', code: 'UND_ERR_HEADERS_TIMEOUT' }, 'unknown timeout'],
    [{ name: 'HTTPParserError' }, 'unknown bad_response'],
    [new Error('never seen before'), 'unknown connection_lost'],
    [{}, 'unknown connection_lost'],
  ]
  for (const [error, expected] of table) t.equal(inShort(failure({ error }, NOW)), expected, JSON.stringify(error))
  t.equal(inShort(failure({ error: undefined }, NOW)), 'unknown connection_lost')
})

t.test('what the provider said is kept for people, cut to a size', async (t) => {
  const { error } = of(403, { ...said('NOT_ALLOWED'), error_messages: ['x'.repeat(9_999), 7, ...Array(99).fill('y')] })
  t.strictSame([error.httpStatus, error.code, error.correlationId], [403, 'NOT_ALLOWED', 'c-1'])
  t.strictSame([error.messages.length, error.messages[0]?.length, error.messages[1]], [10, 500, '7'])
})

t.test('the time to come back is told when it is told in seconds', async (t) => {
  const retryAfter = (header: unknown) => {
    const result = of(429, undefined, { 'retry-after': header })
    return result.kind === 'not_sent' ? result.retryAfter?.toString() : 'wrong'
  }
  t.equal(retryAfter('30'), '2026-11-22T09:30:30Z')
  for (const header of ['soon', '-1', '9'.repeat(20), undefined, ['1', '2']]) t.equal(retryAfter(header), undefined)
})

t.test('after an unknown attempt no refusal is believed', async (t) => {
  const intent: Intent = { intentId: 'i', attempt: 1, idempotencyKey: 'k', firstSentAt: NOW }
  const refused = declined('invalid_request', 'No.')
  t.equal(doubted(intent, refused), refused)
  t.equal(doubted({ ...intent, earlierUnknown: true }, refused).kind, 'unknown')
})

t.test('what is no HTTP at all, and an answer without end, are unknown', async (t) => {
  const endless = `HTTP/1.1 200 OK\r\ncontent-length: 5000001\r\n\r\n${' '.repeat(4_100_000)}`
  for (const [text, expected] of [
    ['garbage\r\n\r\n', 'unknown bad_response'],
    [endless, 'unknown bad_response'],
  ] as const) {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.write(text))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.teardown(() => server.close())
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { send, close } = createSender({ baseUrl, username: 'u', password: 'p' })
    t.teardown(close)
    const answer = await send({ method: 'GET', path: '/' })
    t.equal(inShort(failure(answer, NOW)), expected)
  }
})
