import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Envelope } from '@vilkar/contracts/event.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { forgetting } from '../inbox/erased-orders.ts'
import { insertOutbox } from '../outbox/outbox.ts'
import { createRig, ids, inProcess, openBroker, openWires, type Rig, recordEffect } from './rig.ts'

const NEEDLE = 'Nålmaker Øverås'
const AT = Temporal.Instant.from('2026-11-22T09:30:00Z')
const REFILLED = 'relay: events were erased, and the stream is filled anew from the log'

const tellOf = (rig: Rig, orderId: string, version = 1) =>
  rig.db.transaction().execute((trx) => {
    const fact = { type: 'OrderPlaced', data: { orderId, personal: { name: NEEDLE } } }
    return insertOutbox(trx, 'orders', [{ aggregateId: orderId, version, fact, at: AT }], () => {})
  })
const erase = (rig: Rig, orderId: string) =>
  rig.pool.query('select erase_events($1, $2)', [[orderId], '{"OrderPlaced": [["personal", "name"]]}'])
const isRefilled = (rig: Rig) =>
  eventually('the stream to be filled anew', async () => {
    const { rows } = await rig.pool.query('select erased_at is null as done from stream_erasure')
    return rows[0].done
  })

t.test('what is erased of the log is gone from the files of the broker, and nothing is applied twice', async (t) => {
  const nats = await openBroker(t)
  if (nats === undefined) return t.pass('there is no nats-server on the PATH', { skip: true })
  const rig = await createRig(t, openWires(nats))
  rig.relay({ streamCheckMs: 100 })
  rig.inbox()
  const [gone, other] = ids(2)
  await tellOf(rig, gone!)
  await rig.settle()
  const files = async () => {
    const entries = await readdir(nats.directory, { recursive: true, withFileTypes: true })
    const all = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
    const found = await Promise.all(
      all.map((file) =>
        readFile(file, 'utf8').then(
          (text) => text.includes(NEEDLE) && file,
          () => false,
        ),
      ),
    )
    return found.filter((file) => file !== false)
  }
  await eventually('the broker to hold it', async () => (await files()).length > 0)
  await erase(rig, gone!)
  await isRefilled(rig)
  await eventually('no file to have it', async () => (await files()).length === 0)
  await rig.tell([other!])
  await rig.settle()
})

t.test('erasures that follow each other share one filling', async (t) => {
  const rig = await createRig(t, inProcess())
  const lines: string[] = []
  const note = (_details: object, message: string) => void lines.push(message)
  rig.relay({ streamCheckMs: 20, refillPauseMs: 3_600_000, log: { info: note, warn: note, error: note } })
  rig.inbox()
  const orders = ids(6)
  for (const id of orders) await tellOf(rig, id)
  await rig.settle()
  await erase(rig, orders[0]!)
  await isRefilled(rig)
  for (const id of orders.slice(1)) await erase(rig, id)
  await rig.tell(ids(3))
  await rig.settle()
  assert.equal(lines.filter((line) => line === REFILLED).length, 1)
  const { rows } = await rig.pool.query('select erased_at is not null as waits from stream_erasure')
  t.strictSame(rows, [{ waits: true }])
  // Once the pause is over, one filling does for all of them.
  await rig.owner.query(`update stream_erasure set rebuilt_at = now() - interval '2 hours'`)
  await isRefilled(rig)
  assert.equal(lines.filter((line) => line === REFILLED).length, 2)
  await rig.settle()
})

t.test('what comes late of an order that was erased is heard without what is personal in it', async (t) => {
  const rig = await createRig(t, inProcess())
  const heard = new Map<string, Envelope>()
  rig.relay()
  rig.inbox({
    react: forgetting(async (trx, envelope) => {
      heard.set(envelope.subject, envelope)
      await recordEffect(trx, envelope)
    }),
  })
  const [erased, other] = ids(2)
  await rig.pool.query(
    `insert into erased_order (order_id, erasure_id, erased_at, keeps) values ($1, gen_random_uuid(), now(), '{}')`,
    [erased],
  )
  await tellOf(rig, erased!)
  await tellOf(rig, other!)
  await rig.settle()
  t.strictSame(heard.get(erased!)!.data, { orderId: erased, personal: { name: 'erased' } })
  t.strictSame(heard.get(other!)!.data, { orderId: other, personal: { name: NEEDLE } })
})
