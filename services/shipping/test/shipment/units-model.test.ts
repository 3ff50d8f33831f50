import assert from 'node:assert/strict'
import { parcelReports, takers } from '@vilkar/contracts/shipping-parcel.ts'
import fc from 'fast-check'
import type { Transaction } from 'kysely'
import t from 'tap'
import { settleWithReplacement } from '../../damage/settle-loss.ts'
import type { Database } from '../../database.ts'
import { accountOf } from '../../shipment/account.ts'
import type { ShipmentCommand } from '../../shipment/commands.ts'
import { dispatchWithRest } from '../../shipment/dispatch-with-rest.ts'
import { handleUnderOrder } from '../../shipment/handle.ts'
import { onCureShipmentAsked, onCureStopAsked } from '../../shipment/reactions/on-cure-shipment-asked.ts'
import { onOrderCancelled } from '../../shipment/reactions/on-order-cancelled.ts'
import { rejoin } from '../../shipment/rejoin.ts'
import { sendInParts } from '../../shipment/send-in-parts.ts'
import { stopUnits } from '../../shipment/stop-units.ts'
import { lockShipmentsOf } from '../../shipment/store.ts'
import { request } from '../a-shipment.ts'
import { startShippingForTest } from '../shipping-service.ts'

/**
 * Random histories of one order against PostgreSQL: dispatches of some of it, stops, cancellations, packing, scans, deliveries,
 * corrections, parts that are agreed on and ended, losses that others are sent for and that are withdrawn from, goods that are sent for a complaint and stopped, and any of them again. A model of a few figures says how many units wait, have left and never leave.
 * A short run in the suite; `pnpm histories` plays ten thousand, with `SEED` from elsewhere.
 */
const histories = Number(process.env.HISTORIES ?? 60)
const { db } = await startShippingForTest()

const LINES = ['1', '2']
/** `of`: what the customer bought, what is sent instead of lost goods, or what is sent for a complaint. */
type Parcel = {
  id: string
  units: Record<string, number>
  is: 'here' | 'held' | 'left' | 'stopped'
  of: 'order' | 'loss' | 'complaint'
  /** What is sent for a complaint, and instead of that once it was lost: the complaint. */
  cureId?: string
  /** The parcel that it was taken out of, as was agreed. */
  partOf?: string
  /** Units were put in, and it was not packed since. */
  grown?: boolean
  /** It was such a part, and its units are in that parcel again. */
  ended?: true
}
/** `parcels` in the order in which they were asked for, as the warehouse sees them. */
type Units = Record<string, number>
/** `paidBack`: lost units that others were to be sent for, and that the customer withdrew from first. */
type Model = { ordered: Units; stopped: Units; paidBack: Units; parcels: Parcel[] }
type Real = { trx: Transaction<Database>; orderId: string; day: number }
type Step = fc.AsyncCommand<Model, Real>

const timeOf = (real: Real) => {
  real.day += 1
  return Temporal.Instant.from('2026-06-02T12:00:00Z').add({ hours: real.day }).toString()
}
const pick = (model: Model, n: number) => model.parcels[n % model.parcels.length]!
const linesOf = (units: Record<string, number>) =>
  Object.entries(units).flatMap(([lineId, quantity]) => (quantity > 0 ? [{ lineId, quantity }] : []))
/** More is asked of the warehouse, in a parcel of its own. */
function ask(
  model: Model,
  id: string,
  lines: { lineId: string; quantity: number }[],
  is: Pick<Parcel, 'of' | 'cureId'>,
) {
  const units = Object.fromEntries(lines.map(({ lineId, quantity }) => [lineId, quantity]))
  for (const { lineId, quantity } of lines) model.ordered[lineId]! += quantity
  model.parcels.push({ id, units, is: 'here', ...is })
}
const total = (units: Record<string, number>) => Object.values(units).reduce((sum, each) => sum + each, 0)

/** A step that does `run` and then compares what is accounted for with the model. */
const step = (name: string, run: (model: Model, real: Real, at: string) => Promise<void>): Step => ({
  check: () => true,
  async run(model, real) {
    await run(model, real, timeOf(real))
    const { shipments } = await lockShipmentsOf(real.trx, real.orderId)
    const accounts = accountOf(shipments.map(({ state }) => state))
    for (const lineId of LINES) {
      const of = (is: Parcel['is'][]) =>
        model.parcels
          .filter((parcel) => is.includes(parcel.is))
          .reduce((sum, { units }) => sum + (units[lineId] ?? 0), 0)
      const expected = {
        ...{ lineId, requested: model.ordered[lineId]!, open: of(['here', 'held']), dispatched: of(['left']) },
        stopped: model.stopped[lineId]! + of(['stopped']),
      }
      assert.deepEqual(
        accounts.find((each) => each.lineId === lineId),
        expected,
        name,
      )
      assert.equal(expected.requested, expected.open + expected.dispatched + expected.stopped)
    }
  },
  toString: () => name,
})

const on =
  (command: (id: string, at: string) => ShipmentCommand, after: (parcel: Parcel) => void = () => {}) =>
  async (model: Model, real: Real, at: string, n: number) => {
    const parcel = pick(model, n)
    await handleUnderOrder(real.trx, command(parcel.id, at))
    after(parcel)
  }
const plain = (type: ShipmentCommand['type'], data: object) => (shipmentId: string, at: string) =>
  ({ type, data: { shipmentId, at, ...data } }) as ShipmentCommand
const become = (from: Parcel['is'], to: Parcel['is']) => (parcel: Parcel) => {
  if (parcel.is === from) parcel.is = to
}

const any = fc.nat({ max: 5 })
const some = fc.record({ '1': fc.nat({ max: 3 }), '2': fc.nat({ max: 2 }) })
const parting: fc.Arbitrary<Step> = fc.tuple(any, some, fc.boolean()).map(([n, wanted, twice]) =>
  step(`part ${n} ${JSON.stringify(wanted)}`, async (model, { trx }, at) => {
    const parcel = pick(model, n)
    const lines = linesOf(wanted)
    if (lines.length === 0) return
    const partId = crypto.randomUUID()
    const split = { shipmentId: parcel.id, at, partId, lines, by: 's', why: 'x' }
    for (const _ of twice ? [1, 2] : [1]) await sendInParts(trx, split)
    const fits = lines.every(({ lineId, quantity }) => quantity <= (parcel.units[lineId] ?? 0))
    const isAll = total(parcel.units) === lines.reduce((sum, { quantity }) => sum + quantity, 0)
    if (parcel.is !== 'here' || parcel.of === 'complaint' || !fits || isAll) return
    const units = Object.fromEntries(lines.map(({ lineId, quantity }) => [lineId, quantity]))
    for (const { lineId, quantity } of lines) parcel.units[lineId]! -= quantity
    model.parcels.push({ id: partId, units, is: 'here', of: parcel.of, partOf: parcel.id })
  }),
)
const endingPart: fc.Arbitrary<Step> = fc.tuple(any, fc.boolean()).map(([n, twice]) =>
  step(`end the part ${n}`, async (model, { trx }, at) => {
    const parts = model.parcels.filter(({ partOf, ended }) => partOf !== undefined && (twice || !ended))
    const part = parts[n % parts.length]
    if (part === undefined) return
    const whole = model.parcels.find(({ id }) => id === part.partOf)!
    const ending = { shipmentId: whole.id, partId: part.id, at, by: 's', why: 'x' }
    for (const _ of twice ? [1, 2] : [1]) await rejoin(trx, ending)
    const isHere = ({ is }: Parcel) => is === 'here' || is === 'held'
    const isParted = model.parcels.some((each) => each.partOf === part.id && isHere(each))
    if (!isHere(part) || !isHere(whole) || isParted) return
    for (const [lineId, quantity] of Object.entries(part.units))
      whole.units[lineId] = (whole.units[lineId] ?? 0) + quantity
    Object.assign(part, { units: {}, is: 'stopped', ended: true })
    whole.grown = true
  }),
)
const times = <Each>(count: number, each: Each): Each[] => Array.from({ length: count }, () => each)
const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(any, fc.option(some)).map(([n, wanted]) =>
    step(`dispatch ${n} ${JSON.stringify(wanted)}`, async (model, real, at) => {
      const parcel = pick(model, n)
      const lines = wanted && linesOf(wanted)
      if (lines?.length === 0) return
      const fits = lines?.every(({ lineId, quantity }) => quantity <= (parcel.units[lineId] ?? 0)) ?? true
      const restId = crypto.randomUUID()
      const carried = { carrier: 'P', trackingNumber: 'T', handedOverAt: at, restId, ...(lines && { lines }) }
      await dispatchWithRest(real.trx, { shipmentId: parcel.id, at, ...carried })
      if (parcel.is !== 'here' || !fits || (parcel.grown && !lines)) return
      const rest = Object.fromEntries(
        LINES.map((lineId) => [
          lineId,
          (parcel.units[lineId] ?? 0) - (wanted ? wanted[lineId as '1'] : (parcel.units[lineId] ?? 0)),
        ]),
      )
      // What is sent for a complaint leaves together.
      if (parcel.of === 'complaint' && total(rest) > 0) return
      if (wanted) parcel.units = { ...wanted }
      parcel.is = 'left'
      if (total(rest) > 0) model.parcels.push({ id: restId, units: rest, is: 'here', of: parcel.of })
    }),
  ),
  fc.tuple(some, fc.boolean(), fc.boolean()).map(([wanted, withdrawn, twice]) =>
    step(`${withdrawn ? 'withdraw' : 'stop'} ${JSON.stringify(wanted)}`, async (model, real, at) => {
      const lines = linesOf(wanted)
      const { orderId, trx } = real
      const returnId = withdrawn ? { returnId: crypto.randomUUID() } : {}
      const asked = { orderId, requestId: crypto.randomUUID(), ...returnId, lines, at }
      const told = []
      for (const _ of twice ? [1, 2] : [1]) told.push(...(await stopUnits(trx, asked)))
      for (const { data } of told) for (const { lineId, quantity } of data.lines) model.paidBack[lineId]! -= quantity
      const { shipments } = await lockShipmentsOf(trx, orderId)
      for (const { lineId, quantity } of lines) {
        let left = quantity
        const parcels = shipments.map(({ id }) => model.parcels.find((each) => each.id === id)!)
        const waiting = parcels.filter(({ is }) => is === 'here' || is === 'held')
        // What never left goes first, then of a withdrawal what waits instead of lost units, which are paid back.
        for (const of of withdrawn ? (['order', 'loss'] as const) : (['order'] as const))
          for (const parcel of waiting.filter((each) => each.of === of)) {
            const taken = Math.min(left, parcel.units[lineId] ?? 0)
            parcel.units[lineId] = (parcel.units[lineId] ?? 0) - taken
            model.stopped[lineId]! += taken
            if (of === 'loss') model.paidBack[lineId]! += taken
            left -= taken
          }
      }
      assert.deepEqual(model.paidBack, { '1': 0, '2': 0 }, 'what is stopped instead of lost units is paid back once')
      for (const parcel of model.parcels)
        if ((parcel.is === 'here' || parcel.is === 'held') && total(parcel.units) === 0) parcel.is = 'stopped'
    }),
  ),
  fc.constant(
    step('cancel the order', async (model, real, at) => {
      await onOrderCancelled(real.trx, {} as never, { orderId: real.orderId, cancelledAt: at } as never)
      for (const parcel of model.parcels)
        if (parcel.of !== 'complaint' && (parcel.is === 'here' || parcel.is === 'held')) parcel.is = 'stopped'
    }),
  ),
  fc.tuple(any, some, fc.boolean()).map(([n, lost, twice]) =>
    step(`lose ${n} ${JSON.stringify(lost)}`, async (model, { trx }, at) => {
      const parcel = pick(model, n)
      const lines = linesOf(lost)
      if (parcel.is !== 'left' || lines.length === 0) return
      const isCure = parcel.of === 'complaint'
      const [shipmentId, reportId, by] = [parcel.id, crypto.randomUUID(), 's']
      const said = {
        kind: 'lost',
        reportedBy: 'carrier',
        reportedAt: at,
        longLived: false,
        what: 'x',
      } as const
      await handleUnderOrder(trx, {
        type: 'ReportDamage',
        data: { shipmentId, at, reportId, ...said, photos: [], lines, by },
      })
      for (const _ of twice ? [1, 2] : [1]) {
        const replacementId = crypto.randomUUID()
        const settle = { shipmentId, at, reportId, choice: 'replacement', replacementId, by } as const
        const { events } = await settleWithReplacement(trx, settle)
        if (events.some(({ type }) => type === 'LossSettled'))
          ask(model, replacementId, lines, isCure ? { of: parcel.of, cureId: parcel.cureId! } : { of: 'loss' })
      }
      const replaced = model.parcels.filter((each) => each.of === 'loss')
      assert.equal(new Set(replaced.map(({ id }) => id)).size, replaced.length)
    }),
  ),
  fc.tuple(some, fc.boolean()).map(([wanted, twice]) =>
    step(`send for a complaint ${JSON.stringify(wanted)}`, async (model, { trx, orderId }, at) => {
      // A complaint is about what left.
      const had = (lineId: string) => model.parcels.some(({ is, units }) => is === 'left' && (units[lineId] ?? 0) > 0)
      const lines = linesOf(wanted).filter(({ lineId }) => had(lineId))
      if (lines.length === 0) return
      const asked = { orderId, returnId: crypto.randomUUID(), cureId: crypto.randomUUID(), lines, askedAt: at }
      for (const _ of twice ? [1, 2] : [1]) await onCureShipmentAsked(trx, {} as never, asked as never)
      ask(model, asked.cureId, lines, { of: 'complaint', cureId: asked.cureId })
    }),
  ),
  any.map((n) =>
    step(`stop what is sent for a complaint ${n}`, async (model, { trx, orderId }, at) => {
      const parcel = pick(model, n)
      if (parcel.of !== 'complaint') return
      const { cureId } = parcel
      await onCureStopAsked(trx, {} as never, { orderId, cureId, shipmentAsked: true, askedAt: at } as never)
      for (const each of model.parcels) if (each.cureId === cureId && each.is !== 'left') each.is = 'stopped'
    }),
  ),
  // Thrice as often as another step: a part is only ended where one was agreed on.
  ...times(3, parting),
  ...times(3, endingPart),
  ...[
    ['accept', on(plain('AcceptShipment', {}))],
    [
      'pack',
      on(plain('PackShipment', {}), (parcel) => {
        if (parcel.is === 'here') parcel.grown = false
      }),
    ],
    ['hold', on(plain('HoldShipment', { waitsFor: 'payment', cause: 'x' }), become('here', 'held'))],
    ['resume', on(plain('ResumeShipment', { waitsFor: 'payment' }), become('held', 'here'))],
    ...parcelReports.map(
      (report) =>
        [
          report,
          on((shipmentId, at) => ({
            type: 'ReportParcel',
            data: { shipmentId, at, report, occurredAt: at, personal: {} },
          })),
        ] as const,
    ),
    ...takers.map(
      (takenBy) =>
        [
          `taken by ${takenBy}`,
          on((shipmentId, at) => ({
            type: 'DeliverShipment',
            data: { shipmentId, at, receivedAt: at, receivedBy: 'K', takenBy },
          })),
        ] as const,
    ),
    ['correct', on((shipmentId, at) => ({ type: 'CorrectDelivery', data: { shipmentId, at, by: 's', why: 'x' } }))],
  ].map(([name, run]) =>
    any.map((n) => step(`${name} ${n}`, (model, real, at) => (run as ReturnType<typeof on>)(model, real, at, n))),
  ),
]

t.test(`in ${histories} random histories every unit is accounted for exactly once`, async () => {
  const undo = new Error('undo')
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: 24, size: 'max' }), async (commands) => {
      const orderId = crypto.randomUUID()
      const shipmentId = crypto.randomUUID()
      const begun = db.transaction().execute(async (trx) => {
        const { data } = request({ orderId })
        const lines = data.lines.map((line) => ({ ...line, quantity: 3 }))
        await trx
          .insertInto('order_to_ship')
          .values({ order_id: orderId, facts: JSON.stringify({ lines }), personal: JSON.stringify(data.personal) })
          .execute()
        await handleUnderOrder(trx, { type: 'RequestShipment', data: { ...data, shipmentId, lines } })
        const model = (): Model => ({
          ordered: { '1': 3, '2': 3 },
          ...{ stopped: { '1': 0, '2': 0 }, paidBack: { '1': 0, '2': 0 } },
          parcels: [{ id: shipmentId, units: { '1': 3, '2': 3 }, is: 'here', of: 'order' }],
        })
        await fc.asyncModelRun(() => ({ model: model(), real: { trx, orderId, day: 0 } }), commands)
        throw undo
      })
      await begun.catch((error) => {
        if (error !== undo) throw error
      })
    }),
    {
      numRuns: histories,
      interruptAfterTimeLimit: undefined,
      ...(process.env.SEED && { seed: Number(process.env.SEED) }),
    },
  )
})
