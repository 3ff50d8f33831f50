import { readFile } from 'node:fs/promises'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { readLag } from '../outbox/relay-store.ts'
import { createRig, ids, inProcess, openBroker, openWires, type Rig } from './rig.ts'

/**
 * Has a service tell all of its log once more, from its first event, though its stream keeps the last days alone: for a service that begins
 * to listen when that is long since. Those that heard an event before do nothing about it. Whoever leads loses the lead by it, so that
 * nothing it is about overwrites this; the new epoch makes new message ids, which the broker has not seen.
 */
const TELL_AGAIN =
  "update relay set published_no = 0, publish_epoch = publish_epoch + 1, fence = fence + 1, lease_until = '-infinity'"

/** A log of which the stream holds the end alone: two orders of long ago, one of which went on, and a new one. */
async function afterTheStreamEnded(rig: Rig) {
  const [old, both, fresh] = ids(3) as [string, string, string]
  await rig.tell([old, both], 2)
  const first = rig.relay()
  await eventually('all to be told', async () => (await readLag(rig.pool)) === 0)
  await first.stop()
  await rig.owner.query(`update outbox set stored_at = stored_at - interval '40 days'`)
  await rig.tell([both], 1, 3)
  await rig.tell([fresh])
  await rig.wire.rebuildStream('orders')
  return { old, both, fresh }
}
const versionsOf = async (rig: Rig, id: string) =>
  (await rig.effects()).filter((each) => each.aggregate_id === id).map((each) => each.aggregate_version)

async function hearsAll(t: Test, rig: Rig) {
  const { old, both, fresh } = await afterTheStreamEnded(rig)
  rig.relay()
  rig.inbox()
  await eventually('the new order to be heard of', async () => (await versionsOf(rig, fresh)).length === 1)
  t.strictSame([await versionsOf(rig, old), await versionsOf(rig, both)], [[], []], 'what came before is in no stream')
  for (const time of ['once', 'twice']) {
    await rig.pool.query(TELL_AGAIN)
    await rig.settle()
    const heard = await Promise.all([old, both, fresh].map((id) => versionsOf(rig, id)))
    t.strictSame(heard, [[1, 2], [1, 2, 3], [1]], `all of it in its order, told again ${time}`)
  }
}

t.test('who begins to listen when the stream is shorter than the log hears all once it is told again', async (t) =>
  hearsAll(t, await createRig(t, inProcess())),
)

t.test('so it is at the broker, which drops no message as one that it has seen', async (t) => {
  const nats = await openBroker(t)
  if (nats === undefined) return t.pass('there is no nats-server on the PATH', { skip: true })
  await hearsAll(t, await createRig(t, openWires(nats)))
})

t.test('the operator is told the statement that was tried here', async (t) => {
  const operations = await readFile(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
  t.ok(operations.replaceAll(/\s+/g, ' ').includes(TELL_AGAIN))
})
