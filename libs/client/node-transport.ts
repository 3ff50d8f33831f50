import type { Agent, Dispatcher } from 'undici'
import type { Call, Transport } from './client.ts'

/**
 * Carries calls as `fetch` does, for a Node program that makes many: the same connections, kept open, without the streams, signals and copies that `fetch`
 * makes of each call, which are most of what one costs. What fails is thrown as `fetch` throws it (`fetch failed`, `terminated`, `TimeoutError`); a
 * redirect is an answer like any other. It does what the clients need: an answer is there once all of it is.
 */
export function createNodeTransport(): Transport {
  let agent: Agent | undefined
  return async (call, timeoutMs) => {
    // Loaded for the first call, which a start makes none of.
    agent ??= new (await import('undici')).Agent()
    return await exchange(agent, call, timeoutMs)
  }
}

function exchange(agent: Agent, { url, method, headers, body }: Call, timeoutMs: number) {
  const { origin, pathname, search } = new URL(url)
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const sent = { accept: '*/*', ...Object.fromEntries(headers) }
  let status = 0
  let about: Record<string, string | string[] | undefined> = {}
  let told = ''
  const parts: Buffer[] = []
  let ongoing: Dispatcher.DispatchController | undefined
  const deadline = setTimeout(() => {
    const late = new DOMException('The operation was aborted due to timeout', 'TimeoutError')
    reject(late)
    ongoing?.abort(late)
  }, timeoutMs)
  const asked = { origin, path: pathname + search, method, headers: sent, body, headersTimeout: 0, bodyTimeout: 0 }
  agent.dispatch(asked as Dispatcher.DispatchOptions, {
    onRequestStart: (controller) => {
      ongoing = controller
    },
    onResponseStart: (_controller, statusCode, headers, statusMessage = '') => {
      status = statusCode
      about = headers
      told = statusMessage
    },
    onResponseData: (_controller, part) => void parts.push(part),
    onResponseEnd: () => {
      clearTimeout(deadline)
      resolve(answerOf(status, told, about, parts))
    },
    onResponseError: (_controller, error) => {
      clearTimeout(deadline)
      reject(new TypeError(status === 0 ? 'fetch failed' : 'terminated', { cause: error }))
    },
  })
  return promise
}

/** As much of a `Response` as the clients read. */
function answerOf(
  status: number,
  statusText: string,
  headers: Record<string, string | string[] | undefined>,
  parts: readonly Buffer[],
) {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  const text = () => bytes.toString('utf8')
  const answer = {
    ...{ status, statusText, ok: status >= 200 && status < 300 },
    headers: { get: (name: string) => headers[name.toLowerCase()]?.toString() ?? null },
    text: async () => text(),
    json: async () => JSON.parse(text()),
    arrayBuffer: async () => new Uint8Array(bytes).buffer,
  }
  return answer as unknown as Response
}
