import assert from 'node:assert/strict'
import { told } from '@vilkar/contracts/test/told.ts'
import fc from 'fast-check'
import t from 'tap'
import { order as decider } from '../../order/order.ts'
import { keptUnits, toBeReserved } from '../../order/reservation.ts'
import type { Order, OrderCommand, PlacedOrder } from '../../order/state.ts'
import { isPending } from '../../order/units.ts'
import { freedBy, type Units } from '../../stock/stock.ts'
import { authorise, command, place, quoteFor } from '../an-order.ts'

const RUNS = Number(process.env.RUNS ?? 500)
/** Always the same steps, or how often they come to something rare is left to chance; another number takes others. */
const SEED = Number(process.env.SEED ?? 1)
const SKUS = ['SENSOR-1', 'LOCK-1'] as const
const AT = '2026-06-01T08:30:00Z'
const LATER = '2026-06-01T10:00:00Z'

const sku = fc.constantFrom(...SKUS)
const units = fc.integer({ min: 1, max: 3 })
const nth = fc.nat({ max: 5 })
/** What customers, providers, shipping and the warehouse may do next. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('place' as const), sensors: units, locks: fc.nat({ max: 2 }) }) },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'end',
        'pay',
        'lapse',
        'confirm',
        'cancel',
        'sellerCancels',
        'answer',
        'dispatch',
        'withdraw',
      ),
      order: nth,
      left: units,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('cancelUnits' as const),
      order: nth,
      line: fc.constantFrom('1', '2'),
      units,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('change' as const), sku, units: fc.integer({ min: -4, max: 4 }) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('restock' as const), order: nth, sku, units }) },
)
type Step = typeof step extends fc.Arbitrary<infer Of> ? Of : never

/** A shop in memory: its stock, the changes that people made, and orders by their own decider. */
function openShop(opening: number) {
  const stock = new Map<string, number>(SKUS.map((each) => [each, opening]))
  const changed = new Map<string, number>(SKUS.map((each) => [each, opening]))
  const orders: { state: PlacedOrder; sentBack: Map<string, number> }[] = []
  const seen = new Set<string>()
  const add = (to: Map<string, number>, key: string, quantity: number) => to.set(key, (to.get(key) ?? 0) + quantity)
  const shortagesOf = (wanted: Units[]) =>
    wanted.flatMap(({ sku: of, quantity }) => {
      const available = stock.get(of)!
      return quantity > available ? [{ sku: of, wanted: quantity, available }] : []
    })

  /** As `follow-ups.ts` does: what an order frees or takes by a command is moved. */
  function tell(at: number, make: (state: PlacedOrder) => OrderCommand | undefined) {
    const order = orders[at % Math.max(1, orders.length)]
    const asked = order && make(order.state)
    if (asked === undefined) return
    const { events } = decider.decide(asked, order!.state)
    const after = events.reduce(decider.evolve, order!.state as Order) as PlacedOrder
    for (const { sku: of, quantity } of freedBy(order!.state, after)) add(stock, of, quantity)
    for (const event of events)
      seen.add(event.type === 'OrderCancelled' && event.data.shortages ? 'PaidInVain' : event.type)
    order!.state = after
  }

  function take(next: Step) {
    switch (next.do) {
      case 'place': {
        const lines = [
          { sku: 'SENSOR-1', quantity: next.sensors },
          ...(next.locks > 0 ? [{ sku: 'LOCK-1', quantity: next.locks }] : []),
        ]
        if (shortagesOf(lines).length > 0) return
        const [placed] = told(decider, place({ quote: quoteFor({ lines }) }))
        for (const { sku: of, quantity } of lines) add(stock, of, -quantity)
        orders.push({ state: decider.evolve(decider.initial, placed!) as PlacedOrder, sentBack: new Map() })
        return
      }
      case 'change': {
        if (stock.get(next.sku)! + next.units < 0) return
        add(stock, next.sku, next.units)
        add(changed, next.sku, next.units)
        return
      }
      case 'restock': {
        const order = orders[next.order % Math.max(1, orders.length)]
        const line = order?.state.placed.lines.find((each) => each.sku === next.sku)
        if (order === undefined || line === undefined) return
        const sent = order.state.shipments.flatMap(({ lines }) => lines).filter(({ lineId }) => lineId === line.lineId)
        const most = sent.reduce((sum, { quantity }) => sum + quantity, 0) - (order.sentBack.get(next.sku) ?? 0)
        const back = Math.min(next.units, most)
        if (back === 0) return
        for (const map of [stock, changed, order.sentBack]) add(map, next.sku, back)
        seen.add('restocked')
        return
      }
      case 'cancelUnits':
        return tell(next.order, () =>
          command('CancelUnits', LATER, {
            requestId: crypto.randomUUID(),
            lineId: next.line,
            quantity: next.units,
            ...wish,
          }),
        )
      default:
        return tell(next.order, (state) => commandOf(next.do, state, next.left))
    }
  }

  const wish = { by: 'customer', reason: 'customer-wish' } as const
  function commandOf(what: string, state: PlacedOrder, left: number): OrderCommand | undefined {
    switch (what) {
      case 'end':
        return command('EndReservation', AT, {})
      case 'pay': {
        const { total } = state.placed.totals
        return authorise({ amount: total, shortages: shortagesOf(toBeReserved(state)) })
      }
      case 'lapse':
        return command('FailPayment', LATER, { cause: 'payment-abandoned' })
      case 'confirm':
        return command('ConfirmContract', LATER, { messageId: 'm' })
      case 'cancel':
        return command('CancelOrder', LATER, { requestId: crypto.randomUUID(), ...wish })
      case 'sellerCancels':
        return command('CancelOrder', LATER, {
          requestId: crypto.randomUUID(),
          by: 'seller',
          reason: 'stock',
          customerConsents: true,
        })
      case 'withdraw': {
        const lines = state.placed.lines.map(({ lineId, quantity }) => ({ lineId, quantity: Math.min(left, quantity) }))
        const ids = { requestId: crypto.randomUUID(), returnId: crypto.randomUUID() }
        return state.everFormed && command('StopWithdrawn', LATER, { ...ids, lines })
      }
      case 'answer': {
        const stop = state.stops.find(isPending)
        if (stop === undefined) return undefined
        const here = hereOf(state)
        const lines = stop.lines.map(({ lineId, quantity }) => {
          const stopped = Math.min(quantity, here.get(lineId)!)
          return { lineId, stopped, left: quantity - stopped }
        })
        const shipmentIds = state.shipments.map(({ shipmentId }) => shipmentId)
        return command('ConcludeStop', LATER, { requestId: stop.requestId, lines, shipmentIds })
      }
      case 'dispatch': {
        if (!state.everFormed || state.status === 'cancelled') return undefined
        const lines = [...hereOf(state)].flatMap(([lineId, quantity]) =>
          quantity > 0 ? [{ lineId, quantity: Math.min(left, quantity) }] : [],
        )
        return lines.length === 0
          ? undefined
          : command('RecordDispatch', LATER, { shipmentId: crypto.randomUUID(), lines })
      }
    }
  }

  /** Units that have not left and were not stopped, by line. */
  function hereOf({ placed, shipments, stops }: PlacedOrder) {
    const gone = [
      ...shipments.flatMap(({ lines }) => lines),
      ...stops.flatMap(({ concluded }) => concluded?.stopped ?? []),
    ]
    return new Map(
      placed.lines.map(({ lineId, quantity }) => [
        lineId,
        gone.filter((each) => each.lineId === lineId).reduce((here, each) => here - each.quantity, quantity),
      ]),
    )
  }

  function holds() {
    for (const each of SKUS) {
      const free = stock.get(each)!
      const kept = orders.flatMap(({ state }) => keptUnits(state)).filter(({ sku: of }) => of === each)
      assert.ok(free >= 0, `${each} is not oversold`)
      assert.equal(
        kept.reduce((sum, { quantity }) => sum + quantity, free),
        changed.get(each),
        `what is free of ${each} and what orders have is what there was and what people changed`,
      )
    }
    for (const { state } of orders)
      if (state.status === 'cancelled')
        assert.deepEqual(state.shipments, [], 'nothing has left of an order whose units are all free again')
  }
  return { take, holds, seen }
}

t.test('units are free to sell or an order’s, and nowhere else, whatever happens in whatever order', async (t) => {
  const reached = new Map<string, number>()
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }),
      (opening, steps) => {
        const shop = openShop(opening)
        for (const next of steps) {
          shop.take(next)
          shop.holds()
        }
        for (const what of shop.seen) reached.set(what, (reached.get(what) ?? 0) + 1)
      },
    ),
    { numRuns: RUNS, seed: SEED },
  )
  for (const what of [
    'ReservationEnded',
    'PaidInVain',
    'OrderCancelled',
    'StopConcluded',
    'OrderDispatched',
    'restocked',
  ])
    t.ok((reached.get(what) ?? 0) >= RUNS / 250, `${what}: ${reached.get(what)} of ${RUNS}`)
})
