import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

/** A call as it came, and what its address and its body (JSON, or undefined when there was none) say. */
export type Call = {
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
  query: Record<string, string>
  said: unknown
}

/** A server for callbacks that are made in a test. It answers each call with the status that it is given. */
export async function startCallbackServer(t: Test, answer: (calls: Call[]) => number) {
  const calls: Call[] = []
  const callbackServer = createServer(async (request, response) => {
    const body = (await request.toArray()).join('')
    const url = new URL(request.url ?? '', base())
    const query = Object.fromEntries(url.searchParams)
    calls.push({ url: url.href, headers: request.headers, body, query, said: body ? JSON.parse(body) : undefined })
    response.writeHead(answer(calls)).end()
  })
  const base = () => `http://127.0.0.1:${(callbackServer.address() as AddressInfo).port}`
  await new Promise<void>((resolve) => callbackServer.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    callbackServer.closeAllConnections()
    callbackServer.close()
  })
  return { calls, url: `${base()}/callbacks?secret=abc` }
}
