import assert from 'node:assert/strict'
import { example } from '@vilkar/contracts/test/examples.ts'
import t from 'tap'
import { type Told, toSendOf } from '../to-send.ts'
import type { WorkDeps } from '../work.ts'
import { startWarehouseHouse } from './warehouse-house.ts'

const house = await startWarehouseHouse()
const { call, hear, requested, open, begin, unitsOf, shipmentsOf } = house

/** What the warehouse says that it sent, each parcel by its number, as shipping has it. */
async function sentOf(orderIds: string[]) {
  const found = (await Promise.all(orderIds.map(shipmentsOf))).flat()
  return found
    .filter(({ dispatched }) => dispatched)
    .map(({ id, lines, dispatched }) => ({
      shipmentId: id,
      trackingNumber: dispatched!.trackingNumber,
      lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    }))
    .sort((one, other) => one.shipmentId.localeCompare(other.shipmentId))
}
const booked = ({ books }: { books: WorkDeps['books'] }, orderIds: string[]) =>
  books
    .tasks()
    .filter(
      ({ step, shipmentId }) =>
        step === 'sent' && orderIds.includes((books.heardOf(shipmentId)[0]!.data as { orderId: string }).orderId),
    )
    .map(({ shipmentId, parcel }) => ({
      shipmentId,
      trackingNumber: parcel!.trackingNumber!,
      lines: parcel!.lines,
    }))
const placed = async (count: number) =>
  (await Promise.all(Array.from({ length: count }, () => requested()))).map(({ orderId }) => orderId)
const stop = (orderId: string, lines: { lineId: string; quantity: number }[]) =>
  hear('StopRequested', orderId, { requestId: crypto.randomUUID(), returnId: undefined, lines })

t.test('it takes on, packs and sends what is asked for, and can be followed at the carrier', async (t) => {
  const orderIds = await placed(3)
  const warehouse = open('all.db')
  await warehouse.workThrough()
  for (const orderId of orderIds) t.match(await unitsOf(orderId), { open: 0, stopped: 0 })
  const sent = await sentOf(orderIds)
  t.equal(new Set(sent.map(({ trackingNumber }) => trackingNumber)).size, 3)
  t.strictSame(booked(warehouse, orderIds), sent)
  const heard = warehouse.books.heardOf(sent[0]!.shipmentId).map(({ type }) => type)
  t.strictSame(heard, ['ShipmentRequested', 'ShipmentAccepted', 'ShipmentPacked', 'ShipmentDispatched'])
})

t.test('what is short leaves in parts: the rest follows, or is left to a person', async (t) => {
  for (const rest of ['follows', 'person'] as const) {
    const warehouse = await begin(`short-${rest}.db`, { shortage: 1, rest })
    const orderIds = await placed(6)
    await warehouse.workThrough()
    const units = await Promise.all(orderIds.map(unitsOf))
    const shipments = await Promise.all(orderIds.map(shipmentsOf))
    const splits = shipments.filter((each) => each.some(({ restOf }) => restOf !== undefined))
    t.ok(splits.length > 0, 'some are split')
    const here = units.reduce((sum, each) => sum + each.open, 0)
    if (rest === 'follows') t.equal(here, 0, 'all of it left in the end')
    else {
      t.ok(here > 0)
      const waiting = shipments.flat().filter(({ status }) => status === 'requested')
      const left = warehouse.books.tasks().filter(({ step }) => step === 'person')
      for (const { id } of waiting) t.ok(left.some(({ shipmentId }) => shipmentId === id))
      const [one] = waiting
      await call('warehouse', 'PUT', `/shipments/${one!.id}/dispatch`, { carrier: 'Bud', trackingNumber: 'BY-HAND' })
      await warehouse.workThrough()
      t.equal(warehouse.books.tasks().find(({ shipmentId }) => shipmentId === one!.id)!.step, 'elsewhere')
    }
    t.strictSame(
      booked(warehouse, orderIds),
      (await sentOf(orderIds)).filter((each) => each.trackingNumber !== 'BY-HAND'),
    )
  }
})

/** Two sensors that are not, and locks that are critical to safety. */
const critical = (locks: number) => ({
  lines: example('OrderPlaced').data.lines.map((line) =>
    line.lineId === '2' ? { ...line, quantity: locks, traits: { ...line.traits, safetyCritical: true } } : line,
  ),
})

t.test('of goods that are critical to safety each unit has its number, in whatever parts they leave', async (t) => {
  const [locks, many] = [3, 40]
  for (const shortage of [0, 1]) {
    const warehouse = await begin(`critical-${shortage}.db`, { shortage })
    const orderIds = await Promise.all(
      [locks, locks, locks, many].map(async (quantity) => (await requested(critical(quantity))).orderId),
    )
    await warehouse.workThrough()
    const seen = new Set<string>()
    for (const [n, orderId] of orderIds.entries()) {
      t.match(await unitsOf(orderId), { open: 0, stopped: 0 })
      const shipments = await shipmentsOf(orderId)
      const units = shipments.flatMap((each) => each.units ?? [])
      t.ok(units.every(({ lineId }) => lineId === '2'))
      t.equal(
        units.reduce((sum, { quantity }) => sum + quantity, 0),
        n === locks ? many : locks,
      )
      for (const { serialNumber, lotNumber } of units) seen.add((serialNumber ?? lotNumber)!)
      if (shortage === 0)
        t.strictSame(
          shipments.map(({ manuals }) => manuals),
          [['2']],
          'the manual goes along',
        )
    }
    for (const number of seen)
      t.equal((await call('warehouse', 'GET', `/serials/${number}`)).body.units.length, 1, number)
  }
})

t.test('what is recalled waits without being asked for, and goes on once that is over', async (t) => {
  const asked: string[] = []
  const counting = (deps: WorkDeps): WorkDeps => {
    const pack: typeof deps.doors.pack = (...what) => {
      asked.push(what[0])
      return deps.doors.pack(...what)
    }
    return { ...deps, doors: { ...deps.doors, pack } }
  }
  const warehouse = await begin('recalled.db', {}, counting)
  const [orderId] = (await placed(1)) as [string]
  const id = crypto.randomUUID()
  const { notice } = example('RecallNoticeAsked').data
  const recall = { sku: 'LOCK-1', ...notice }
  await call('support', 'PUT', `/recalls/${id}`, recall)
  await warehouse.workThrough()
  const all = (await unitsOf(orderId)).open
  t.match(await unitsOf(orderId), { open: all, dispatched: 0 })
  t.equal(asked.length, 1, 'it was refused once')
  await call('support', 'PUT', `/recalls/${id}/end`, { why: 'They were mended.' })
  await warehouse.workThrough()
  t.match(await unitsOf(orderId), { open: 0, dispatched: all })
})

t.test('what is stopped stays: a parcel is opened and packed anew, or not sent at all', async (t) => {
  const [reduced, cancelled, held] = (await placed(3)) as [string, string, string]
  const warehouse = open('stops.db', {}, (deps) => {
    let isFirst = true
    // All three are packed when the first is about to leave.
    const dispatch: typeof deps.doors.dispatch = async (...what) => {
      if (isFirst) {
        isFirst = false
        await stop(reduced, [{ lineId: '1', quantity: 1 }])
        await hear('OrderCancelled', cancelled)
        await hear('AuthorisationExpired', held)
      }
      return deps.doors.dispatch(...what)
    }
    return { ...deps, doors: { ...deps.doors, dispatch } }
  })
  const all = (await unitsOf(reduced)).open
  await warehouse.workThrough()
  t.match(await unitsOf(reduced), { open: 0, dispatched: all - 1, stopped: 1 })
  t.match(await unitsOf(cancelled), { open: 0, dispatched: 0, stopped: all })
  t.match(await unitsOf(held), { open: all, dispatched: 0 }, 'what is held waits')
  const [stopped] = await shipmentsOf(cancelled)
  t.equal(warehouse.books.tasks().find(({ shipmentId }) => shipmentId === stopped!.id)!.parcel, undefined)
  await hear('PaymentReauthorised', held)
  await warehouse.workThrough()
  t.match(await unitsOf(held), { open: 0, dispatched: all })
  t.strictSame(booked(warehouse, [reduced, cancelled, held]), await sentOf([reduced, cancelled, held]))
})

t.test('killed after any of its effects it goes on without doubling, and another may go on instead', async (t) => {
  let killedAt = 0
  for (let isKilled = true; isKilled; killedAt += 1) {
    isKilled = false
    let effects = 0
    const dying = (deps: WorkDeps): WorkDeps => {
      const die =
        <Args extends unknown[], Done>(work: (...args: Args) => Done | Promise<Done>) =>
        async (...args: Args) => {
          const done = await work(...args)
          if (effects === killedAt) throw new Error('killed')
          effects += 1
          return done
        }
      const { doors, carrier, books } = deps
      const mortal = <Set extends object, Key extends keyof Set>(of: Set, ...keys: Key[]) =>
        ({ ...of, ...Object.fromEntries(keys.map((key) => [key, die(of[key] as never)])) }) as Set
      return {
        ...deps,
        doors: mortal(doors, 'accept', 'pack', 'dispatch'),
        carrier: mortal(carrier, 'book', 'handIn'),
        books,
      }
    }
    const name = `killed-${killedAt}.db`
    const first = await begin(name, { shortage: 1 }, dying)
    const orderIds = await placed(1)
    await first.workThrough().catch((error) => {
      assert.match(error.message, /killed/)
      isKilled = true
    })
    const other = open(name, { shortage: 1 })
    // What the first had when it died is free after a while.
    house.clock.ms += 11_000
    await other.workThrough()
    for (const orderId of orderIds) t.match(await unitsOf(orderId), { open: 0, stopped: 0 }, `killed at ${killedAt}`)
    const sent = await sentOf(orderIds)
    t.equal(new Set(sent.map(({ trackingNumber }) => trackingNumber)).size, sent.length)
    t.strictSame(booked(other, orderIds), sent, `killed at ${killedAt}`)
  }
  t.ok(killedAt > 5, `it was killed ${killedAt - 1} times`)
})

t.test('what is told again, late or in another order changes nothing', async (t) => {
  const warehouse = await begin('again.db', { shortage: 0.5 })
  const orderIds = await placed(4)
  await warehouse.workThrough()
  const sent = await sentOf(orderIds)
  const { books } = warehouse
  const told = sent.flatMap(({ shipmentId }) => books.heardOf(shipmentId)) as Told[]
  const calls: string[] = []
  const counting = (deps: WorkDeps): WorkDeps => {
    const note = (what: string) => async () => {
      calls.push(what)
      return 'taken' as const
    }
    return { ...deps, doors: { accept: note('accept'), pack: note('pack'), dispatch: note('dispatch') } }
  }
  const same = open('again.db', { shortage: 0.5 }, counting)
  for (const events of [told, told.toReversed()]) same.books.hear(events)
  await same.workThrough()
  const backwards = open('backwards.db', {}, counting)
  for (const event of told.toReversed()) backwards.books.hear([event])
  await backwards.workThrough()
  t.strictSame(calls, [], 'nothing is asked of shipping')
  t.strictSame(await sentOf(orderIds), sent)
})

t.test('what comes after a gap does not count until the gap is filled', async (t) => {
  const [orderId] = await placed(1)
  const [shipment] = await shipmentsOf(orderId!)
  await stop(orderId!, [{ lineId: '1', quantity: 1 }])
  const whole = open('whole.db')
  await whole.hear()
  const [, reduced] = whole.books.heardOf(shipment!.id)
  t.equal(reduced!.type, 'ShipmentReduced')
  const late = open('late.db')
  late.books.hear([reduced!])
  t.equal(late.books.claim()!.shipmentId, shipment!.id)
  t.strictSame(late.books.heardOf(shipment!.id).length, 1)
  await whole.workThrough()
  const [first, , ...later] = whole.books.heardOf(shipment!.id)
  t.ok(later.length > 0)
  t.strictSame(toSendOf([first!, ...later]), toSendOf([first!]))
  t.match(await unitsOf(orderId!), { open: 0, stopped: 1 })
})
