import type { AnyEvent } from '@vilkar/contracts/all-events.ts'
import type { Envelope } from '@vilkar/contracts/event.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import t from 'tap'
import { reactTo } from '../inbox/batch.ts'
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

const of = (orderId: string, type: string) => ({
  ...{ pubNo: 1, blocked: false },
  envelope: { id: `${orderId} ${type}`, subject: 'of its own', type, data: { orderId } } as never as Envelope,
})

t.test(
  'a batch reacts to events of different orders at the same time, and to those of one in their order',
  async (t) => {
    const log: string[] = []
    const bothBegan = Promise.withResolvers<void>()
    const react = async (_trx: unknown, { id, type, data }: Envelope) => {
      log.push(`${id} begins`)
      if (type === 'first' && data.orderId === 'B') bothBegan.resolve()
      if (type === 'first') await bothBegan.promise
      log.push(`${id} ends`)
    }
    await reactTo({} as never, [of('A', 'first'), of('A', 'second'), of('B', 'first')], react)
    const ofA = log.filter((line) => line.startsWith('A'))
    t.strictSame(ofA, ['A first begins', 'A first ends', 'A second begins', 'A second ends'])
    t.ok(log.indexOf('B first begins') < log.indexOf('A first ends'))
  },
)

t.test('when one fails the batch fails, once no reaction is under way any more', async (t) => {
  let ended = false
  const react = async (_trx: unknown, { data }: Envelope) => {
    if (data.orderId === 'A') throw new Error('not now')
    await new Promise(setImmediate)
    ended = true
  }
  await t.rejects(reactTo({} as never, [of('A', 'first'), of('B', 'first')], react), /not now/)
  t.ok(ended)
})

t.test('events that are applied one by one are reacted to in turn, and it is known which one fails', async (t) => {
  const attempt: { current?: { envelope: Envelope } } = {}
  const react = async (_trx: unknown, { data }: Envelope) => {
    if (data.orderId === 'B') throw new Error('not now')
  }
  await t.rejects(reactTo({} as never, [of('A', 'first'), of('B', 'first')], react, attempt as never), /not now/)
  t.equal(attempt.current!.envelope.id, 'B first')
})
