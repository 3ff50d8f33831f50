import { told } from '@vilkar/contracts/test/told.ts'
import t from 'tap'
import { delayCheckAt } from '../../order/additional-period.ts'
import { delayOf } from '../../order/delay.ts'
import { order } from '../../order/order.ts'
import type { OrderCommand, PlacedOrder } from '../../order/state.ts'
import { authorise, command, confirm, place } from '../an-order.ts'

const formed = [place(), authorise(), confirm()]
const agree = (agreementId: string, agreedAt: string, more: object): OrderCommand =>
  command('AgreeDeliveryDay', '2026-06-09T08:00:00Z', { agreementId, agreedAt, ...more })
const tellDelay = (at: string): OrderCommand => command('TellDelay', at, {})
const after = (...commands: OrderCommand[]) =>
  told(order, ...formed, ...commands).reduce(order.evolve, order.initial) as PlacedOrder
const lastDay = (state: PlacedOrder) => delayOf(state, Temporal.Instant.from('2026-06-10T08:00:00Z')).lastDay.toString()

const [one, other] = [
  agree('a-1', '2026-06-08T08:00:00Z', { deliverBy: '2026-08-01' }),
  agree('a-2', '2026-06-08T09:00:00Z', { deliverBy: '2026-07-20' }),
]
const LAW = '2026-07-01'

t.test('an agreed day is the last of delivery from then on, and the customer is told when it has passed', async (t) => {
  t.equal(lastDay(after()), LAW)
  const state = after(one)
  t.equal(lastDay(state), '2026-08-01')
  t.equal(delayCheckAt(after(one, tellDelay('2026-07-02T08:00:00Z'))), '2026-08-01T22:00:00Z')
})

t.test('of several the latest agreed holds, in whatever order they are heard, each once', async (t) => {
  for (const commands of [
    [one, other],
    [other, one],
    [other, one, other, one],
  ]) {
    t.equal(lastDay(after(...commands)), '2026-07-20')
    t.equal(after(...commands).agreedDays?.agreements.length, 2)
  }
})

t.test('one that was ended holds no more, heard before or after, and the law is the last day again', async (t) => {
  const end = agree('a-3', '2026-06-08T10:00:00Z', { ends: ['a-1'] })
  for (const commands of [
    [one, end],
    [end, one],
  ])
    t.equal(lastDay(after(...commands)), LAW)
  t.equal(lastDay(after(one, other, end)), '2026-07-20')
})

t.test('who was told of a delay is told again when the other day has passed too', async (t) => {
  const commands = [
    tellDelay('2026-07-02T08:00:00Z'),
    one,
    tellDelay('2026-07-03T08:00:00Z'),
    tellDelay('2026-08-02T08:00:00Z'),
  ]
  const delays = told(order, ...formed, ...commands).filter(({ type }) => type === 'DeliveryDelayed')
  t.hasStrict(delays, [{ data: { lastDay: LAW } }, { data: { lastDay: '2026-08-01' } }])
  t.equal(delays.length, 2)
})
