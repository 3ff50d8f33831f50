import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Issue, invalidInput } from './invalid-input.ts'
import { PROBLEM_MEDIA_TYPE, type Problem, problem } from './problems.ts'
import { DEADLOCK } from './transact.ts'

export const BODY_LIMIT_BYTES = 256 * 1024
/** PostgreSQL's SQLSTATEs for a lock that was not to be had in time, and for a statement that took too long. */
const LOCK_NOT_AVAILABLE = '55P03'
const QUERY_CANCELED = '57014'
/**
 * SQLSTATEs of values that PostgreSQL cannot read or keep: text too long, number out of range, no such moment, no such
 * character, no such UUID. The schemas catch them before; what slips through is still the caller's value.
 */
const UNREADABLE = new Set(['22001', '22003', '22007', '22008', '22009', '22021', '22P02', '22P03', '22P05'])

/** Events of one thing are numbered: what is told of an id that is another thing's comes in its way. */
const TOLD_OF = /^outbox.*aggregate/

type Fault = FastifyError & { problem?: Problem }

/** Whatever goes wrong behind a route, or finds none, is answered with a problem (RFC 9457). */
export function answerWithProblems(server: FastifyInstance) {
  server.setErrorHandler<Fault>(answerFault)
  server.setNotFoundHandler(({ method, url }, reply) => {
    const detail = `There is no ${method} ${url.split('?')[0]} here; see /docs.`
    return send(reply, problem(404, 'route-unknown', detail))
  })
  // An Expect that we do not know (RFC 9110 § 10.1.1) never becomes a request.
  server.server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.stringify(problem(417, 'expectation-failed', 'Leave the Expect header out.'))
    const headers = {
      'content-type': PROBLEM_MEDIA_TYPE,
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    }
    response.writeHead(417, headers).end(body)
  })
}

/** Answers what was thrown. Also what the router says of a path that it cannot read, which passes no hook. */
export function answerFault(error: Fault, request: FastifyRequest, reply: FastifyReply) {
  const answer = error.problem ?? problemOf(error, request.routeOptions?.bodyLimit)
  if (answer.status >= 500 && error.problem === undefined)
    request.log.error({ err: error, method: request.method, url: request.url }, 'a request failed')
  else if (UNREADABLE.has(error.code))
    request.log.warn({ err: error, method: request.method }, 'a value was refused by the database only')
  if (answer.status === 401) reply.header('www-authenticate', 'Bearer')
  return send(reply, answer)
}

const send = (reply: FastifyReply, answer: Problem) => {
  // What is written already goes out as it is: a problem is JSON even where the route writes something else.
  const body = JSON.stringify(answer)
  return reply
    .status(answer.status)
    .type(PROBLEM_MEDIA_TYPE)
    .serializer((text: unknown) => text as string)
    .send(body)
}

const CLIENT_ERRORS: Record<string, [status: number, reason: string, kind: string, detail: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'request-timeout', 'The request did not arrive whole in time.'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'headers-too-large', 'The headers are too large.'],
}

/** Answers what is no request at all, on the socket that it came by, and ends that. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket) {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy()
  const [status, reason, kind, detail] = CLIENT_ERRORS[error.code ?? ''] ?? [
    ...([400, 'Bad Request', 'malformed-request', 'This is no HTTP request that can be read.'] as const),
  ]
  const body = JSON.stringify(problem(status, kind, detail))
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    `content-type: ${PROBLEM_MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

function problemOf(error: FastifyError, bodyLimit = BODY_LIMIT_BYTES): Problem {
  if (error.validation) return invalidInput(error.validationContext ?? 'body', error.validation as Issue[])
  switch (error.code) {
    case LOCK_NOT_AVAILABLE:
    case QUERY_CANCELED:
    case DEADLOCK:
      return problem(
        503,
        'busy',
        'Somebody else is changing the same thing. Nothing was changed; try again in a moment.',
      )
    case 'FST_ERR_HANDLER_TIMEOUT':
      return problem(
        503,
        'took-too-long',
        'The answer took too long and was given up. It may have been done all the same: look, or send the same again with the same key.',
      )
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem(413, 'body-too-large', `The body may have ${bodyLimit / 1024} KiB at most.`)
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem(415, 'media-type-unsupported', 'Send the body as application/json.')
    case 'FST_ERR_BAD_URL':
      return problem(400, 'url-malformed', 'The path is not well encoded.')
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return problem(414, 'url-too-long', 'A part of the path is too long.')
  }
  if (UNREADABLE.has(error.code))
    return problem(
      400,
      'invalid-input',
      'A value in the request is too large, too long or not what it is to be. Nothing was changed.',
    )
  if (error.code === '23505' && TOLD_OF.test((error as { constraint?: string }).constraint ?? ''))
    return problem(
      400,
      'invalid-input',
      'An id that the request chose is that of something else already. Choose another. Nothing was changed.',
    )
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) return problem(status, 'malformed-request', error.message)
  return problem(500, 'internal-fault', 'Something broke on our side. Nothing was changed; try again.')
}
