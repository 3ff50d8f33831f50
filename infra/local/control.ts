import type { MovableClock } from '@vilkar/server/clock.ts'
import { type Issuer, type Role, roles } from '@vilkar/testing/issuer.ts'
import type { Mailbox } from '@vilkar/testing/mailbox.ts'
import fastify from 'fastify'

type Controlled = {
  port: number
  clock: MovableClock
  mailbox: Mailbox
  issuer: Issuer
  saveOffset: (ms: number) => Promise<void>
}

/** The local stack's own door, on loopback and without a lock: what time it is, what mails came, tokens for each role. */
export async function startControl({ port, clock, mailbox, issuer, saveOffset }: Controlled) {
  const server = fastify({ logger: false, forceCloseConnections: true })
  let urls: Record<string, string> = {}

  server.get('/', async () => ({
    urls,
    now: clock.now().toString(),
    roles: Object.keys(roles),
    docs: Object.values(urls)
      .map((url) => `${url}/docs`)
      .slice(1, 4),
  }))
  server.get('/clock', async () => ({ now: clock.now().toString() }))
  server.post<{ Body: { advance?: unknown } | null }>('/clock', async ({ body }, reply) => {
    try {
      const now = clock.advance(String(body?.advance))
      await saveOffset(clock.offsetMs())
      return { now: now.toString() }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return reply
        .status(400)
        .send({ detail: `Send {"advance": "P15D"}, an ISO 8601 duration of days and hours. ${error.message}` })
    }
  })
  server.get<{ Querystring: { to?: string } }>('/mails', async ({ query: { to } }) => ({
    items: to === undefined ? mailbox.mails() : mailbox.to(to),
  }))
  server.get<{ Params: { role: Role } }>('/tokens/:role', async ({ params: { role } }, reply) => {
    if (!(role in roles))
      return reply.status(404).send({ detail: `There is no such role. There are: ${Object.keys(roles).join(', ')}.` })
    return reply.type('text/plain').send(await issuer.token(role))
  })
  server.get('/storefront/*', async (_request, reply) =>
    reply
      .type('text/html')
      .send(
        '<!doctype html><html lang="en"><title>Back in the shop</title><body style="font-family:sans-serif"><h1>Back in the shop</h1><p>This is where a storefront would take over.</p>',
      ),
  )
  const url = await server.listen({ host: '127.0.0.1', port })
  return {
    url,
    describe: (known: Record<string, string>) => {
      urls = known
    },
    stop: () => server.close(),
  }
}
