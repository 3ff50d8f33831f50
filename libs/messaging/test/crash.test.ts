import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Broker } from '@vilkar/testing/broker.ts'
import t, { type Test } from 'tap'
import { createRig, ids, openBroker, openWires, type Rig } from './rig.ts'

let broker: Broker | undefined
t.before(async () => {
  broker = await openBroker(t)
})

/** Where the process dies, and what must be true at that moment for the test to be about what it says. */
const places = [
  { place: 'relay:after-number', numbered: 12, published: 0, heard: 0 },
  { place: 'relay:before-publish', numbered: 12, published: 0, heard: 0 },
  { place: 'relay:after-publish', numbered: 12, published: 0 },
  { place: 'inbox:before-commit', numbered: 12, heard: 0 },
  { place: 'inbox:after-commit', numbered: 12 },
]

for (const { place, ...then } of places) {
  t.test(`a process that is killed at ${place} loses nothing and repeats nothing`, async (t) => {
    if (broker === undefined) return t.pass('there is no nats-server on the PATH', { skip: true })
    const wires = openWires(broker)
    await wires.telling.ready(new AbortController().signal)
    await wires.telling.rebuildStream('orders')
    const rig = await createRig(t, wires)
    const aggregate = ids(1)
    await rig.tell(aggregate, 12)

    const environment = {
      DATABASE_URL: rig.databaseUrl,
      ORDERS_NATS_URL: broker.url('orders'),
      SHIPPING_NATS_URL: broker.url('shipping'),
    }
    const doomed = startWorker(t, { ...environment, FAIL_POINT: place })
    const [, signal] = await once(doomed, 'exit')
    t.equal(signal, 'SIGKILL')
    const seen = await progress(rig)
    for (const [what, expected] of Object.entries(then)) t.equal(seen[what], expected, what)
    if (place === 'inbox:after-commit') t.ok(seen.heard > 0)

    rig.relay()
    rig.inbox()
    await rig.tell(aggregate, 3, 13)
    await rig.settle()
  })
}

function startWorker(t: Test, environment: Record<string, string>) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('worker.ts', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...environment },
  })
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

async function progress(rig: Rig) {
  const producer = await rig.pool.query(
    'select (select count(pub_no)::int from outbox) as numbered, published_no::int as published from relay',
  )
  return { ...producer.rows[0], heard: (await rig.effects()).length } as Record<string, number> & { heard: number }
}
