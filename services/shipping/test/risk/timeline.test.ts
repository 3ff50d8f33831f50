import { told } from '@vilkar/contracts/test/told.ts'
import t from 'tap'
import { riskOfShipment } from '../../risk/timeline.ts'
import type { ShipmentCommand } from '../../shipment/commands.ts'
import { decider } from '../../shipment/decider.ts'
import type { RequestedShipment } from '../../shipment/state.ts'
import { circumstance, deliver, dispatch, request } from '../a-shipment.ts'

const LATER = '2026-08-01T00:00:00Z'
const lines = [
  { lineId: '1', quantity: 3 },
  { lineId: '2', quantity: 1 },
]
const state = (...commands: ShipmentCommand[]) =>
  told(decider, request({ lines: lines.map((line) => ({ ...line, sku: 'S', name: 'S' })) }), ...commands).reduce(
    decider.evolve,
    decider.initial,
  ) as RequestedShipment

/** What is agreed of the order: more days, later. */
const agreement = (agreementId: string, agreedAt: string, withdrawalDays: number) => ({
  ...{ agreementId, agreedAt, agreedOn: agreedAt.slice(0, 10), text: `${withdrawalDays} days.` },
  changes: { withdrawalDays },
})
type Order = Parameters<typeof riskOfShipment>[0]
const riskAt = (shipment: RequestedShipment, at: string, order: Partial<Order> = {}) => {
  const facts = { lines: lines.map(({ lineId }) => ({ lineId })), ...order } as Order
  const { units, changesAt } = riskOfShipment(facts, [shipment], shipment, Temporal.Instant.from(at))
  const borne = units.map(({ lineId, quantity, bearer, since }) => `${quantity} of ${lineId} ${bearer} ${since}`)
  return { borne, changesAt: changesAt?.toString() }
}
const came = state(dispatch(), deliver())
const about = (lineId: string, quantity: number, since: string) => {
  const { data } = circumstance
  return { ...circumstance, data: { ...data, at: since, since, lines: [{ lineId, quantity }] } }
}

t.test('what comes later says nothing of a moment before it', async (t) => {
  t.strictSame(riskAt(came, '2026-06-05T00:00:00Z').borne, [
    '3 of 1 seller 2026-06-01T08:02:10Z',
    '1 of 2 seller 2026-06-01T08:02:10Z',
  ])
  t.strictSame(riskAt(came, LATER).borne, [
    '3 of 1 customer 2026-06-18T22:00:00Z',
    '1 of 2 customer 2026-06-18T22:00:00Z',
  ])
})

t.test('when it may change is the first moment after the one that is asked about, of any line', async (t) => {
  const agreements = [agreement('a', '2026-06-10T08:00:00Z', 30)] as Order['agreements']
  const changesAt = (at: string, shipment = came) => riskAt(shipment, at, { agreements }).changesAt
  t.equal(changesAt('2026-06-05T00:00:00Z'), '2026-06-10T08:00:00Z')
  t.equal(changesAt('2026-06-10T08:00:00Z'), '2026-06-18T22:00:00Z', 'and not the moment itself')
  t.equal(changesAt('2026-06-18T22:00:00Z'), '2026-07-06T22:00:00Z')
  t.equal(changesAt('2026-07-06T22:00:00Z'), undefined)
  const known = state(dispatch(), deliver(), about('2', 1, '2026-06-08T00:00:00Z'))
  t.equal(changesAt('2026-06-05T00:00:00Z', known), '2026-06-08T00:00:00Z', 'of the second line')
})

t.test(
  'what is about some units of a line is about the first of them, in whatever order it was recorded',
  async (t) => {
    const carried = state(dispatch(), about('1', 2, '2026-06-03T00:00:00Z'), about('1', 1, '2026-06-02T13:00:00Z'))
    t.strictSame(riskAt(carried, '2026-06-05T00:00:00Z').borne, [
      '1 of 1 customer 2026-06-02T13:00:00Z',
      '1 of 1 customer 2026-06-03T00:00:00Z',
      '1 of 1 seller 2026-06-01T08:02:10Z',
      '1 of 2 seller 2026-06-01T08:02:10Z',
    ])
  },
)

t.test('and where the wider was recorded first, each unit is counted once', async (t) => {
  const carried = state(dispatch(), about('1', 2, '2026-06-02T13:00:00Z'), about('1', 1, '2026-06-03T00:00:00Z'))
  t.strictSame(riskAt(carried, '2026-06-05T00:00:00Z').borne, [
    '1 of 1 customer 2026-06-02T13:00:00Z',
    '1 of 1 customer 2026-06-02T13:00:00Z',
    '1 of 1 seller 2026-06-01T08:02:10Z',
    '1 of 2 seller 2026-06-01T08:02:10Z',
  ])
})
