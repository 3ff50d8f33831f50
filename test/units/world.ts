import assert from 'node:assert/strict'
import type { AnyEvent } from '@vilkar/contracts/all-events.ts'
import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ReturnsEvent } from '@vilkar/contracts/returns.ts'
import type { StopAnswered } from '@vilkar/contracts/shipping-stops.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { order as orderDecider } from '../../services/orders/order/order.ts'
import { isToBeReleased } from '../../services/orders/order/payment.ts'
import type { Order, OrderCommand, PlacedOrder } from '../../services/orders/order/state.ts'
import { freedBy } from '../../services/orders/stock/stock.ts'
import { authorise, confirm, orderId, place, quoteFor } from '../../services/orders/test/an-order.ts'
import { apply, nothingKnown, type OrderSoFar } from '../../services/returns/order-facts/projection.ts'
import type { ReturnCommand } from '../../services/returns/withdrawal/commands.ts'
import { decider as returnDecider } from '../../services/returns/withdrawal/decider.ts'
import { believedFrom, type DeclaredReturn, type Return } from '../../services/returns/withdrawal/state.ts'
import type { ShipmentCommand } from '../../services/shipping/shipment/commands.ts'
import { type ShipmentEvent, decider as shipmentDecider } from '../../services/shipping/shipment/decider.ts'
import type { RequestedShipment, Shipment } from '../../services/shipping/shipment/state.ts'
import { planStop } from '../../services/shipping/shipment/stop.ts'
import { remainderOf } from '../../services/shipping/shipment/units.ts'

/** What travels: by producer and aggregate in its order, and nothing else about the order in which it is heard. */
type Told = { by: 'orders' | 'shipping' | 'returns'; aggregate: string; event: AnyEvent }
type Entry = { kind: 'captured' | 'refunded' | 'released'; lines: (LinePart & { amount: number })[]; delivery: number }

/** One of some, whatever the number. */
const pick = <Item>(some: Item[], at: number): Item | undefined => some[at % Math.max(1, some.length)]

const AT = '2026-06-02T12:00:00Z'
/** When goods can have come and gone back, and when whatever was said of it is believed. */
const BACK = '2026-06-02T14:00:00Z'
const BELIEVED = '2026-06-20T00:00:00Z'

/**
 * The three services in memory: their own deciders and projections, with queues between them from which any event may be heard
 * next, and a payment provider that carries out what is planned whenever it is asked. No clock, no database, no network.
 */
const createEmpty = () => ({
  order: orderDecider.initial as Order,
  shipments: new Map<string, Shipment>(),
  answers: [] as { requestId: string; returnId?: string; lines: StopAnswered['data']['lines'] }[],
  returns: new Map<string, Return>(),
  known: nothingKnown(orderId) as OrderSoFar,
  toOrders: [] as Told[],
  toShipping: [] as Told[],
  toReturns: [] as Told[],
  captures: [] as { shipmentId: string; amount: number; entry: Entry }[],
  refunds: [] as { returnId: string; entry: Entry }[],
  ledger: [] as Entry[],
  /** Units free to sell beyond those that there were at first, by SKU, and units that came back fit for sale. */
  stock: new Map<string, number>(),
  fit: new Map<string, number>(),
  planned: new Set<string>(),
  formedAtShipping: false,
  ids: 0,

  id() {
    this.ids += 1
    return `019e8258-8c00-7b01-9a52-${String(this.ids).padStart(12, '0')}`
  },
  get placed() {
    return this.order as PlacedOrder
  },
  get facts() {
    return this.known.facts as OrderFacts
  },

  /** A command to the order; whether it was not refused. */
  tellOrders(command: OrderCommand): boolean {
    const before = this.order
    const { events, refusal } = orderDecider.decide(command, before)
    for (const event of events) {
      this.order = orderDecider.evolve(this.order, event)
      const told = { by: 'orders', aggregate: orderId, event } as const
      this.toShipping.push(told)
      this.toReturns.push(told)
      this.follow(event)
    }
    if (events.length > 0)
      for (const { sku, quantity } of freedBy(before.status === 'new' ? undefined : before, this.placed))
        this.stock.set(sku, (this.stock.get(sku) ?? 0) + quantity)
    if (events.length > 0 && isToBeReleased(this.placed)) this.release()
    return refusal === undefined
  },

  /** As `follow-ups.ts` does: what left is to be captured; a cancelled order is let go. */
  follow({ type, data }: OrderEvent) {
    if (type === 'OrderDispatched' && data.captureAmount > 0) {
      const entry: Entry = { kind: 'captured', lines: data.lines, delivery: data.deliveryAmount }
      this.captures.push({ shipmentId: data.shipmentId, amount: data.captureAmount, entry })
    }
    if (type === 'OrderCancelled') this.release()
  },

  release() {
    const taken = this.ledger.reduce((sum, entry) => sum + this.signed(entry), 0)
    const delivery = this.placed.placed.totals.total - taken
    if (delivery > 0) this.ledger.push({ kind: 'released', lines: [], delivery })
    this.tellOrders({ type: 'RecordRelease', data: { orderId, at: AT } })
  },
  signed({ kind, lines, delivery }: Entry) {
    return kind === 'refunded' ? 0 : lines.reduce((sum, { amount }) => sum + amount, delivery)
  },

  /** The provider carries out a capture. */
  capture(at: number) {
    const [done] = this.captures.splice(at % Math.max(1, this.captures.length), 1)
    if (done === undefined) return
    this.ledger.push(done.entry)
    const { shipmentId, amount } = done
    this.tellOrders({ type: 'RecordCapture', data: { orderId, at: AT, shipmentId, amount, captureId: shipmentId } })
  },

  /** The provider carries out a refund, once the ledger's rules let it; whether they did. */
  refund(at: number): boolean {
    const found = pick(this.refunds, at)
    if (found === undefined || !this.fits(found.entry)) return false
    this.refunds.splice(this.refunds.indexOf(found), 1)
    this.ledger.push(found.entry)
    const { lines, delivery } = found.entry
    const amount = lines.reduce((sum, line) => sum + line.amount, delivery)
    this.tellOrders({
      type: 'RecordRefund',
      data: { orderId, at: AT, returnId: found.returnId, amount, refundId: 'r' },
    })
    return true
  },

  /** Whether each line, and the delivery, was captured for what is to be paid back of it, in money and in units. */
  fits(entry: Entry) {
    const of = (kind: Entry['kind'], lineId: string) =>
      this.ledger
        .filter((each) => each.kind === kind)
        .flatMap(({ lines }) => lines.filter((line) => line.lineId === lineId))
    const sum = (lines: { amount: number; quantity: number }[], what: 'amount' | 'quantity') =>
      lines.reduce((total, line) => total + line[what], 0)
    const delivery = (kind: Entry['kind']) =>
      this.ledger.filter((each) => each.kind === kind).reduce((total, each) => total + each.delivery, 0)
    return (
      entry.lines.every(({ lineId, amount, quantity }) => {
        const [captured, refunded] = [of('captured', lineId), of('refunded', lineId)]
        const paid = sum(captured, 'amount') - sum(refunded, 'amount') >= amount
        return paid && (amount < quantity || sum(captured, 'quantity') - sum(refunded, 'quantity') >= quantity)
      }) && delivery('captured') - delivery('refunded') >= entry.delivery
    )
  },

  // Shipping

  tellShipment(command: ShipmentCommand): ShipmentEvent[] | undefined {
    const { shipmentId } = command.data
    const { events, refusal } = shipmentDecider.decide(
      command,
      this.shipments.get(shipmentId) ?? shipmentDecider.initial,
    )
    for (const event of events) {
      this.shipments.set(
        shipmentId,
        shipmentDecider.evolve(this.shipments.get(shipmentId) ?? shipmentDecider.initial, event),
      )
      const told = { by: 'shipping', aggregate: shipmentId, event } as const
      this.toOrders.push(told)
      this.toReturns.push(told)
    }
    return refusal ? undefined : events
  },
  ofState(test: (state: RequestedShipment) => boolean) {
    return [...this.shipments].flatMap(([id, state]) => (state.status !== 'new' && test(state) ? [{ id, state }] : []))
  },
  waiting() {
    return this.ofState(({ status }) => status === 'requested' || status === 'held')
  },
  left() {
    return this.ofState(({ dispatched }) => dispatched !== undefined)
  },

  /** The warehouse hands over some of a shipment; what stays behind becomes another. */
  dispatch(at: number, lines?: LinePart[]) {
    const found = pick(this.waiting(), at)
    if (found === undefined) return
    const restId = this.id()
    const parcel = { carrier: 'Posten', trackingNumber: 'T1', handedOverAt: AT, restId, ...(lines && { lines }) }
    const events = this.tellShipment({ type: 'DispatchShipment', data: { shipmentId: found.id, at: AT, ...parcel } })
    const state = this.shipments.get(found.id) as RequestedShipment
    if (!events?.length || state.dispatched?.restId === undefined) return
    const { requestedAt: _, ...requested } = state.requested
    const rest = remainderOf(requested.lines, state.dispatched.lines)
    const data = { ...requested, at: AT, shipmentId: restId, lines: rest, personal: { address: {} as never } }
    this.tellShipment({ type: 'RequestShipment', data })
  },
  deliver(at: number) {
    const found = pick(
      this.ofState(({ status }) => status === 'dispatched'),
      at,
    )
    const receivedAt = '2026-06-02T13:00:00Z'
    if (found)
      this.tellShipment({
        type: 'DeliverShipment',
        data: { shipmentId: found.id, at: receivedAt, receivedAt, receivedBy: 'K', takenBy: 'customer' },
      })
  },

  /** What was told of a delivery is found to be wrong: it was later, or has not been. */
  correctDelivery(at: number, later: boolean) {
    const found = pick(
      this.ofState(({ status }) => status === 'delivered'),
      at,
    )
    const receivedAt = '2026-06-02T14:00:00Z'
    const data = {
      at: receivedAt,
      by: 'K',
      why: 'x',
      ...(later && { delivered: { receivedAt, receivedBy: 'L', takenBy: 'customer' as const } }),
    }
    if (found) this.tellShipment({ type: 'CorrectDelivery', data: { ...data, shipmentId: found.id } })
  },

  heardByShipping({ type, data }: AnyEvent) {
    if (type === 'ContractFormed') {
      if (this.formedAtShipping) return
      this.formedAtShipping = true
      const { number, customerKind, terms, lines } = this.placed.placed
      const goods = lines.map(({ lineId, sku, name, quantity }) => ({ lineId, sku, name, quantity }))
      const asked = { orderId, number, customerKind, terms, deliveryOption: 'home', lines: goods }
      const personal = { address: {} as never }
      this.tellShipment({ type: 'RequestShipment', data: { shipmentId: this.id(), at: AT, ...asked, personal } })
    }
    if (type === 'OrderCancelled')
      for (const { id } of this.waiting())
        this.tellShipment({ type: 'CancelShipment', data: { shipmentId: id, at: AT } })
    if (type !== 'StopRequested' || this.answers.some(({ requestId }) => requestId === data.requestId)) return
    const claimed = this.answers
      .filter(({ returnId }) => returnId !== undefined)
      .flatMap(({ lines }) => lines.map(({ lineId, left }) => ({ lineId, quantity: left })))
    const waiting = this.waiting().map(({ id, state }) => ({ shipmentId: id, lines: state.requested.lines }))
    const sent = this.left().flatMap(({ state }) => state.dispatched!.lines)
    const { lines, taken } = planStop(data.lines, waiting, sent, claimed)
    const { requestId, returnId } = data
    for (const { shipmentId, lines: units } of taken)
      this.tellShipment({ type: 'StopUnits', data: { shipmentId, at: AT, requestId, lines: units } })
    this.answers.push({ requestId, returnId, lines })
    const told = {
      orderId,
      requestId,
      ...(returnId && { returnId }),
      lines,
      shipmentIds: this.left().map(({ id }) => id),
    }
    const event: StopAnswered = { type: 'StopAnswered', data: { ...told, answeredAt: AT } }
    this.toOrders.push({ by: 'shipping', aggregate: orderId, event })
  },

  // Returns

  tellReturn(command: ReturnCommand): boolean {
    const { returnId } = command.data
    const state = this.returns.get(returnId) ?? returnDecider.initial
    const { events, refusal } = returnDecider.decide(command, state)
    for (const event of events) {
      this.returns.set(returnId, returnDecider.evolve(this.returns.get(returnId) ?? returnDecider.initial, event))
      this.known = apply(this.known, event as ReturnsEvent)
      this.toOrders.push({ by: 'returns', aggregate: returnId, event })
    }
    return refusal === undefined
  },
  /** The customer withdraws from these units; whether that was taken. */
  withdraw(lines?: LinePart[], at = AT): boolean {
    if (this.known.facts.placedAt === undefined) return false
    const data = { returnId: this.id(), at, facts: this.facts, ...(lines && { lines }) }
    return this.tellReturn({ type: 'DeclareWithdrawal', data })
  },
  /** The goods of a return are said to be sent, by the customer or by staff, or are here. */
  goodsBack(at: number, how: 'proof' | 'receipt', fit?: LinePart) {
    const open = [...this.returns].filter(([, state]) => state.status !== 'closed')
    const [returnId] = pick(open, at) ?? []
    if (returnId === undefined) return
    const data = { returnId, at: BACK, facts: this.facts }
    const parcel = { carrier: 'Posten', trackingNumber: 'R1', sentAt: BACK, believedAfter: 'P5D' }
    this.tellReturn(
      how === 'proof'
        ? { type: 'RecordSending', data: { ...data, ...parcel, ...(at % 2 === 1 && { staff: 'support' }) } }
        : { type: 'RecordReceipt', data: { ...data, receivedAt: BACK, ...(fit && { fitForSale: [fit] }) } },
    )
  },
  /** Staff look at what the customer says, or the carrier has it. */
  judge(at: number) {
    const shown = [...this.returns].filter(([, state]) => state.status === 'sent')
    const [returnId] = pick(shown, at) ?? []
    const verdict = (['confirmed', 'carrier-scanned', 'rejected'] as const)[at % 3]!
    if (returnId !== undefined)
      this.tellReturn({
        type: 'JudgeProof',
        data: { returnId, at: BACK, facts: this.facts, verdict, judgedBy: 'support' },
      })
  },
  /** Proof that nobody judged in time is believed. */
  toBelieve() {
    return [...this.returns].filter(([, state]) => state.status !== 'new' && believedFrom(state) !== undefined)
  },
  believe() {
    for (const [returnId] of this.toBelieve())
      this.tellReturn({ type: 'BelieveProof', data: { returnId, at: BELIEVED, facts: this.facts } })
  },

  heardByReturns({ type, data }: AnyEvent) {
    switch (type) {
      case 'OrderPlaced':
      case 'ContractFormed':
      case 'StopRequested':
      case 'ShipmentDispatched':
      case 'ShipmentDelivered':
      case 'DeliveryCorrected':
        this.known = apply(this.known, { type, data } as never)
        break
      case 'StopConcluded': {
        this.known = apply(this.known, { type, data })
        const { returnId, stopped, left } = data
        if (returnId === undefined) {
          const paidBack = [...this.returns].findLast(([, state]) => state.status !== 'new' && state.refund)
          const later = { at: AT, facts: this.facts, deliveryRefundId: this.id(), requestedAt: AT }
          if (paidBack) this.tellReturn({ type: 'RefundDelivery', data: { returnId: paidBack[0], ...later } })
          break
        }
        const units = stopped.map(({ lineId, quantity }) => ({ lineId, quantity }))
        this.tellReturn({ type: 'RecordUnits', data: { returnId, at: AT, facts: this.facts, stopped: units, left } })
        break
      }
      case 'OrderCancelled':
        this.known = apply(this.known, { type, data })
        for (const [returnId, { status }] of this.returns)
          if (status !== 'closed')
            this.tellReturn({ type: 'CloseReturn', data: { returnId, at: AT, outcome: 'order-cancelled', amount: 0 } })
        break
      case 'PaymentRefunded':
        if (this.returns.has(data.returnId)) {
          const { returnId, amount } = data
          this.tellReturn({ type: 'CloseReturn', data: { returnId, at: AT, outcome: 'refunded', amount } })
        }
    }
  },

  heardByOrders({ type, data }: AnyEvent) {
    switch (type) {
      case 'ShipmentDispatched': {
        const { shipmentId, lines, handedOverAt: at } = data
        const taken = this.tellOrders({ type: 'RecordDispatch', data: { orderId, shipmentId, at, lines } })
        assert.ok(taken, 'goods left although the order is cancelled')
        break
      }
      case 'DeliveryCorrected': {
        const { shipmentId, receivedAt: deliveredAt } = data
        this.tellOrders({ type: 'CorrectDelivery', data: { orderId, at: AT, shipmentId, deliveredAt } })
        break
      }
      case 'ShipmentDelivered':
        this.tellOrders({ type: 'RecordDelivery', data: { orderId, shipmentId: data.shipmentId, at: data.receivedAt } })
        break
      case 'ShipmentCancelled':
        this.tellOrders({ type: 'ConfirmCancellation', data: { orderId, shipmentId: data.shipmentId, at: AT } })
        break
      case 'StopAnswered': {
        const { answeredAt: at, requestId, lines, shipmentIds } = data
        assert.ok(this.tellOrders({ type: 'ConcludeStop', data: { orderId, at, requestId, lines, shipmentIds } }))
        break
      }
      case 'WithdrawalDeclared': {
        const { returnId, declaredAt: at, lines } = data
        const units = lines.map(({ amount: _, ...line }) => line)
        this.tellOrders({ type: 'StopWithdrawn', data: { orderId, at, requestId: this.id(), returnId, lines: units } })
        break
      }
      case 'ReturnReceived': {
        // As a unique index keeps it, each return once.
        if (this.planned.has(`stock ${data.returnId}`)) break
        this.planned.add(`stock ${data.returnId}`)
        for (const { lineId, quantity } of data.fitForSale ?? []) {
          const { sku } = this.placed.placed.lines.find((line) => line.lineId === lineId)!
          for (const units of [this.stock, this.fit]) units.set(sku, (units.get(sku) ?? 0) + quantity)
        }
        break
      }
      case 'RefundDecided': {
        const { amount, lines, deliveryAmount: delivery } = data
        const returnId = data.deliveryRefundId ?? data.returnId
        // A refund is planned once per return, as a unique index keeps.
        if (this.planned.has(returnId)) break
        this.planned.add(returnId)
        if (amount === 0)
          this.tellOrders({ type: 'RecordRefund', data: { orderId, at: AT, returnId, amount, refundId: 'r' } })
        else this.refunds.push({ returnId, entry: { kind: 'refunded', lines, delivery } })
      }
    }
  },

  /** One of the events that are next of their aggregates is heard; whether there was one. `twice` feeds it again. */
  hear(service: 'Orders' | 'Shipping' | 'Returns', choice: number, twice = false): boolean {
    const queue = this[`to${service}`]
    const heads = queue.filter(
      (each, at) => !queue.slice(0, at).some(({ by, aggregate }) => by === each.by && aggregate === each.aggregate),
    )
    const told = heads[choice % heads.length]
    if (told === undefined) return false
    queue.splice(queue.indexOf(told), 1)
    for (let n = 0; n < (twice ? 2 : 1); n += 1) {
      if (service === 'Orders') this.heardByOrders(told.event)
      else if (service === 'Shipping') this.heardByShipping(told.event)
      // What is projected has no ids of its own: the inbox applies each event once.
      else if (n === 0) this.heardByReturns(told.event)
    }
    return true
  },

  /** Everything that is on its way arrives and is carried out, in whatever order `choose` says. */
  settle(choose: () => number) {
    for (let step = 0; step < 2_000; step += 1) {
      const moves = [
        ...(['Orders', 'Shipping', 'Returns'] as const).filter((service) => this[`to${service}`].length > 0),
        ...(this.captures.length > 0 ? ['capture' as const] : []),
        ...(this.toBelieve().length > 0 ? ['believe' as const] : []),
        ...(this.refunds.some(({ entry }) => this.fits(entry)) ? ['refund' as const] : []),
      ]
      if (moves.length === 0) return
      const move = moves[choose() % moves.length]!
      if (move === 'capture') this.capture(choose() % this.captures.length)
      else if (move === 'refund') this.refund(this.refunds.findIndex(({ entry }) => this.fits(entry)))
      else if (move === 'believe') this.believe()
      else this.hear(move, choose())
    }
    throw new Error('It never comes to rest.')
  },
})
export type World = ReturnType<typeof createEmpty>

/** The order is placed, paid and formed. */
export function createWorld(lines: { sku: string; quantity: number; price: number }[], deliveryOption: string): World {
  const world = createEmpty()
  const goods = lines.map(({ sku, price }) => ({
    ...{ sku, name: { nb: sku, en: sku }, price_nok: price, price_eur: price, vat_rate: 2_500, stock: 10_000 },
    traits: { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false },
  }))
  const quote = quoteFor({ lines: lines.map(({ sku, quantity }) => ({ sku, quantity })), deliveryOption }, goods)
  world.tellOrders(place({ quote }))
  world.tellOrders(authorise({ amount: quote.totals.total }))
  world.tellOrders(confirm())
  return world
}
export type { DeclaredReturn }
