import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answered, createClients, isProblemError } from '@vilkar/client/client.ts'
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

t.test('what a service answers is typed data', async (t) => {
  const { orders, returns } = createClients({ urls })
  const edition = await answered(
    orders.GET('/terms/{seller}/{date}', { params: { path: { seller: 'smartgroup', date: '2026-01-15' } } }),
  )
  t.match(JSON.stringify(edition), /smartgroup\/2026-01-15/)
  const labels = await answered(returns.GET('/withdrawal-function'))
  t.match(JSON.stringify(labels), /Angre/)
})

t.test('a refusal is thrown with its problem, and its sentence is the message', async (t) => {
  const { orders } = createClients({ urls })
  const read = () => answered(orders.GET('/orders/{id}', { params: { path: { id: crypto.randomUUID() } } }))
  const error = await read().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  t.ok(isProblemError(error))
  t.match(error, { problem: { status: 401, type: /^\/problems\// }, message: /token/i })
})

t.test('the token of each call is asked for, and is the caller', async (t) => {
  const tokens = ['not-a-scope', undefined]
  const { shipping } = createClients({ urls, token: () => tokens.shift() })
  for (const status of [403, 401]) await t.rejects(answered(shipping.GET('/alarms')), problemOf(status))
})

t.test('what is no problem of the service’s is one all the same, and no call waits for ever', async (t) => {
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
