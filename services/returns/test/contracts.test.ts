import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { ShippingEvent } from '@vilkar/contracts/shipping.ts'
import { example, fact, factsOf, faultsOf } from '@vilkar/contracts/test/examples.ts'
import { told } from '@vilkar/contracts/test/told.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { reactions } from '../service.ts'
import type { ReturnCommand } from '../withdrawal/commands.ts'
import { decider } from '../withdrawal/decider.ts'
import { handle } from '../withdrawal/handle.ts'
import { close, declare, receive, received, returnId, send } from './a-return.ts'

const oneSensor = declare({
  lines: [{ lineId: '1', quantity: 1 }],
  statement: fact('WithdrawalDeclared').data.personal.statement,
})
const story = [oneSensor, send(), receive(), close()]

describe('what returns tells', () => {
  test('of a withdrawal from beginning to end is valid and as its examples say', () => {
    for (const event of told(decider, ...story)) {
      assert.deepEqual(faultsOf(event), [])
      assert.deepEqual(factsOf(event), factsOf(fact(event.type)))
    }
  })
  test('is all that it declares', () => {
    const types = told(decider, ...story).map(({ type }) => type)
    assert.deepEqual(types.sort(), allEvents.returns.map(nameOf).sort())
  })
})

type Heard = (OrderEvent | ShippingEvent)['type']
const delivered: Heard[] = ['OrderPlaced', 'ContractFormed', 'ShipmentDispatched', 'ShipmentDelivered']

const deps = { jobs: { enqueue: async () => {} } } as unknown as Deps
const react = reactWith(reactions, deps)

/** A database that has heard these events, and what returns knows and told since. */
async function having(t: TestContext, ...heard: Heard[]) {
  const url = await freshDatabase(...commonMigrations, fileURLToPath(new URL('../migrations', import.meta.url)))
  const pool = createPool(url, { max: 1 })
  t.after(() => pool.end())
  const db = createDatabase<Database>(pool)
  const hear = (name: Heard) => db.transaction().execute((trx) => react(trx, example(name)))
  for (const name of heard) await hear(name)
  const known = () => db.selectFrom('order_facts').select(['facts', 'personal']).executeTakeFirstOrThrow()
  return {
    hear,
    known,
    facts: async () => (await known()).facts,
    do: async (command: ReturnCommand) => {
      const { facts } = await known()
      const data = command.type === 'DeclareWithdrawal' ? { ...command.data, facts } : command.data
      return db.transaction().execute((trx) => handle(trx, { type: command.type, data } as ReturnCommand, deps))
    },
    toldNow: async () => (await readHistory(db, returnId)).map(({ type, data }) => ({ type, data })),
  }
}

describe('what returns hears', () => {
  test('OrderPlaced, ContractFormed, ShipmentDispatched, ShipmentDelivered: all that rights depend on', async (t) => {
    const { known } = await having(t, ...delivered)
    const { disclosures } = example('OrderPlaced').data
    const { facts, personal } = await known()
    const { number: _, locale, ...rest } = facts
    assert.deepEqual(
      factsOf({ type: 'facts', data: rest }),
      factsOf({ type: 'facts', data: { ...received, disclosures } }),
    )
    assert.equal(locale, 'nb')
    const { placedBy, email, name } = example('OrderPlaced').data.personal
    assert.deepEqual(personal, { placedBy, email, name })
  })
  test('from the examples of others it tells its own', async (t) => {
    const returns = await having(t, ...delivered)
    await returns.do(oneSensor)
    await returns.do(send())
    await returns.do(receive())
    await returns.hear('PaymentRefunded')
    const now = await returns.toldNow()
    assert.deepEqual(
      now.map(({ type }) => type),
      ['WithdrawalDeclared', 'ReturnSent', 'RefundDecided', 'ReturnReceived', 'ReturnClosed'],
    )
    for (const event of now.slice(0, -1)) assert.deepEqual(factsOf(event), factsOf(fact(event.type as 'ReturnSent')))
    assert.partialDeepStrictEqual(now.at(-1), { data: { outcome: 'refunded', amount: 49_900 } })
    const [kept] = (await returns.facts()).returns
    assert.partialDeepStrictEqual(kept, { returnId, outcome: 'closed', refunded: 49_900 })
  })
  test('PaymentRefunded said twice closes once', async (t) => {
    const returns = await having(t, ...delivered)
    await returns.do(oneSensor)
    await returns.do(send())
    await returns.hear('PaymentRefunded')
    await returns.hear('PaymentRefunded')
    assert.equal((await returns.toldNow()).filter(({ type }) => type === 'ReturnClosed').length, 1)
  })
  test('EmailCorrected: receipts go to the address that works', async (t) => {
    const { known } = await having(t, 'OrderPlaced', 'EmailCorrected')
    const { name } = example('OrderPlaced').data.personal
    assert.partialDeepStrictEqual((await known()).personal, { name, ...example('EmailCorrected').data.personal })
  })
  test('ConfirmationBounced: the contract is not formed any more', async (t) => {
    const { facts } = await having(t, 'OrderPlaced', 'ContractFormed', 'ConfirmationBounced')
    assert.equal((await facts()).formedAt, undefined)
  })
  test('OrderCancelled: nothing can be withdrawn from any more, and an open return is over', async (t) => {
    const returns = await having(t, 'OrderPlaced', 'ContractFormed')
    await returns.do(oneSensor)
    await returns.hear('OrderCancelled')
    assert.equal((await returns.facts()).cancelledAt, example('OrderCancelled').data.cancelledAt)
    assert.partialDeepStrictEqual((await returns.toldNow()).at(-1), {
      type: 'ReturnClosed',
      data: { outcome: 'order-cancelled', amount: 0 },
    })
    const again = { ...oneSensor, data: { ...oneSensor.data, returnId: '019eb0c8-1c00-7c02-8b63-1e7c2a8d4f44' } }
    assert.equal((await returns.do(again)).refusal?.code, 'withdrawal-refused')
  })
  test('ShipmentDispatched and ShipmentDelivered before OrderPlaced: no parcel is lost', async (t) => {
    const inOrder = await having(t, ...delivered)
    const { known } = await having(t, 'ShipmentDispatched', 'ShipmentDelivered', 'OrderPlaced', 'ContractFormed')
    assert.deepEqual(await known(), await inOrder.known())
  })
  test('everything else is let pass', async (t) => {
    const { hear, facts } = await having(t, ...delivered)
    const before = await facts()
    const named = [...delivered, 'EmailCorrected', 'ConfirmationBounced', 'OrderCancelled', 'PaymentRefunded']
    for (const name of [...allEvents.orders, ...allEvents.shipping].map(nameOf) as Heard[])
      if (!named.includes(name)) await hear(name)
    assert.deepEqual(await facts(), before)
  })
})
