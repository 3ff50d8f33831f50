import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { Value } from 'typebox/value'
import { allEvents, nameOf } from '../all-events.ts'
import { type Envelope, type ServiceName, sourceOf } from '../event.ts'
import { envelopeFaultsOf, example, faultsOf, folder } from './examples.ts'

const aggregates = { orders: 'orderId', shipping: 'shipmentId', returns: 'returnId' } as const
const all = (Object.keys(allEvents) as ServiceName[]).flatMap((service) =>
  allEvents[service].map((schema) => {
    const name = nameOf(schema)
    return { service, schema, name, envelope: example(name as 'OrderPlaced') as Envelope }
  }),
)

test('every event has an example, and every example an event', () =>
  assert.deepEqual(readdirSync(folder).sort(), all.map(({ name }) => `${name}.json`).sort()))

for (const { service, schema, name, envelope } of all)
  describe(name, () => {
    const { type, data } = envelope
    test('is shown by an example that is valid, envelope and all', () => {
      assert.equal(type, name)
      assert.deepEqual(envelopeFaultsOf(envelope), [])
      assert.deepEqual(faultsOf({ type, data }), [])
    })
    test('is told by its service about its aggregate', () => {
      assert.equal(envelope.source, sourceOf(service))
      assert.equal(envelope.subject, data[aggregates[service]])
    })
    test('has in its example nothing that it does not declare', () =>
      assert.deepEqual(Value.Clean(schema, structuredClone({ type, data })), { type, data }))
    test('cannot lose a field that readers may count on', () => {
      const { required = [] } = schema.properties.data as { required?: string[] }
      assert.ok(required.length >= 2)
      for (const field of required) {
        assert.ok(Object.hasOwn(data, field), field)
        const { [field]: _, ...rest } = data
        assert.notDeepEqual(faultsOf({ type, data: rest }), [], field)
      }
    })
    test('may gain a field that old readers do not know', () =>
      assert.deepEqual(faultsOf({ type, data: { ...data, somethingNew: 1 } }), []))
  })

describe('personal data', () => {
  const MIN_TELLING_LENGTH = 5
  const leaves = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(leaves) : []
  const people = new Set(
    all.flatMap(({ envelope }) => leaves(envelope.data.personal)).filter((leaf) => leaf.length >= MIN_TELLING_LENGTH),
  )

  test('is in the examples, or the next rule would hold of nothing', () => {
    for (const expected of ['kari@eksempel.example', 'Kari Eksempel', 'Storgata 1']) assert.ok(people.has(expected))
  })
  for (const { name, envelope } of all)
    test(`of no event stands in ${name} outside its personal part`, () => {
      const { personal: _, ...facts } = envelope.data
      for (const text of leaves({ ...envelope, data: facts }))
        for (const secret of people)
          assert.ok(!text.toLowerCase().includes(secret.toLowerCase()), `${text} tells ${secret}`)
    })
})
