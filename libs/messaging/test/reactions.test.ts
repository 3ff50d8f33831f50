import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyEvent } from '@vilkar/contracts/all-events.ts'
import type { Envelope } from '@vilkar/contracts/event.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import { producersOf, type Reactions, reactWith } from '../inbox/reactions.ts'

const trx = 'the transaction' as never
const deps = { name: 'deps' }
/** What a table with a reaction to ShipmentHeld is called with when this event arrives. */
async function calledWith(envelope: Envelope) {
  const calls: unknown[][] = []
  const reactions: Reactions<AnyEvent, never, typeof deps> = { ShipmentHeld: async (...args) => calls.push(args) }
  await reactWith(reactions, deps)(trx, envelope)
  return calls
}

test('an event is handed to its reaction with the transaction, and what the service works with', async () => {
  const envelope = example('ShipmentHeld')
  assert.deepEqual(await calledWith(envelope), [[trx, deps, envelope.data]])
})

test('what a table does not name is let pass, also when every object has something of that name', async () => {
  for (const type of ['ShipmentResumed', 'constructor', 'toString', '__proto__'])
    assert.deepEqual(await calledWith({ ...example('ShipmentHeld'), type }), [])
})

test('what a reaction throws is thrown, so that the event waits', async () => {
  const reactions: Reactions<AnyEvent, never, null> = { ShipmentHeld: () => Promise.reject(new Error('not now')) }
  await assert.rejects(reactWith(reactions, null)(trx, example('ShipmentHeld')), /not now/)
})

test('the producers of a table are those that tell what it names', () => {
  assert.deepEqual(producersOf({}), [])
  assert.deepEqual(producersOf({ ShipmentHeld: 1, ShipmentDispatched: 1 }), ['shipping'])
  assert.deepEqual(producersOf({ ShipmentHeld: 1, OrderPlaced: 1 }), ['orders', 'shipping'])
})
