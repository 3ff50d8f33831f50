import assert from 'node:assert/strict'
import type { Broker } from '@vilkar/testing/broker.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { reviveDeadLetters } from '../inbox/store.ts'
import { subjectOf } from '../outbox/outbox.ts'
import { partitionOf } from '../partition.ts'
import { createMemoryWire } from '../wire/memory-wire.ts'
import type { Wire } from '../wire/wire.ts'
import {
  createRig,
  ids,
  inProcess,
  LEASE_MS,
  openBroker,
  openWires,
  type Rig,
  recordEffect,
  silent,
  type Wires,
} from './rig.ts'

let broker: Broker | undefined
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

/** Both ways on which events travel keep the same promises; `lose` makes the broker forget everything it holds. */
const wires: { name: string; open(t: Test): Promise<{ wires: Wires; lose(): unknown } | undefined> }[] = [
  {
    name: 'in this process',
    async open() {
      const wire = createMemoryWire()
      return { wires: inProcess(wire), lose: wire.wipe }
    },
  },
  {
    name: 'over NATS',
    async open(t) {
      if (broker === undefined) {
        t.pass('there is no nats-server on the PATH', { skip: true })
        return undefined
      }
      const wires = openWires(broker)
      const lose = () => wires.telling.rebuildStream('orders')
      // The tests run one after the other, and each begins with a stream of its own.
      await wires.telling.ready(new AbortController().signal)
      await lose()
      return { wires, lose }
    },
  },
]

t.before(async () => {
  broker = await openBroker(t)
})

for (const { name, open } of wires) {
  t.test(name, async (t) => {
    const promise = (sentence: string, check: (rig: Rig, lose: () => unknown) => Promise<void>) =>
      t.test(sentence, async (t) => {
        const opened = await open(t)
        if (opened !== undefined) await check(await createRig(t, opened.wires), opened.lose)
      })

    promise('every event is applied once, in the order of its aggregate', async (rig) => {
      const relay = rig.relay()
      rig.inbox()
      const aggregates = ids(12)
      for (const from of [1, 11, 21]) {
        await Promise.all([rig.tell(aggregates.slice(0, 6), 10, from), rig.tell(aggregates.slice(6), 10, from)])
        relay.wake()
      }
      await rig.settle()
      assert.equal(await relay.lag(), 0)
    })

    promise('an event that comes early waits for those before it', async (rig) => {
      const [first, second, third] = await tellBehindTheRelay(rig, 3)
      rig.inbox()
      await rig.wire.publish('orders', [third!, second!])
      await eventually('two events wait', async () => (await waiting(rig)) === 2)
      assert.deepEqual(await rig.effects(), [])

      await rig.wire.publish('orders', [first!])
      const effects = await eventually('all are applied', async () => {
        const all = await rig.effects()
        return all.length >= 3 && all
      })
      assert.deepEqual(
        effects.map((effect) => effect.aggregate_version),
        [1, 2, 3],
      )
      assert.equal(await waiting(rig), 0)
    })

    promise('an event that is delivered twice is applied once', async (rig) => {
      const [first, second] = await tellBehindTheRelay(rig, 2)
      rig.inbox()
      await rig.wire.publish('orders', [first!, { ...first!, id: `${first!.id}:again` }])
      await eventually('it is applied', async () => (await rig.effects()).length > 0)
      await rig.wire.publish('orders', [{ ...first!, id: `${first!.id}:late` }, second!])
      await eventually('the next one is applied', async () => (await rig.effects()).length > 1)
      assert.equal((await rig.effects()).length, 2)
    })

    promise('the wire drops what is published twice under the same id', async (rig) => {
      const [first, second] = await tellBehindTheRelay(rig, 2)
      const stored = await rig.wire.publish('orders', [first!, first!, second!])
      assert.deepEqual(
        stored.map(({ duplicate }) => duplicate),
        [false, true, false],
      )
      assert.equal((await rig.wire.openStream('orders')).messages, 2)
      assert.equal(await rig.wire.lastEventNo('orders'), 2)
    })

    promise('poison becomes a dead letter after 8 attempts while others flow, and can be revived', async (rig) => {
      const [poisoned, ...others] = ids(9)
      const errors: string[] = []
      let cured = false
      let attempts = 0
      rig.relay()
      rig.inbox({
        log: { ...silent, error: (_details, message) => errors.push(message) },
        async react(trx, envelope) {
          await recordEffect(trx, envelope)
          if (envelope.subject !== poisoned || envelope.aggregateversion !== 2 || cured) return
          attempts += 1
          throw new Error('cannot stomach this')
        },
      })
      await rig.tell([poisoned!, ...others], 4)
      const [dead] = await eventually('it is dead', async () => {
        const { rows } = await rig.pool.query('select * from inbox where dead_at is not null')
        return rows.length > 0 && rows
      })
      assert.equal(dead.attempts, 8)
      // Tries in the company of others come first and do not count; there is one per batch that brings company.
      assert.ok(attempts >= 8 && attempts <= 8 + 8 * 4, String(attempts))
      assert.equal(dead.last_error, 'cannot stomach this')
      assert.equal(errors.length, 1)
      await eventually('the others flow', async () => (await rig.effects()).length === 8 * 4 + 1)
      assert.equal(await waiting(rig), 3)

      cured = true
      assert.equal(await reviveDeadLetters(rig.db, { aggregateId: others[0] }), 0)
      assert.equal(await reviveDeadLetters(rig.db, { aggregateId: poisoned }), 1)
      await rig.settle()
    })

    promise('an event that its contract does not know is never reacted to', async (rig) => {
      rig.relay()
      rig.inbox({
        maxAttempts: 2,
        check() {
          throw new TypeError('not what was agreed')
        },
      })
      await rig.tell(ids(1))
      await eventually('it is dead', async () => {
        const { rows } = await rig.pool.query('select from inbox where dead_at is not null')
        return rows.length === 1
      })
      assert.deepEqual(await rig.effects(), [])
    })

    promise('what the broker loses before anybody heard it is published again', async (rig, lose) => {
      const relay = rig.relay({ streamCheckMs: 100 })
      await rig.tell(ids(20), 30)
      await eventually('all is published', async () => (await relay.lag()) === 0)
      await lose()
      rig.inbox()
      await rig.settle()
    })

    promise('what the broker loses half heard is neither lost nor applied again', async (rig, lose) => {
      rig.relay({ streamCheckMs: 100 })
      const inbox = rig.inbox()
      const aggregates = ids(10)
      await rig.tell(aggregates, 5)
      await rig.settle()
      await inbox.stop()
      await rig.tell(aggregates, 5, 6)
      await lose()
      await rig.tell(aggregates, 5, 11)
      rig.inbox()
      await rig.settle()
    })

    promise('a relay takes over from one that hangs, and the late one does no harm', async (rig) => {
      const { promise: awake, resolve: awaken } = Promise.withResolvers<void>()
      let hung = false
      const hanging: Wire = {
        ...rig.wire,
        async publish(service, messages) {
          hung = true
          await awake
          return rig.wire.publish(service, messages)
        },
      }
      const aggregates = ids(10)
      await rig.tell(aggregates, 10)
      const late = rig.relay({ wire: hanging })
      await eventually('the first relay hangs', async () => hung)
      rig.relay()
      rig.inbox()
      await rig.settle()

      await rig.tell(aggregates, 1, 11)
      awaken()
      await late.stop()
      await rig.settle()
    })

    promise('what a process tells that does not lead is published at once by the one that leads', async (rig) => {
      // Neither looks for what others told before the test is over.
      const seldom = { pollMs: 600_000, leaseMs: 3_600_000 }
      rig.relay(seldom)
      await eventually('one leads', async () => {
        const { rows } = await rig.pool.query('select fence > 0 and stream_created is not null as leads from relay')
        return rows[0].leads
      })
      const other = rig.relay(seldom)
      rig.inbox()
      await rig.tell(ids(1))
      other.wake()
      await rig.settle()
    })

    promise('two processes share the partitions, and one takes over all when the other leaves', async (rig) => {
      const heard = [new Set<string>(), new Set<string>()]
      const inboxes = heard.map((mine) =>
        rig.inbox({
          react(trx, envelope) {
            mine.add(envelope.subject)
            return recordEffect(trx, envelope)
          },
        }),
      )
      await eventually('each has its half', async () => {
        const { rows } = await rig.pool.query(
          'select count(*)::int as n from partition_lease where owner is not null group by owner',
        )
        return rows.length === 2 && rows.every(({ n }) => n === 4)
      })
      rig.relay()
      const aggregates = ids(64)
      await rig.tell(aggregates, 4)
      await rig.settle()
      assert.ok(heard[0]!.size > 0 && heard[1]!.size > 0)
      assert.equal(heard[0]!.size + heard[1]!.size, 64)

      await inboxes[0]!.stop()
      await rig.tell(aggregates, 2, 5)
      await rig.settle()
      assert.equal(heard[1]!.size, 64)
    })

    promise(
      'who cannot reach the broker gives the partitions to those who can, and takes its share when it can',
      async (rig) => {
        let reach = () => {}
        const reached = new Promise<void>((resolve) => {
          reach = resolve
        })
        const cut = { ...rig.hearingWire, ready: (signal: AbortSignal) => Promise.race([reached, aborted(signal)]) }
        const owners = async () =>
          (await rig.pool.query('select owner, count(*)::int as n from partition_lease group by owner')).rows
        rig.inbox({ wire: cut, deafMs: LEASE_MS })
        await eventually('the deaf one has them all', async () => (await owners())[0]!.n === 8)
        await eventually('and lets go of them', async () => (await owners()).every(({ owner }) => owner === null))
        rig.inbox()
        rig.relay()
        await rig.tell(ids(16), 2)
        await rig.settle()
        reach()
        await eventually(
          'each has its half',
          async () => (await owners()).filter(({ owner, n }) => owner && n === 4).length === 2,
        )
      },
    )

    promise('a partition whose holder vanished is taken over when its lease has run out', async (rig) => {
      await rig.pool.query(
        `update partition_lease set owner = 'gone', lease_until = clock_timestamp() + ${LEASE_MS} * interval '1 ms'`,
      )
      rig.relay()
      rig.inbox()
      await rig.tell(ids(16))
      await rig.settle()
    })
  })
}

/** Events that are committed and ready for the wire, with no relay to take them there. */
async function tellBehindTheRelay(rig: Rig, count: number) {
  await rig.wire.ready(new AbortController().signal)
  await rig.wire.openStream('orders')
  const envelopes = await rig.tell(ids(1), count)
  return envelopes.map((envelope, i) => ({
    subject: subjectOf('orders', partitionOf(envelope.subject), envelope.type, envelope.subject),
    id: envelope.id,
    eventNo: i + 1,
    body: JSON.stringify(envelope),
  }))
}

async function waiting(rig: Rig) {
  const { rows } = await rig.pool.query('select count(*)::int as n from inbox where not applied')
  return rows[0].n as number
}
