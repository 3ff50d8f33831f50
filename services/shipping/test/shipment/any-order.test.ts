import { told } from '@vilkar/contracts/test/told.ts'
import { fold } from '@vilkar/decider/decider.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { factsOfShipment } from '../../risk/facts-of-shipment.ts'
import type { ShipmentCommand } from '../../shipment/commands.ts'
import { decider } from '../../shipment/decider.ts'
import { failureOf } from '../../shipment/failed.ts'
import { MAX_REPORTS } from '../../shipment/report.ts'
import type { RequestedShipment } from '../../shipment/state.ts'
import { closeFailure, correctDelivery, deliver, dispatch, reported, request, tellFailure } from '../a-shipment.ts'

const HEARD = '2026-06-04T00:00:00Z'
const momentAt = (hour: number) => `2026-06-03T${String(hour).padStart(2, '0')}:00:00Z`
const toldOnTheFourth = <Command extends ShipmentCommand>({ type, data }: Command) =>
  ({ type, data: { ...data, at: HEARD } }) as Command
/** What the carrier says happened at an hour of the third of June; all of it is heard on the fourth. */
const news = (hour: number, report: Parameters<typeof reported>[0]) =>
  toldOnTheFourth(reported(report, { occurredAt: momentAt(hour), fromCarrier: true }))
const received = (hour: number) => toldOnTheFourth(deliver({ receivedAt: momentAt(hour) }))

/** A shipment that left, of which this is told one after the other. */
const after = (...commands: ShipmentCommand[]) =>
  [request(), dispatch(), ...commands].reduce(
    (state, command) => fold(decider, state, decider.decide(command, state).events),
    decider.initial,
  ) as RequestedShipment

function ordersOf<Item>(items: Item[]): Item[][] {
  if (items.length < 2) return [items]
  return items.flatMap((first, n) => ordersOf(items.toSpliced(n, 1)).map((rest) => [first, ...rest]))
}

/** Where it is, where it was at every hour, whether that calls for a person, and where it is if nobody has it after all. */
function endOf(state: RequestedShipment) {
  const hours = Array.from({ length: 24 }, (_, hour) => Temporal.Instant.from(momentAt(hour)))
  const taken = decider.decide(correctDelivery({ delivered: undefined }), state).events
  return {
    status: state.status,
    reports: state.reports,
    doubts: state.doubts,
    wasAt: hours.map((at) => factsOfShipment(state, [], at)),
    failure: failureOf(state),
    ifNotReceived: (fold(decider, state, taken) as RequestedShipment).status,
  }
}

const stories: Record<string, ShipmentCommand[]> = {
  'lost twice, and on its way in between': [news(2, 'lost'), news(4, 'in-transit'), news(6, 'lost')],
  'not taken, on its way, not taken once more and come back': [
    ...[news(2, 'in-transit'), news(4, 'refused'), news(6, 'in-transit')],
    ...[news(8, 'refused'), news(10, 'returned')],
  ],
  'lost, received, lost once more and on its way': [
    ...[news(2, 'in-transit'), news(10, 'lost'), received(12), news(14, 'lost'), news(16, 'in-transit')],
  ],
  'received, not taken, on its way, not taken once more and come back': [
    ...[received(2), news(4, 'refused'), news(6, 'in-transit'), news(8, 'refused'), news(10, 'returned')],
  ],
  'received and lost in the same moment': [news(2, 'refused'), received(4), news(4, 'lost')],
}

for (const [story, all] of Object.entries(stories))
  t.test(`${story}: heard in any order, and any of it twice, it comes to the same`, async (t) => {
    const expected = endOf(after(...all))
    for (const order of ordersOf(all)) {
      const heard = order.map((command) => all.indexOf(command)).join()
      t.strictSame(endOf(after(...order)), expected, heard)
      t.strictSame(endOf(after(...order.flatMap((each) => [each, each]))), expected, `${heard}, each twice`)
      t.strictSame(endOf(after(...order, ...all)), expected, `${heard}, and all of it once more`)
    }
  })

t.test('lost at two and at six, and late news of four: it is lost', async (t) => {
  const state = after(news(2, 'lost'), news(6, 'lost'), news(4, 'in-transit'))
  t.equal(state.status, 'lost')
  t.strictSame(failureOf(state), { failure: 'lost', failedAt: momentAt(6) })
})

t.test('lost, received and told to be lost since: a person is called, though the same was said before', async (t) => {
  t.strictSame(after(news(10, 'lost'), received(12), news(14, 'lost')).doubts, [
    { failure: 'lost', occurredAt: momentAt(14) },
  ])
})

t.test('received, as is heard only once it was told to have come back: a person is called', async (t) => {
  const back = news(20, 'returned')
  given(decider, ...told(decider, request(), dispatch(), back))
    .when(received(12))
    .thenHappens(
      { type: 'ShipmentDelivered', data: { receivedAt: momentAt(12) } },
      { type: 'DeliveryDoubted', data: { failure: 'returned', occurredAt: momentAt(20) } },
    )
  given(decider, ...told(decider, request(), dispatch(), news(10, 'lost')))
    .when(received(12))
    .thenHappens({ type: 'ShipmentDelivered' })
  const looked = tellFailure(HEARD)
  t.hasStrict(after(back, looked, received(12), looked).doubts, [{ failure: 'returned' }], 'and no look ends that')
})

t.test('a person who found that a delivery stands is not called again by the same news', async (t) => {
  const all = [received(12), news(14, 'lost')]
  for (const order of ordersOf(all)) t.equal(after(...order, closeFailure, ...all).doubts, undefined)
})

t.test(
  'a carrier that says the same every minute is heard out: of more than are kept, the first and the last count',
  async (t) => {
    const minutes = Array.from({ length: MAX_REPORTS + 20 }, (_, n) =>
      Temporal.Instant.from(momentAt(1)).add({ minutes: n }).toString(),
    )
    const said = minutes.map((occurredAt) => toldOnTheFourth(reported('in-transit', { occurredAt })))
    const state = after(...said, news(20, 'lost'))
    t.equal(state.status, 'lost')
    t.hasStrict(state.reports, [{ occurredAt: minutes[0] }])
    t.ok(state.reports!.length <= MAX_REPORTS)
  },
)
