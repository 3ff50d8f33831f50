import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import t from 'tap'
import { delayCheckAt } from '../../order/additional-period.ts'
import { lateArrivalOf, newLateArrivalOf } from '../../order/delay.ts'
import { order } from '../../order/order.ts'
import type { OrderCommand, PlacedOrder } from '../../order/state.ts'
import {
  answer,
  authorise,
  cancelByCustomer,
  cancelUnits,
  command,
  confirm,
  correctDelivery,
  deliver,
  dispatch,
  place,
  placeForBusiness,
  quoteFor,
  shipmentId,
  withdrawFrom,
} from '../an-order.ts'

const formed = [place(), authorise(), confirm()]
const look = (at: string) => command('TellDelay', at, {})
const after = (...commands: OrderCommand[]) =>
  told(order, ...commands).reduce(order.evolve, order.initial) as PlacedOrder
const delays = (...commands: OrderCommand[]) =>
  told(order, ...commands).flatMap((event) => (event.type === 'DeliveryDelayed' ? [event] : []))
const days = (...commands: OrderCommand[]) => delays(...commands).map(({ data }) => `${data.promise} ${data.lastDay}`)

const expire = (at: string) => command('ExpireAuthorisation', at, { paymentId: authorise().data.paymentId })

/** Confirmed on Monday the first of June: seven business days end on the tenth, thirty days on the first of July. */
const ESTIMATE = '2026-06-10T22:00:00Z'
const LAST_DAY = '2026-07-01T22:00:00Z'
const before = (instant: string) => Temporal.Instant.from(instant).subtract('PT1S').toString()

t.test(
  'a consumer is told when the expected days have passed, and again when it is late by law, once each',
  async (t) => {
    t.strictSame(days(...formed, look(before(ESTIMATE))), [])
    t.strictSame(days(...formed, look(ESTIMATE), look(ESTIMATE), look(before(LAST_DAY))), ['estimate 2026-06-10'])
    t.strictSame(days(...formed, look(ESTIMATE), look(LAST_DAY), look('2026-09-01T00:00:00Z')), [
      'estimate 2026-06-10',
      'last-day 2026-07-01',
    ])
  },
)

t.test('whoever looks only after both days tells of the last alone', async (t) =>
  t.strictSame(days(...formed, look(LAST_DAY), look(LAST_DAY)), ['last-day 2026-07-01']),
)

t.test('a business is told once, when the estimate has passed: beyond that a person judges', async (t) => {
  const business = [placeForBusiness(), authorise(), confirm()]
  t.strictSame(days(...business, look(ESTIMATE), look(LAST_DAY)), ['last-day 2026-06-10'])
  t.ok(whyOf(delays(...business, look(ESTIMATE))[0]!).includes('reasonable-time-to-be-judged'))
  t.notMatch(JSON.stringify(delays(...business, look(ESTIMATE))[0]!.data.reasons), /forbrukerkjøpsloven/)
})

t.test('a day that was agreed at checkout is the last, for a consumer and for a business alike', async (t) => {
  const agreed = (deliverBy: string, customerKind: 'consumer' | 'business' = 'consumer') => [
    place({ quote: quoteFor({ deliverBy, customerKind }) }),
    authorise(),
    confirm(),
  ]
  const later = agreed('2026-07-20')
  t.strictSame(days(...later, look(LAST_DAY)), ['estimate 2026-06-10'], 'the law’s own day has been agreed away')
  t.strictSame(days(...later, look('2026-07-20T22:00:00Z')), ['last-day 2026-07-20'])
  t.strictSame(days(...agreed('2026-06-05'), look('2026-06-05T22:00:00Z')), ['last-day 2026-06-05'])
  const [ofBusiness] = delays(...agreed('2026-06-05', 'business'), look('2026-06-05T22:00:00Z'))
  t.equal(ofBusiness!.data.lastDay, '2026-06-05')
  t.ok(whyOf(ofBusiness!).includes('late'))
  t.notOk(whyOf(ofBusiness!).includes('reasonable-time-to-be-judged'), 'nobody has to judge it')
})

t.test('it says what has not left and what is on its way, and cites clause and section', async (t) => {
  const [late] = delays(...formed, dispatch([{ lineId: '1', quantity: 1 }]), look(LAST_DAY))
  t.strictSame(late!.data.underway, [{ lineId: '1', quantity: 1 }])
  t.strictSame(late!.data.unsent, [
    { lineId: '1', quantity: 1 },
    { lineId: '2', quantity: 1 },
  ])
  for (const cited of ['7.2', '§ 6', '§ 19', '§ 20', '§ 21', '§ 24']) t.ok(whyOf(late!).includes(cited), cited)
})

t.test('who waits for nothing is told nothing', async (t) => {
  const none = (...commands: OrderCommand[]) => {
    t.strictSame(days(...commands, look(LAST_DAY)), [])
    t.equal(delayCheckAt(after(...commands)), null)
  }
  none(place())
  none(place(), authorise())
  none(...formed, dispatch(), deliver)
  none(...formed, cancelByCustomer)
  none(...formed, cancelByCustomer, answer())
  none(
    ...formed,
    dispatch(),
    withdrawFrom([
      { lineId: '1', quantity: 2 },
      { lineId: '2', quantity: 1 },
    ]),
  )
  none(...formed, expire('2026-06-08T08:02:00Z'))
})

t.test('an authorisation that ran out when the goods were late by then is no excuse', async (t) =>
  t.strictSame(days(...formed, look(ESTIMATE), expire('2026-06-29T08:02:00Z'), look(LAST_DAY)), [
    'estimate 2026-06-10',
    'last-day 2026-07-01',
  ]),
)

t.test('who withdrew from some, or cancelled some, waits for the rest', async (t) => {
  const cancelled = [...[...formed, cancelUnits('1', 1)], answer({}, { asked: [{ lineId: '1', quantity: 1 }] })]
  t.strictSame(delays(...cancelled, look(ESTIMATE))[0]!.data.unsent, [
    { lineId: '1', quantity: 1 },
    { lineId: '2', quantity: 1 },
  ])
  const withdrawn = [
    ...[...formed, dispatch(), withdrawFrom([{ lineId: '2', quantity: 1 }])],
    answer({ 2: 1 }, { asked: [{ lineId: '2', quantity: 1 }] }),
  ]
  t.strictSame(delays(...withdrawn, look(ESTIMATE))[0]!.data.underway, [{ lineId: '1', quantity: 2 }])
})

t.test('the row says when to look: the end of the next day that was promised and not told of', async (t) => {
  t.equal(delayCheckAt(after(...formed)), ESTIMATE)
  t.equal(delayCheckAt(after(...formed, dispatch())), ESTIMATE)
  t.equal(delayCheckAt(after(...formed, look(ESTIMATE))), LAST_DAY)
  t.equal(delayCheckAt(after(...formed, look(ESTIMATE), look(LAST_DAY))), null)
  t.equal(delayCheckAt(after(...formed, look(LAST_DAY))), null)
})

t.test('goods came late when the last of them came after the day, whichever parcel is heard of last', async (t) => {
  const second = '019e8258-8c00-7b01-9a52-0d6b1f7c3e23'
  const parcels = [
    ...[...formed, dispatch([{ lineId: '1', quantity: 2 }])],
    dispatch([{ lineId: '2', quantity: 1 }], second),
  ]
  const came = (shipment: string, at: string) => command('RecordDelivery', at, { shipmentId: shipment })
  const [early, late] = ['2026-06-05T10:00:00Z', '2026-07-04T10:00:00Z']
  t.equal(lateArrivalOf(after(...parcels, came(shipmentId, late))), undefined, 'something is still to come')
  for (const heard of [
    [came(shipmentId, late), came(second, early)],
    [came(second, early), came(shipmentId, late)],
  ])
    t.equal(lateArrivalOf(after(...parcels, ...heard))?.toString(), late)
  t.equal(lateArrivalOf(after(...parcels, came(shipmentId, early), came(second, early))), undefined)
  t.equal(
    lateArrivalOf(after(...parcels, came(shipmentId, early), came(second, before(LAST_DAY)))),
    undefined,
    'later than was expected is not late',
  )
})

t.test('a delivery that is taken back is waited for again, and what was told is not told twice', async (t) => {
  const gone = [...formed, dispatch(), deliver, correctDelivery()]
  t.equal(delayCheckAt(after(...formed, dispatch(), deliver)), null)
  t.equal(delayCheckAt(after(...gone)), ESTIMATE)
  t.strictSame(delays(...gone, look(LAST_DAY))[0]!.data.underway, [
    { lineId: '1', quantity: 2 },
    { lineId: '2', quantity: 1 },
  ])
  const late = [...formed, dispatch(), look(LAST_DAY)]
  const back = [...late, { ...deliver, data: { ...deliver.data, at: '2026-07-04T10:00:00Z' } }, correctDelivery()]
  t.equal(delayCheckAt(after(...back)), null)
  t.strictSame(days(...back, look('2026-07-09T10:00:00Z')), ['last-day 2026-07-01'])
})

t.test('a corrected delivery is judged anew: late is told unless it was told of that day', async (t) => {
  const [early, late, later] = ['2026-06-05T10:00:00Z', '2026-07-04T10:00:00Z', '2026-07-06T10:00:00Z']
  const corrected = (was: string, to: string | undefined) => {
    const state = after(...formed, dispatch(), command('RecordDelivery', was, { shipmentId }), correctDelivery(to))
    return newLateArrivalOf(state, { shipmentId, was })?.toString()
  }
  t.equal(corrected(early, late), late)
  t.equal(corrected(late, later), later)
  t.equal(corrected(late, '2026-07-04T15:00:00Z'), undefined, 'it is the day that was told')
  t.equal(corrected(late, early), undefined)
  t.equal(corrected(late, undefined), undefined)
})

t.test('a look at an order that is not there is refused', async (t) =>
  t.equal(order.decide(look(ESTIMATE), order.initial).refusal?.code, 'order-unknown'),
)
