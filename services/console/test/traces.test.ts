import { startCollector } from '@vilkar/testing/collector.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import type { FastifyRequest } from 'fastify'
import t from 'tap'
import { anOrder, answersAbout, ORDER_ID } from './an-order.ts'
import { createVisitor, startTestConsole } from './console.ts'

const STRANGER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const collector = await startCollector()
t.teardown(() => collector.stop())
const order = anOrder()
const heard: (string | undefined)[] = []
const house = await startTestConsole(
  t,
  {
    ...answersAbout(order),
    [`GET /orders/${ORDER_ID}`]: ({ headers }: FastifyRequest) => {
      heard.push(headers.traceparent as string | undefined)
      return order
    },
  },
  { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
)
const support = createVisitor(house, { traceparent: STRANGER })
await support.signIn('support')

t.test('what somebody does on a page begins a trace, which the services are given', async (t) => {
  for (const _ of [1, 2]) t.equal((await support.ask(`/desk/orders/${ORDER_ID}`)).status, 200)
  const spans = await eventually('both pages to be told', async () => {
    const found = collector.spans().filter(({ name }) => name === 'GET /desk/orders/:id')
    return found.length === 2 && found
  })
  // Each page asks three services, which have one address here.
  t.equal(heard.length, 6)
  t.strictSame(
    [...new Set(heard)].map((parent) => parent?.split('-').slice(1, 3)),
    spans.map(({ trace, id }) => [trace, id]),
  )
  t.not(spans[0]!.trace, spans[1]!.trace, 'each page is one of its own')
  for (const { service, parent, trace, attributes } of spans) {
    t.equal(service, 'console')
    t.equal(parent, undefined, 'no browser names a trace')
    t.not(trace, STRANGER.split('-')[1])
    t.strictSame(attributes, {
      ...{ 'http.request.method': 'GET', 'http.route': '/desk/orders/:id', 'http.response.status_code': 200 },
    })
  }
})

t.test('nothing that is told says anything of a person', async (t) => {
  const told = collector.texts().join()
  for (const text of [ORDER_ID, order.number, order.customer.email, 'Kari', 'support'])
    t.notOk(told.includes(text), text)
})
