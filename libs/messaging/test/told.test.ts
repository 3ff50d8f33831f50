import { readFileSync } from 'node:fs'
import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import { checkEnvelope, checkFact } from '@vilkar/contracts/check.ts'
import type { Envelope, Fact, ServiceName } from '@vilkar/contracts/event.ts'
import { MAX_AMOUNT } from '@vilkar/contracts/parts.ts'
import t from 'tap'
import { readEnvelope } from '../inbox/store.ts'
import { insertOutbox, readHistory } from '../outbox/outbox.ts'
import { createRig, ids, inProcess } from './rig.ts'

const AT = Temporal.Instant.from('2026-11-22T09:30:00Z')
const example = (name: string): Envelope =>
  JSON.parse(readFileSync(new URL(`../../contracts/test/examples/${name}.json`, import.meta.url), 'utf8'))
const events = (Object.keys(allEvents) as ServiceName[]).flatMap((service) =>
  allEvents[service].map((schema) => ({ service, schema, ...example(nameOf(schema)) })),
)

t.test('what a contract does not say is not stored, and neither is what came with it', async (t) => {
  const rig = await createRig(t, inProcess())
  const [first, second] = ids(2)
  const { data } = example('OrderPlaced')
  const tell = (...facts: [string, Fact][]) =>
    rig.db.transaction().execute(async (trx) => {
      await trx.insertInto('inbox_head').values({ producer: 'shipping', aggregate_id: first!, version: 1 }).execute()
      const rows = facts.map(([aggregateId, fact]) => ({ aggregateId, version: 1, fact, at: AT }))
      return await insertOutbox(trx, 'orders', rows)
    })
  const good: [string, Fact] = [first!, { type: 'OrderPlaced', data }]
  const { number: _, ...rest } = data
  await t.rejects(tell(good, [second!, { type: 'OrderPlaced', data: rest }]), {
    name: 'TypeError',
    message: /^OrderPlaced is not as its contract says: .*number/,
  })
  const { rows } = await rig.pool.query(
    'select (select count(*)::int from outbox) as told, (select count(*)::int from inbox_head) as noted',
  )
  t.strictSame(rows, [{ told: 0, noted: 0 }])
  t.equal((await tell(good)).length, 1)
})

t.test('every event of every service', async (t) => {
  for (const { service, schema, type, data } of events)
    t.test(`${type} is stored as its contract says it, and in no other way`, async (t) => {
      checkFact(service, { type, data })
      const { required = [] } = schema.properties.data as { required?: string[] }
      for (const field of required) {
        const { [field]: _, ...less } = data
        t.throws(() => checkFact(service, { type, data: less }), TypeError, `without ${field}`)
        t.throws(() => checkFact(service, { type, data: { ...data, [field]: [[]] } }), TypeError, `another ${field}`)
      }
      for (const other of Object.keys(allEvents) as ServiceName[])
        if (other !== service) t.throws(() => checkFact(other, { type, data }), /has no such event/)
    })
})

t.test('no sum of an event is above the most that all services take', async (t) => {
  const sums = /^(unitPrice|total|vat|amount|net|goods|delivery|price|standardPrice)$/
  const raised = (value: unknown, path: string[]): unknown => {
    const [head, ...rest] = path
    if (head === undefined) return MAX_AMOUNT + 1
    if (Array.isArray(value)) return value.map((item, i) => (String(i) === head ? raised(item, rest) : item))
    return { ...(value as object), [head]: raised((value as Record<string, unknown>)[head], rest) }
  }
  const pathsOf = (value: unknown, path: string[] = []): string[][] => {
    if (typeof value === 'number') return sums.test(path.at(-1)!) ? [path] : []
    if (value === null || typeof value !== 'object') return []
    return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))
  }
  let found = 0
  for (const { service, type, data } of events)
    for (const path of pathsOf(data)) {
      found += 1
      const fact = { type, data: raised(data, path) as Fact['data'] }
      t.throws(() => checkFact(service, fact), TypeError, `${type} ${path.join('.')}`)
    }
  t.ok(found > 20, String(found))
})

t.test('an event says of which trace it is, and of none nothing, as those of before', async (t) => {
  const rig = await createRig(t, inProcess())
  const [aggregateId] = ids(1)
  const fact = { type: 'OrderPlaced', data: example('OrderPlaced').data }
  const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const row = { aggregateId: aggregateId!, fact, at: AT }
  const told = await rig.db.transaction().execute((trx) =>
    insertOutbox(trx, 'orders', [
      { ...row, version: 1 },
      { ...row, version: 2, trace },
    ]),
  )
  t.notOk('traceparent' in told[0]!)
  t.equal(told[1]!.traceparent, trace)
  t.strictSame(await readHistory(rig.db, aggregateId!), told, 'as it was told it is read, and sent')
  // A reader looks at what it knows of an envelope: decision 34.
  const strange = { ...told[1]!, traceparent: 'of a version to come', more: true }
  t.strictSame(readEnvelope('orders', JSON.stringify(strange)), strange)
  checkEnvelope(strange)
})
