import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answered, createClients as clientsOf, isProblemError, type Options } from '@vilkar/client/client.ts'
import { createNodeTransport } from '@vilkar/client/node-transport.ts'
import t from 'tap'
import { openDoors } from './doors/three-apps.ts'

const verifyToken = async (token: string) => ({ subject: token, scopes: new Set(['orders:read']) })
const opened = await openDoors({ verifyToken, rateLimitPerMinute: 1_000, serviceRateLimitPerMinute: 1_000 } as never)
t.teardown(() => opened.close())
const problemOf = (status: number, type = /problems/ as RegExp | string) =>
  ({ name: 'ProblemError', problem: { status, type } }) as never
const urlOf: Record<string, string> = {}
for (const { service, app } of opened.doors) urlOf[service] ??= await app.listen({ host: '127.0.0.1', port: 0 })
const urls = { orders: urlOf.orders!, shipping: urlOf.shipping!, returns: urlOf.returns!, privacy: urlOf.privacy! }

const transports: [string, Options['transport']][] = [
  ['', undefined],
  [', as Node carries it', createNodeTransport()],
]

for (const [by, transport] of transports) {
  const createClients = (options: Options) => clientsOf({ ...options, transport })

  t.test(`what a service answers is typed data${by}`, async (t) => {
    const { orders, returns } = createClients({ urls })
    const edition = await answered(
      orders.GET('/terms/{seller}/{date}', { params: { path: { seller: 'smartgroup', date: '2026-01-15' } } }),
    )
    t.match(JSON.stringify(edition), /smartgroup\/2026-01-15/)
    const labels = await answered(returns.GET('/withdrawal-function'))
    t.match(JSON.stringify(labels), /Angre/)
  })

  t.test(`a refusal is thrown with its problem, and its sentence is the message${by}`, async (t) => {
    const { orders } = createClients({ urls })
    const read = () => answered(orders.GET('/orders/{id}', { params: { path: { id: crypto.randomUUID() } } }))
    const error = await read().then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    t.ok(isProblemError(error))
    t.match(error, { problem: { status: 401, type: /^\/problems\// }, message: /token/i })
  })

  t.test(`the token of each call is asked for, and is the caller${by}`, async (t) => {
    const tokens = ['not-a-scope', undefined]
    const { shipping } = createClients({ urls, token: () => tokens.shift() })
    for (const status of [403, 401]) await t.rejects(answered(shipping.GET('/alarms')), problemOf(status))
  })

  t.test(`what is no problem of the service’s is one all the same, and no call waits for ever${by}`, async (t) => {
    const server = createServer((request, response) => {
      if (request.url?.startsWith('/terms')) response.writeHead(502).end('<html>')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => {
      server.closeAllConnections()
      server.close()
    })
    const nowhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const at = { ...urls, orders: nowhere }
    const { orders } = createClients({ urls: at })
    await t.rejects(answered(orders.GET('/terms')), problemOf(502, 'about:blank'))
    const { orders: hurried } = createClients({ urls: at, timeoutMs: 200 })
    await t.rejects(answered(hurried.GET('/products')), { name: 'TimeoutError' })
  })

  t.test(`what does not answer, breaks off or is no text is what fetch makes of it${by}`, async (t) => {
    const bytes = Buffer.from([0, 255, 254, 10])
    const server = createServer((request, response) => {
      if (request.url === '/products') response.socket!.destroy()
      else if (request.url === '/law') response.writeHead(200).write('{"items":', () => response.destroy())
      else response.writeHead(200, { 'content-disposition': 'inline; filename="a.pdf"' }).end(bytes)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { orders } = createClients({ urls: { ...urls, orders: `http://127.0.0.1:${port}` } })
    await t.rejects(answered(orders.GET('/products')), { name: 'TypeError', message: 'fetch failed' })
    await t.rejects(answered(orders.GET('/law')), { name: 'TypeError', message: 'terminated' })
    const path = { id: crypto.randomUUID(), document: crypto.randomUUID() }
    const asked = { params: { path }, parseAs: 'arrayBuffer' as const }
    const { data, response } = await orders.GET('/orders/{id}/documents/{document}/pdf', asked)
    t.strictSame(Buffer.from(data as never), bytes)
    t.equal(response.headers.get('Content-Disposition'), 'inline; filename="a.pdf"')
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
    await t.rejects(answered(orders.GET('/products')), { name: 'TypeError', message: 'fetch failed' })
  })
}
