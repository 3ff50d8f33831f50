import { example } from '@vilkar/contracts/test/examples.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { transact } from '@vilkar/server/transact.ts'
import t, { type Test } from 'tap'
import { reactions } from '../../service.ts'
import { COUNT_UNITS, type Counted } from '../../stock/audit.ts'
import { dispatch, formed, historyOf } from '../alarming.ts'

/** A paid and sent order of three of ten sensors, and what is told of replacing some. */
async function sold(t: Test) {
  const { house, id } = await formed(t)
  await dispatch(house, id)
  const hear = (name: 'RemedyChosen' | 'CureStopAsked' | 'CureStopAnswered', changes: object) =>
    transact(house.deps, (trx) => {
      const envelope = example(name)
      const data = { ...envelope.data, orderId: id, ...changes }
      return reactWith(reactions as never, house.deps)(trx as never, { ...envelope, data } as never)
    })
  const attempt = (quantity: number) => {
    const ids = { returnId: crypto.randomUUID(), cureId: crypto.randomUUID() }
    const lines = [{ lineId: '1', quantity }]
    return {
      ...ids,
      choose: (change: object = {}) => hear('RemedyChosen', { ...ids, remedy: 'replacement', lines, ...change }),
      stop: (shipmentAsked: boolean) => hear('CureStopAsked', { ...ids, shipmentAsked }),
      answered: (outcome: string) => hear('CureStopAnswered', { shipmentId: ids.cureId, cure: ids, outcome }),
    }
  }
  return {
    attempt,
    stock: async () => {
      const { rows } = await house.pool.query<Counted>(COUNT_UNITS)
      for (const { stock, kept, changed } of rows) t.equal(stock + kept, changed, 'no unit is made or lost')
      return rows.find(({ sku }) => sku === 'SENSOR-1')!.stock
    },
    told: async () =>
      (await historyOf(house, id))
        .filter(({ type }: { type: string }) => type.startsWith('Replacement'))
        .map(({ type, data }: { type: string; data: { outcome?: string } }) => data.outcome ?? type),
    at: (units: number) =>
      house.call(
        'warehouse',
        'POST',
        '/products/SENSOR-1/stock-changes',
        { units, reason: 'counted' },
        {
          'idempotency-key': crypto.randomUUID(),
        },
      ),
  }
}

t.test('units that replace defective ones are taken out of stock, once', async (t) => {
  const { attempt, stock, told } = await sold(t)
  const before = await stock()
  const { choose } = attempt(2)
  await choose()
  await choose()
  t.equal(await stock(), before - 2)
  t.strictSame(await told(), ['reserved'])
  await attempt(1).choose({ remedy: 'repair' })
  await attempt(1).choose({ cureId: undefined })
  t.equal(await stock(), before - 2, 'a repair takes none, nor what an earlier release chose')
})

t.test('with too few of them none is taken, and that is the answer', async (t) => {
  const { attempt, stock, told, at } = await sold(t)
  await at(1 - (await stock()))
  await attempt(2).choose()
  t.equal(await stock(), 1)
  t.strictSame(await told(), ['out-of-stock'])
})

t.test('two that want the last one at once: one gets it', async (t) => {
  const { attempt, stock, told, at } = await sold(t)
  await at(1 - (await stock()))
  await Promise.all([attempt(1).choose(), attempt(1).choose()])
  t.equal(await stock(), 0)
  t.strictSame((await told()).toSorted(), ['out-of-stock', 'reserved'])
})

t.test('what is not sent after all is in stock again, once, whoever answers; what has left is not', async (t) => {
  const { attempt, stock, told } = await sold(t)
  const before = await stock()
  const early = attempt(1)
  await early.choose()
  await early.stop(false)
  await early.stop(false)
  t.equal(await stock(), before)
  const late = attempt(1)
  await late.choose()
  await late.stop(true)
  t.equal(await stock(), before - 1, 'shipping answers')
  await late.answered('stopped')
  await late.answered('stopped')
  t.equal(await stock(), before)
  const gone = attempt(1)
  await gone.choose()
  await gone.answered('left')
  t.equal(await stock(), before - 1)
  const all = ['ReplacementReleased', 'ReplacementReleased', 'reserved', 'reserved', 'reserved']
  t.strictSame((await told()).toSorted(), all)
})
