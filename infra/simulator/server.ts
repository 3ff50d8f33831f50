import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Api } from './api.ts'
import { readBody, send } from './exchange.ts'
import type { Reply } from './reply.ts'

const MAX_VIOLATIONS = 1_000

/** Listens at once, so that the address is known before anything answers at it; port 0 takes a free port. */
export async function listen({ port, host }: { port: number; host: string }) {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    /** Answers from now on; `fail` hears of an answer that went wrong by our own mistake. */
    serve(
      answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
      fail: (error: unknown) => void,
    ) {
      server.on('request', (request, response) => {
        answer(request, response).catch((error) => {
          // A caller who hangs up while still sending is nobody's mistake.
          if (!request.destroyed || request.complete) fail(error)
          response.destroy()
        })
      })
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What the simulator or its caller did that must not be, each once. */
export function createViolations() {
  const violations = new Set<string>()
  return {
    note: (violation: string) => void (violations.size < MAX_VIOLATIONS && violations.add(violation)),
    violations: () => [...violations],
  }
}

type Routing = {
  /** A refusal of every request that was meant for the live provider. */
  refuseLive(host: string): Reply | null
  tooLarge: Reply
  payPage(method: string, id: string, body: string): Reply
  control(method: string, path: string, body: string): Reply | Promise<Reply>
  api: Api
}

/** Routes a request: pages for customers under /pay/, the control API for tests under /__sim/, the provider's API elsewhere. */
export const routing = ({ refuseLive, tooLarge, payPage, control, api }: Routing) =>
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { method = '' } = request
    const { pathname } = new URL(request.url ?? '/', 'http://simulator')
    const refused = refuseLive(request.headers.host ?? '')
    if (refused !== null) return send(response, refused)
    const body = await readBody(request)
    if (body === null) return send(response, tooLarge)
    if (pathname.startsWith('/pay/')) return send(response, payPage(method, pathname.slice(5), body))
    if (pathname.startsWith('/__sim/')) return send(response, await control(method, pathname, body))
    await api.answer(request, response, pathname, body)
  }
