import assert from 'node:assert/strict'
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect, usernamePasswordAuthenticator } from '@nats-io/transport-node'
import type { Broker } from '@vilkar/testing/broker.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import type { Log } from '../outage-log.ts'
import { createRig, ids, openBroker, openWires, type Rig } from './rig.ts'

type Scene = { rig: Rig; nats: Broker; directory: string; log: Log; lines: string[] }

/** A fault of a real broker, which the test has for itself. Whatever it does, all must settle in the end. */
const fault = (sentence: string, happen: (scene: Scene) => Promise<void>) =>
  t.test(sentence, async (t) => {
    const nats = await openBroker(t)
    if (nats === undefined) return t.pass('there is no nats-server on the PATH', { skip: true })
    const lines: string[] = []
    const note = (_details: object, message: string) => void lines.push(message)
    const log = { info: note, warn: note, error: note }
    // One of the two says what becomes of the broker: the other would say it again.
    const { telling } = openWires(nats, log)
    const { hearing } = openWires(nats)
    const rig = await createRig(t, { telling, hearing })
    await happen({ rig, nats, directory: nats.directory, log, lines })
    await rig.settle()
  })

fault('a broker that is killed twice under load loses nothing', async ({ rig, nats, lines }) => {
  const relay = rig.relay()
  rig.inbox()
  const load = startLoad(rig, relay)
  const count = (what: string) => lines.filter((line) => line.startsWith(`broker: ${what}`)).length
  for (const kills of [1, 2]) {
    await load.progress(20)
    await nats.restart()
    // Killed again before it was back, it would be one outage: that is told once.
    await eventually('the return is told', async () => count('works again') >= kills)
  }
  await load.progress(20)
  await load.stop()
  // On a slow machine a broker that has just come back may be lost once more.
  await eventually('it is back', async () => count('works again') === count('trouble'))
  assert.ok(count('trouble') >= 2)
})

fault('a store that is deleted with a backlog unread is filled again', async ({ rig, nats }) => {
  const relay = rig.relay()
  const inbox = rig.inbox()
  const aggregates = ids(30)
  await rig.tell(aggregates, 10)
  await rig.settle()
  await inbox.stop()
  await rig.tell(aggregates, 20, 11)
  await eventually('a backlog is published', async () => (await relay.lag()) === 0)
  await nats.restart({ wipe: true })
  rig.inbox()
  await rig.tell(aggregates, 5, 31)
})

fault('a store that is deleted while the operator is away is filled again when it is back', async (scene) => {
  const { rig, nats, lines } = scene
  const relay = rig.relay({ log: scene.log })
  rig.inbox()
  const aggregates = ids(30)
  await rig.tell(aggregates, 10)
  await rig.settle()
  await nats.stopOperator()
  await nats.restart({ wipe: true })
  await rig.tell(aggregates, 10, 11)
  await eventually('the relay misses the operator', async () =>
    lines.includes('relay of orders: trouble, trying again'),
  )
  assert.equal(await relay.lag(), 300)
  nats.startOperator()
})

fault('a durable that is gone is made again, and what it missed is heard', async ({ rig, nats }) => {
  rig.relay()
  rig.inbox()
  const aggregates = ids(30)
  await rig.tell(aggregates, 10)
  await rig.settle()
  const operator = await connect({ servers: `127.0.0.1:${nats.port}`, ...as(nats.url('operator')) })
  const manager = await jetstreamManager(operator, { checkAPI: false })
  for (let partition = 0; partition < 8; partition += 1)
    await manager.consumers.delete('ORDERS', `shipping-${partition}`)
  await operator.close()
  await rig.tell(aggregates, 10, 11)
})

fault('a broker that comes back with an older copy of its store is brought up to date', async (scene) => {
  const { rig, nats, directory } = scene
  const relay = rig.relay()
  const aggregates = ids(30)
  await rig.tell(aggregates, 10)
  await eventually('the first part is published', async () => (await relay.lag()) === 0)
  const copy = `${directory}.copy`
  await nats.kill()
  await cp(directory, copy, { recursive: true })
  await nats.restart()
  await rig.tell(aggregates, 10, 11)
  await eventually('the second part is published', async () => (await relay.lag()) === 0)
  await nats.kill()
  await rm(directory, { recursive: true })
  await cp(copy, directory, { recursive: true })
  await rm(copy, { recursive: true })
  await nats.restart()
  await rig.tell(aggregates, 5, 21)
  rig.inbox()
})

fault('a stream with a damaged block is built anew', async ({ rig, nats, directory }) => {
  const relay = rig.relay({ streamCheckMs: 300 })
  await rig.tell(ids(30), 20)
  await eventually('all is published', async () => (await relay.lag()) === 0)
  await nats.kill()
  const messages = join(directory, 'jetstream/BROKER/streams/ORDERS/msgs')
  const block = join(messages, (await readdir(messages)).filter((name) => name.endsWith('.blk')).sort()[0]!)
  const bytes = await readFile(block)
  const middle = bytes.length >> 1
  bytes[middle] = bytes[middle]! ^ 0xff
  await writeFile(block, bytes)
  await nats.restart()
  rig.inbox()
})

fault('a broker that hangs for a while is waited for', async ({ rig, nats, log, lines }) => {
  const relay = rig.relay({ log })
  rig.inbox()
  const load = startLoad(rig, relay)
  await load.progress(20)
  nats.pause()
  try {
    await eventually('the relay or the connection to start over', async () =>
      lines.some((line) => line.endsWith('trouble, trying again')),
    )
  } finally {
    nats.resume()
  }
  await load.progress(20)
  await load.stop()
})

fault('a broker that is absent at the start is waited for, and that is said once', async ({ rig, nats, lines }) => {
  await nats.kill()
  const relay = rig.relay()
  rig.inbox()
  await rig.tell(ids(10), 3)
  await eventually('the loss is told', async () => lines.length === 1)
  await knocks(nats.port, 3)
  assert.deepEqual(lines, ['broker: trouble, trying again'])
  assert.equal(await relay.lag(), 30)
  await nats.restart()
  await eventually('the return is told', async () => lines.length === 2)
  assert.deepEqual(lines, ['broker: trouble, trying again', 'broker: works again'])
})

const as = (url: string) => {
  const { username, password } = new URL(url)
  return {
    authenticator: usernamePasswordAuthenticator(username, password),
    inboxPrefix: `_INBOX_${username}`,
  }
}

/** Stands where the broker was, hangs up on whoever comes, and waits until it was tried so often. */
async function knocks(port: number, times: number) {
  let count = 0
  const door = createServer((socket) => {
    count += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => door.listen(port, '127.0.0.1', resolve))
  try {
    await eventually(`${times} attempts to connect`, async () => count >= times)
  } finally {
    await new Promise((resolve) => door.close(resolve))
  }
}

/** Tells ten events at a time until it is stopped; `progress` waits until so many more are committed. */
function startLoad(rig: Rig, relay: { wake(): void }) {
  const aggregates = ids(10)
  let version = 0
  let going = true
  const done = (async () => {
    while (going) {
      version += 1
      await rig.tell(aggregates, 1, version)
      relay.wake()
    }
  })()
  return {
    progress: async (transactions: number) => {
      const target = version + transactions
      await eventually('the load goes on', async () => version >= target)
    },
    async stop() {
      going = false
      await done
    },
  }
}
