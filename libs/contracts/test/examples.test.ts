import { readdirSync } from 'node:fs'
import t from 'tap'
import { Value } from 'typebox/value'
import { allEvents, nameOf } from '../all-events.ts'
import { type Envelope, type ServiceName, sourceOf } from '../event.ts'
import { envelopeFaultsOf, example, faultsOf, folder } from './examples.ts'

const aggregates = { orders: 'orderId', shipping: 'shipmentId', returns: 'returnId', privacy: 'erasureId' } as const
/** Answers about an order are heard in their order, so that they are one aggregate. */
const ANSWERS = new Set(['StopAnswered', 'AddressChangeAnswered'])
/** What is recorded of an order and is no case of its own. */
const OWN: Record<string, string> = {
  AgreementRecorded: 'agreementId',
  ...Object.fromEntries(['Proposed', 'Decided', 'Declined', 'Closed'].map((what) => [`Payout${what}`, 'payoutId'])),
  ...{ ExchangeAgreed: 'exchangeId', ExchangeEnded: 'exchangeId' },
  ...Object.fromEntries(['Proposed', 'Decided', 'Declined'].map((what) => [`Override${what}`, 'overrideId'])),
  ReturnLabelRequested: 'labelId',
  RecallNoticeAsked: 'noticeId',
  RecallAnnounced: 'recallId',
  RecallEnded: 'recallId',
  PolicyChanged: 'changeId',
  OrderWrittenSince: 'writingId',
  ...{ ShipmentWrittenSince: 'writingId', ReturnWrittenSince: 'writingId' },
  ...Object.fromEntries(
    ['OrderDataErased', 'ShipmentDataErased', 'ReturnDataErased'].map((name) => [name, 'erasureId']),
  ),
  ...Object.fromEntries(
    ['ReturnLabelIssued', 'ReturnParcelScanned', 'ReturnParcelArrived', 'ReturnUnitsReceived'].map((name) => [
      name,
      'parcelId',
    ]),
  ),
}
const aggregateOf = (name: string, service: ServiceName) =>
  OWN[name] ?? (ANSWERS.has(name) ? 'orderId' : aggregates[service])
const all = (Object.keys(allEvents) as ServiceName[]).flatMap((service) =>
  allEvents[service].map((schema) => {
    const name = nameOf(schema)
    return { service, schema, name, envelope: example(name as 'OrderPlaced') as Envelope }
  }),
)

t.test('every event has an example, and every example an event', async (t) =>
  t.strictSame(readdirSync(folder).sort(), all.map(({ name }) => `${name}.json`).sort()),
)

for (const { service, schema, name, envelope } of all)
  t.test(name, async (t) => {
    const { type, data } = envelope
    t.test('is shown by an example that is valid, envelope and all', async (t) => {
      t.equal(type, name)
      t.strictSame(envelopeFaultsOf(envelope), [])
      t.strictSame(faultsOf({ type, data }), [])
    })
    t.test('is told by its service about its aggregate', async (t) => {
      t.equal(envelope.source, sourceOf(service))
      t.equal(envelope.subject, data[aggregateOf(name, service)])
    })
    t.test('has in its example nothing that it does not declare', async (t) =>
      t.strictSame(Value.Clean(schema, structuredClone({ type, data })), { type, data }),
    )
    t.test('cannot lose a field that readers may count on', async (t) => {
      const { required = [] } = schema.properties.data as { required?: string[] }
      t.ok(required.length >= 2)
      for (const field of required) {
        t.ok(Object.hasOwn(data, field), field)
        const { [field]: _, ...rest } = data
        t.strictNotSame(faultsOf({ type, data: rest }), [], field)
      }
    })
    t.test('may gain a field that old readers do not know', async (t) =>
      t.strictSame(faultsOf({ type, data: { ...data, somethingNew: 1 } }), []),
    )
  })

t.test('personal data', async (t) => {
  const MIN_TELLING_LENGTH = 5
  const leaves = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(leaves) : []
  const people = new Set(
    all.flatMap(({ envelope }) => leaves(envelope.data.personal)).filter((leaf) => leaf.length >= MIN_TELLING_LENGTH),
  )

  t.test('is in the examples, or the next rule would hold of nothing', async (t) => {
    for (const expected of ['kari@eksempel.example', 'Kari Eksempel', 'Storgata 1']) t.ok(people.has(expected))
  })
  for (const { name, envelope } of all)
    t.test(`of no event stands in ${name} outside its personal part`, async (t) => {
      const { personal: _, ...facts } = envelope.data
      for (const text of leaves({ ...envelope, data: facts }))
        for (const secret of people) t.ok(!text.toLowerCase().includes(secret.toLowerCase()), `${text} tells ${secret}`)
    })
})
