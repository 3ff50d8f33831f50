import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { helpFor, run } from '../commands.ts'
import { isSaid } from '../exit.ts'
import { findServices } from '../services.ts'
import { ago, table } from '../words.ts'

const idle = {
  outbox: { waiting: 0 },
  relay: { leader: 'orders-1', numbered: 5, published: 5, epoch: 0 },
  inbox: { waiting: 0, failing: 0, dead: 0 },
  partitions: { idle: 0, all: 8 },
  jobs: [],
}
const well = {
  'GET /health/live': {},
  'GET /health/ready': {},
  'GET /backlog': idle,
  'GET /alarms?limit=200': { items: [] },
  'GET /dead-letters': { items: [] },
}

/** Services that answer what is written down, and what they were asked; anything else is a problem of theirs. */
async function said(t: Test, doors: Record<string, Record<string, unknown>>) {
  const asked: string[] = []
  const env: NodeJS.ProcessEnv = { VILKAR_TOKEN: 'a.good.token' }
  for (const [name, answers] of Object.entries(doors)) {
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      asked.push(`${name} ${request.method} ${request.url}${body && ` ${body}`}`)
      const isHealth = request.url!.startsWith('/health/')
      const allowed = isHealth || request.headers.authorization === 'Bearer a.good.token'
      const answer = allowed ? answers[`${request.method} ${request.url}`] : undefined
      response.writeHead(answer === undefined ? 403 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer ?? { detail: 'This needs a token with the scope "staff".' }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.teardown(() => server.close())
    env[name.toUpperCase()] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }
  return async (line: string) => {
    const [command, ...options] = line.split(' ')
    const lines: string[] = []
    asked.length = 0
    try {
      const services = await findServices(env)
      const exit = await run(command!, options, { services, say: (text = '') => void lines.push(text) })
      return { exit, text: lines.join('\n'), asked: [...asked] }
    } catch (error) {
      if (!isSaid(error)) throw error
      return { exit: error.exit, text: [...lines, error.message].join('\n'), asked: [...asked] }
    }
  }
}

t.test('all is well: every command says so and ends with 0', async (t) => {
  const vilkar = await said(t, { orders: well, shipping: well, returns: well })
  for (const [command, text] of [
    ['alarms', /^No alarms\.$/],
    ['dead-letters', /^No event has failed\.$/],
    ['jobs', /^All jobs are done\.$/],
    ['relay', /^service +to publish[\s\S]*\nshipping +0 +5 +orders-1 +0 +0 +0 +0 of 8$/m],
    ['doctor', /^orders \(http:[^)]*\): all is well\nshipping .*: all is well\nreturns .*: all is well$/],
  ] as const) {
    const { exit, text: told } = await vilkar(command)
    t.equal(exit, 0, command)
    t.match(told, text)
  }
  t.strictSame((await vilkar('jobs --service shipping')).asked, ['shipping GET /backlog'])
})

t.test(
  'open alarms end it with 1, however many pages they are; those that ended are listed when asked for',
  async (t) => {
    const alarm = (id: string, more = {}) => ({
      id,
      kind: 'relay-behind',
      about: 'relay',
      detail: {},
      raisedAt: '2026-01-15T08:00:00Z',
      ...more,
    })
    const ended = alarm('c', { resolvedAt: '2026-01-15T09:00:00Z' })
    const pages = {
      'GET /alarms?limit=200': { items: [alarm('a')], next: 'a' },
      'GET /alarms?limit=200&after=a': { items: [alarm('b'), ended], next: 'c' },
      'GET /alarms?limit=200&after=c': { items: [alarm('d', { resolvedAt: '2026-01-15T09:00:00Z' })] },
      'GET /alarms?limit=200&kind=dead-letter': { items: [] },
    }
    const vilkar = await said(t, { orders: pages })
    const open = await vilkar('alarms')
    t.equal(open.exit, 1)
    t.equal(open.text.match(/relay-behind/g)?.length, 2)
    t.equal(open.asked.length, 2, 'it stops at the first that ended')
    t.equal((await vilkar('alarms --all')).text.match(/relay-behind/g)?.length, 4)
    t.equal((await vilkar('alarms --kind dead-letter')).exit, 0)
  },
)

t.test('dead letters end it with 1, and are revived, all or those of one order', async (t) => {
  const aggregateId = '019e8258-8c00-7a60-8f0e-2f8f9a4d1c11'
  const failed = {
    eventId: 'e',
    type: 'ShipmentDelivered',
    aggregateId,
    attempts: 21,
    dead: true,
    receivedAt: '2026-01-15T08:00:00Z',
  }
  const items = [{ ...failed, error: '\u001b[2Jno such\norder\u202e' }]
  const vilkar = await said(t, {
    orders: { 'GET /dead-letters': { items }, 'POST /dead-letters/revival': { revived: 3 } },
  })
  const { exit, text } = await vilkar('dead-letters')
  t.equal(exit, 1)
  t.match(text, /ShipmentDelivered +019e8258[^ ]+ +dead +21 +\d+ d ago +no such order$/m)
  t.strictSame(await vilkar('dead-letters --revive'), {
    ...{ exit: 0, text: 'orders: 3 tried again.' },
    asked: ['orders POST /dead-letters/revival {}'],
  })
  const { asked } = await vilkar(`dead-letters --revive --about ${aggregateId}`)
  t.strictSame(asked, [`orders POST /dead-letters/revival {"aggregateId":"${aggregateId}"}`])
  t.equal((await vilkar(`dead-letters --about ${aggregateId}`)).exit, 'usage')
})

t.test('the doctor says of each service what is wrong and what to do, also of one that does not run', async (t) => {
  const ill = {
    ...well,
    'GET /backlog': {
      outbox: { waiting: 7, oldestAt: '2026-01-15T08:00:00Z' },
      relay: { numbered: 5, published: 1, epoch: 0 },
      inbox: { waiting: 3, failing: 1, dead: 2 },
      partitions: { idle: 4, all: 8 },
      jobs: [{ queue: 'send-mail', waiting: 1, later: 2, active: 0, failing: 2, tries: 17 }],
    },
  }
  const vilkar = await said(t, { orders: ill, shipping: {}, returns: { ...well, 'GET /backlog': undefined } })
  const { exit, text } = await vilkar('doctor')
  t.equal(exit, 'unreachable')
  for (const line of [
    /no relay has the lease/,
    /7 events are not published, the oldest \d+ d ago: look at the broker/,
    /2 events are dead and 1 fail/,
    /nobody applies 4 of 8 parts/,
    /2 jobs of send-mail fail, one for the 17th time/,
    /shipping .*\n {2}- does not run/,
    /returns .*\n {2}- returns answered GET \/backlog with 403: This needs a token with the scope "staff"/,
  ])
    t.match(text, line)
  t.match((await vilkar('jobs --service orders')).text, /send-mail +1 +2 +0 +2 +17/)
})

t.test('what some services say is told although others cannot be asked, which ends it with 3', async (t) => {
  const dead = {
    eventId: 'e',
    type: 'OrderPlaced',
    aggregateId: 'a',
    attempts: 21,
    dead: true,
    receivedAt: '2026-01-15T08:00:00Z',
  }
  const doors = {
    ...well,
    'GET /dead-letters': { items: [dead] },
    'POST /dead-letters/revival': { revived: 1 },
    'GET /backlog': {
      ...well['GET /backlog'],
      jobs: [{ queue: 'send-mail', waiting: 1, later: 0, active: 0, failing: 0, tries: 0 }],
    },
  }
  const vilkar = await said(t, { orders: {}, shipping: doors, returns: well })
  for (const [command, line] of [
    ['dead-letters', /^shipping +OrderPlaced/m],
    ['dead-letters --revive', /^shipping: 1 tried again\.$/m],
    ['jobs', /^shipping +send-mail/m],
    ['relay', /^shipping .*\nreturns /m],
    ['alarms', /^No alarms\.$/m],
  ] as const) {
    const { exit, text } = await vilkar(command)
    t.equal(exit, 'unreachable', command)
    t.match(text, line, command)
    t.match(text, /orders answered [A-Z]+ \S+ with 403/, command)
  }
  const none = await vilkar('alarms --service orders')
  t.match(none.text, /^No service could be asked\.\norders answered/)
})

t.test('reconciliation is asked of orders, and ends with 1 when the books differ', async (t) => {
  const counts = { payments: 9, drift: 1, inFlight: 0 }
  const drift = [{ orderId: 'o', paymentId: 'p', drift: [{ kind: 'captured-unknown' }] }]
  const report = { date: '2026-01-15', finishedAt: '2026-01-16T02:00:00Z', counts, drift }
  const vilkar = await said(t, {
    orders: { 'GET /payments/reconciliation?date=2026-01-15': report, 'POST /payments/reconciliation': null },
    shipping: well,
  })
  const { exit, text } = await vilkar('reconcile --date 2026-01-15')
  t.equal(exit, 1)
  t.match(text, /9 payments compared, 1 differ[\s\S]*captured-unknown/)
  t.match((await vilkar('reconcile --date 2026-01-16')).text, /orders answered GET .* with 403/)
  t.equal((await vilkar('reconcile --service shipping')).exit, 'usage')
})

t.test('what is not understood, and who cannot be asked, is said in a sentence', async (t) => {
  const vilkar = await said(t, { orders: well })
  t.match(await vilkar('dance'), { exit: 'usage', text: /no command dance\.[\s\S]*Usage: pnpm vilkar/ })
  t.match(await vilkar('toString'), { exit: 'usage' })
  t.match(await vilkar('alarms --loud'), { exit: 'usage', text: /--loud[\s\S]*pnpm vilkar alarms --help/ })
  t.match(await vilkar('jobs --service billing'), { exit: 'usage', text: /no service billing among orders/ })
  t.match(helpFor('help', [])!, /alarms .*\n[\s\S]*Ends with 0/)
  t.match(helpFor('dead-letters', ['--help'])!, /--revive .*\n +--about …/)
  t.equal(helpFor('jobs', []), undefined)

  const gone = await findServices({ ORDERS: 'http://127.0.0.1:9', VILKAR_TOKEN: 'a.b.c' })
  const say = () => {}
  await t.rejects(run('jobs', [], { services: gone, say }), {
    exit: 'unreachable',
    message: /127.0.0.1:9 does not answer/,
  })
  await t.rejects(findServices({ ORDERS: 'http://shop.example', VILKAR_TOKEN: 'a.b.c' }), {
    message: /must begin with https/,
  })
  await t.rejects(findServices({ ORDERS: 'https://shop.example' }), { message: /VILKAR_TOKEN is not set/ })
  await t.rejects(findServices({ DATA_DIR: '/nowhere' }), { exit: 'usage', message: /no local stack runs in/ })
})

t.test('moments are told by their largest unit, and no cell moves the cursor or is endless', (t) => {
  const now = Temporal.Instant.from('2026-01-15T08:00:00Z')
  const told = [
    '2026-01-15T08:00:01Z',
    '2026-01-15T07:59:01Z',
    '2026-01-15T07:01:00Z',
    '2026-01-14T08:00:00Z',
    undefined,
  ]
  t.strictSame(
    told.map((moment) => ago(moment, now)),
    ['0 s ago', '59 s ago', '59 min ago', '1 d ago', ''],
  )
  t.equal(table(['a'], []), undefined)
  t.equal(table(['a', 'b'], [['\u001b[31mred\u0007', 'x'.repeat(500)]]), `a    b\nred  ${'x'.repeat(120)}`)
  t.end()
})
