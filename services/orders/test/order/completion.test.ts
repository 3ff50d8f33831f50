import { told } from '@vilkar/contracts/test/told.ts'
import t from 'tap'
import { delayCheckAt } from '../../order/additional-period.ts'
import { isComplete } from '../../order/completion.ts'
import { order } from '../../order/order.ts'
import type { OrderCommand, PlacedOrder } from '../../order/state.ts'
import {
  answer,
  authorise,
  cancelUnits,
  command,
  confirm,
  correctDelivery,
  dispatch,
  lose,
  place,
  shipmentId,
  withdrawFrom,
} from '../an-order.ts'

const formed = [place(), authorise(), confirm()]
const OTHER = '019e8258-8c00-7b01-9a52-0d6b1f7c3e33'
const LAMPS = [{ lineId: '1', quantity: 2 }]
const SENSOR = [{ lineId: '2', quantity: 1 }]
const twoParcels = [...formed, dispatch(LAMPS), dispatch(SENSOR, OTHER)]
const arrives = (id: string) => command('RecordDelivery', '2026-06-04T14:30:00Z', { shipmentId: id })
const after = (...commands: OrderCommand[]) =>
  told(order, ...commands).reduce(order.evolve, order.initial) as PlacedOrder
/** What the order tells of its end: the deliveries that leave more to come are marked. */
const ends = (...commands: OrderCommand[]) =>
  told(order, ...commands).flatMap(({ type, data }) =>
    type === 'OrderDelivered' || type === 'OrderDeliveryCorrected' || type === 'OrderCompleted' || type === 'UnitsLost'
      ? [`${type}${'moreToCome' in data ? ' and more to come' : ''}`]
      : [],
  )
const complete = (...commands: OrderCommand[]) => isComplete(after(...commands))

t.test('an order of two parcels is complete with the second, in whichever order they come', async (t) => {
  for (const [first, second] of [
    [shipmentId, OTHER],
    [OTHER, shipmentId],
  ] as const) {
    t.strictSame(ends(...twoParcels, arrives(first), arrives(second)), [
      'OrderDelivered and more to come',
      'OrderDelivered',
    ])
    t.notOk(complete(...twoParcels, arrives(first)))
    t.ok(complete(...twoParcels, arrives(first), arrives(second)))
  }
})

t.test('what is still here is to come, whatever arrived', async (t) => {
  t.strictSame(ends(...formed, dispatch(LAMPS), arrives(shipmentId)), ['OrderDelivered and more to come'])
  t.notOk(complete(...formed))
})

t.test('it is complete once the rest never leaves', async (t) => {
  const stop = [cancelUnits('2', 1)]
  const sent = [...formed, dispatch(LAMPS), arrives(shipmentId)]
  const stopped = answer({}, { asked: SENSOR })
  t.notOk(complete(...sent, ...stop), 'shipping has not answered')
  t.strictSame(ends(...sent, ...stop, stopped), ['OrderDelivered and more to come', 'OrderCompleted'])
})

t.test('what is withdrawn from once all has come is no second end of it', async (t) => {
  const asked = [{ lineId: '1', quantity: 1 }]
  const withdrawn = withdrawFrom(asked, 'w')
  const left = answer({ 1: 1 }, { asked, id: 'w' })
  t.strictSame(ends(...formed, dispatch(), arrives(shipmentId), withdrawn, left), ['OrderDelivered'])
  t.strictSame(ends(...formed, dispatch(), withdrawn, arrives(shipmentId), left), ['OrderDelivered'])
})

t.test('of two stops the one that leaves nothing to come ends it, whichever is answered last', async (t) => {
  const sent = [...formed, dispatch(LAMPS), arrives(shipmentId), cancelUnits('2', 1, 'c')]
  const asked = [{ lineId: '1', quantity: 1 }]
  const answers = [answer({}, { asked: SENSOR, id: 'c' }), answer({ 1: 1 }, { asked, id: 'w' })]
  for (const each of [answers, answers.toReversed()])
    t.strictSame(ends(...sent, withdrawFrom(asked, 'w'), ...each), [
      ...['OrderDelivered and more to come', 'OrderCompleted'],
    ])
})

t.test('it is complete once the rest was lost and is paid back, before or after the other parcel came', async (t) => {
  const lost = lose(SENSOR, crypto.randomUUID(), OTHER)
  t.strictSame(ends(...twoParcels, arrives(shipmentId), lost, lost), [
    ...['OrderDelivered and more to come', 'UnitsLost', 'OrderCompleted'],
  ])
  t.strictSame(ends(...twoParcels, lost, arrives(shipmentId)), ['UnitsLost', 'OrderDelivered'])
  t.strictSame(ends(...formed, dispatch(), lose(LAMPS)), ['UnitsLost'], 'of a parcel of which some was lost')
  t.strictSame(ends(...formed, dispatch(), lose()), ['UnitsLost', 'OrderCompleted'])
})

t.test('of two lamps of which each was lost, the second makes it complete', async (t) => {
  const sent = [...formed, dispatch(LAMPS), dispatch(SENSOR, OTHER), arrives(OTHER)]
  const lamp = (n: string) => lose([{ lineId: '1', quantity: 1 }], n)
  t.strictSame(ends(...sent, lamp('a'), lamp('a'), lamp('b')).slice(1), ['UnitsLost', 'UnitsLost', 'OrderCompleted'])
})

t.test(
  'a parcel that turns up after all is no second end of it, and hides nothing that is still to come',
  async (t) => {
    const lost = lose(LAMPS)
    t.strictSame(ends(...twoParcels, lost, arrives(shipmentId)), ['UnitsLost', 'OrderDelivered and more to come'])
    t.strictSame(ends(...formed, dispatch(), lose(), arrives(shipmentId)), [
      'UnitsLost',
      'OrderCompleted',
      'OrderDelivered',
    ])
  },
)

t.test('a delivery that was told wrongly says whether more is to come', async (t) => {
  const sent = [...twoParcels, arrives(shipmentId)]
  t.strictSame(ends(...sent, correctDelivery('2026-06-05T16:00:00Z')).at(-1), 'OrderDeliveryCorrected and more to come')
  t.strictSame(
    ends(...formed, dispatch(), arrives(shipmentId), correctDelivery('2026-06-05T16:00:00Z')).at(-1),
    'OrderDeliveryCorrected',
  )
})

t.test('nobody is told that goods are late that were lost and are paid back', async (t) => {
  t.ok(delayCheckAt(after(...formed, dispatch())))
  t.notOk(delayCheckAt(after(...formed, dispatch(), lose())))
  t.ok(delayCheckAt(after(...formed, dispatch(), lose(LAMPS))), 'the sensor is still on its way')
})
