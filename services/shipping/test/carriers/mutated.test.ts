import { createHmac, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { SECRET, startCarrierHouse } from './carrier-house.ts'

/**
 * Calls of carriers with anything in them: none may break us, and nothing is believed that was not read back or signed. A short run
 * in the suite; `pnpm fuzz:carriers` sends ten thousand.
 */
const RUNS = Number(process.env.CARRIER_PAYLOADS ?? 240)
const SEED = Number(process.env.SEED ?? 14)

const { db, at, look, dispatched, callOf, signed, read, clock } = await startCarrierHouse()
const NOW = '2026-06-03T08:00:00Z'
const parcels = {
  bring: await dispatched('bring', 'F-BRING'),
  ups: await dispatched('ups', 'F-UPS'),
  dhl: await dispatched('dhl', 'F-DHL'),
  bud: await dispatched('oslo-bud', 'F-BUD'),
}
await look()

const bodies = {
  bring: { status: 'DELIVERED', id: 'a', shipment: 'F-BRING', package: 'F-BRING', created: NOW, pushed: NOW },
  ups: { trackingNumber: 'F-UPS', activityStatus: { type: 'D', code: 'FS' }, receivedBy: 'Kari Eksempel' },
  dhl: {
    scope: 'subscription.push',
    self: 'https://api-eu.dhl.com/tracking/push/v1/subscription/x',
    secret: 's',
    shipments: [
      {
        id: 'F-DHL',
        status: { statusCode: 'delivered' },
        details: { proofOfDelivery: { signed: { name: 'Kari Eksempel' } } },
      },
    ],
  },
  bud: {
    events: [{ eventId: 'e', trackingNumber: 'F-BUD', code: 'taken-by-customer', occurredAt: '2026-06-03T07:00:00Z' }],
  },
}
const secretHeader = { bring: 'x-carrier-secret', ups: 'credential', dhl: 'x-carrier-secret' }

/** A value in the place of another: what a carrier, or somebody who plays one, might send. */
const strange = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\0',
    '\ud800',
    'x'.repeat(5_000),
    '../../x',
    "'; drop table parcel; --",
    '1e309',
    -1,
    1e21,
    null,
    [],
    {},
    '__proto__',
  ),
)
const mutated = (body: object) =>
  fc
    .record({ path: fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }), value: strange, kind: fc.nat(5) })
    .map(({ path, value, kind }) => {
      const text = JSON.stringify(body)
      const cut = Math.floor((path[0]! / 7) * text.length)
      if (kind === 0) return text.slice(0, cut)
      if (kind === 1) return `${text.slice(0, cut)}${JSON.stringify(value)}${text.slice(cut)}`
      if (kind === 2) return JSON.stringify(value)
      return JSON.stringify(replaced(body, path, value))
    })

function replaced(here: unknown, [step, ...path]: number[], value: unknown): unknown {
  if (step === undefined || typeof here !== 'object' || here === null) return value
  const entries = Object.entries(here)
  if (entries.length === 0) return value
  const [name] = entries[step % entries.length]!
  const after = entries.map(([each, part]) => [each, each === name ? replaced(part, path, value) : part])
  return Array.isArray(here) ? after.map(([, part]) => part) : Object.fromEntries(after)
}

const isTold = async () =>
  (await db.selectFrom('outbox').select('type').where('type', 'in', ['ParcelReported', 'ShipmentDelivered']).execute())
    .length

const countEvents = async () => (await db.selectFrom('carrier_event').select('id').execute()).length

t.test(`of ${RUNS} calls none breaks us, and nothing is believed`, async (t) => {
  at(NOW)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('bring' as const, 'ups' as const, 'dhl' as const),
      fc.boolean(),
      fc.integer({ min: 0, max: 2 ** 30 }),
      async (carrier, isOurs, pick) => {
        const body = fc.sample(mutated(bodies[carrier]), { numRuns: 1, seed: pick })[0]!
        const secret = isOurs ? SECRET : `${SECRET.slice(0, -1)}${pick % 10}`
        const { statusCode } = await callOf(carrier, body, { [secretHeader[carrier]]: secret })
        return statusCode === (isOurs ? 202 : 401) || (statusCode === 400 && body.length === 0)
      },
    ),
    { numRuns: Math.ceil(RUNS / 2), seed: SEED },
  )
  await fc.assert(
    fc.asyncProperty(mutated(bodies.bud), fc.nat(3), async (body, kind) => {
      // Signed by another, changed after it was signed, of another time, or not signed at all.
      const other = createHmac('sha256', 'x').update(body).digest('base64')
      const seconds = String(Math.floor(Temporal.Instant.from(clock.at).epochMilliseconds / 1_000))
      const headers = { 'webhook-id': randomUUID(), 'webhook-timestamp': seconds, 'webhook-signature': `v1,${other}` }
      const answer = await [
        () => signed(body, { secret: other }),
        () => callOf('oslo-bud', body, headers),
        () => signed(body, { at: '2026-06-01T08:00:00Z' }),
        () => callOf('oslo-bud', body, {}),
      ][kind]!()
      return answer.statusCode === 401
    }),
    { numRuns: Math.ceil(RUNS / 4), seed: SEED },
  )
  t.equal(await isTold(), 0)
  for (const { id } of Object.values(parcels)) t.match(await read(id), { status: 'dispatched' })
})

t.test('what is signed and nonsense breaks nothing either: it is taken whole, or refused', async (t) => {
  const unknown = { events: [{ ...bodies.bud.events[0], trackingNumber: 'F-NOBODY' }] }
  await fc.assert(
    fc.asyncProperty(mutated(unknown), async (body) => {
      const before = await countEvents()
      const { statusCode } = await signed(body)
      return statusCode === 202 || (statusCode === 400 && (await countEvents()) === before)
    }),
    { numRuns: Math.ceil(RUNS / 4), seed: SEED },
  )
  await look()
  t.equal(await isTold(), 0)
  for (const { id } of Object.values(parcels)) t.match(await read(id), { status: 'dispatched' })
})
