import type { AnyEvent } from '@vilkar/contracts/all-events.ts'
import type { Envelope } from '@vilkar/contracts/event.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import t from 'tap'
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

t.test('an event is handed to its reaction with the transaction, and what the service works with', async (t) => {
  const envelope = example('ShipmentHeld')
  t.strictSame(await calledWith(envelope), [[trx, deps, envelope.data]])
})

t.test('what a table does not name is let pass, also when every object has something of that name', async (t) => {
  for (const type of ['ShipmentResumed', 'constructor', 'toString', '__proto__'])
    t.strictSame(await calledWith({ ...example('ShipmentHeld'), type }), [])
})

t.test('what a reaction throws is thrown, so that the event waits', async (t) => {
  const reactions: Reactions<AnyEvent, never, null> = { ShipmentHeld: () => Promise.reject(new Error('not now')) }
  await t.rejects(reactWith(reactions, null)(trx, example('ShipmentHeld')), /not now/)
})

t.test('the producers of a table are those that tell what it names', async (t) => {
  t.strictSame(producersOf({}), [])
  t.strictSame(producersOf({ ShipmentHeld: 1, ShipmentDispatched: 1 }), ['shipping'])
  t.strictSame(producersOf({ ShipmentHeld: 1, OrderPlaced: 1 }), ['orders', 'shipping'])
})
