import assert from 'node:assert/strict'
import { join } from 'node:path'
import { startCarrierSimulator } from '@vilkar/carrier-simulator/simulator.ts'
import { createNumbering } from '@vilkar/shipping/test/numbering.ts'
import { startShippingForTest } from '@vilkar/shipping/test/shipping-service.ts'
import { temporaryFolder } from '@vilkar/testing/temporary-folder.ts'
import t from 'tap'
import { openBooks } from '../books.ts'
import { createCarrier } from '../carrier.ts'
import { doorsOf, openShipping } from '../doors.ts'
import { readPage } from '../sources.ts'
import { step } from '../warehouse.ts'
import type { Ways, WorkDeps } from '../work.ts'

const HURRY = { stepMs: 1_000, restockMs: 60_000 }
const LATEST_MS = 3_600_000

/** The shipping service and the simulated carriers over HTTP, and warehouses on books of a file, whose time moves as they work. */
export async function startWarehouseHouse() {
  const shipping = await startShippingForTest()
  const number = await createNumbering(shipping)
  const url = await shipping.app.listen({ host: '127.0.0.1', port: 0 })
  const carriers = await startCarrierSimulator({ now: shipping.clock.now })
  t.teardown(() => carriers.stop())
  const client = openShipping({ shipping: url, token: async () => 'warehouse' })
  const folder = await temporaryFolder()
  const clock = { ms: 1_000_000 }

  /** A warehouse on books of this name, or on new ones; `around` stands between it and what it calls. */
  function open(name: string, ways: Partial<Ways> = {}, around: (deps: WorkDeps) => WorkDeps = (deps) => deps) {
    const books = openBooks(join(folder, name), () => clock.ms)
    const deps = around({
      ...{ books, doors: doorsOf(client), carrier: createCarrier(carriers.url) },
      ways: () => ({ pace: HURRY, shortage: 0, rest: 'follows', ...ways }),
    })
    /** Reads the feed to its end. */
    async function hear() {
      await number()
      while ((await readPage(client, books, 0)) > 0);
    }
    /** Does what is due now, and then what is due later, until nothing is; what happens of it is heard in between. */
    async function workThrough() {
      for (const end = clock.ms + LATEST_MS; clock.ms < end; clock.ms += HURRY.stepMs) {
        await hear()
        if (books.isIdle()) return
        for (let task = books.claim(); task !== undefined; task = books.claim()) await step(deps, task)
      }
      throw new Error('The warehouse never comes to an end.')
    }
    return { books, deps, hear, workThrough }
  }

  /** The end of what is told by now: books that begin here know of nothing before. */
  async function end() {
    await number()
    const { rows } = await shipping.pool.query<{ last_no: string }>('select last_no from relay')
    return Number(rows[0]!.last_no)
  }

  /** A warehouse that knows of nothing before. */
  async function begin(...[name, ways, around]: Parameters<typeof open>) {
    const since = await end()
    const warehouse = open(name, ways, around)
    warehouse.books.hear([], since)
    return warehouse
  }

  /** How many units of an order left and how many are still here, by shipping's own account. */
  async function unitsOf(orderId: string) {
    const { body } = await shipping.call('warehouse', 'GET', `/orders/${orderId}/units`)
    const lines = body.lines as { requested: number; open: number; dispatched: number; stopped: number }[]
    for (const { requested, open: here, dispatched, stopped } of lines)
      assert.equal(requested, here + dispatched + stopped)
    const sum = (key: 'open' | 'dispatched' | 'stopped') => lines.reduce((all, line) => all + line[key], 0)
    return { open: sum('open'), dispatched: sum('dispatched'), stopped: sum('stopped') }
  }
  /** What was told of an order, as `type` and the shipment it is about. */
  const shipmentsOf = async (orderId: string) =>
    (await shipping.call('warehouse', 'GET', `/shipments?orderId=${orderId}`)).body.items as {
      id: string
      status: string
      lines: { lineId: string; quantity: number }[]
      dispatched?: { trackingNumber: string }
      units?: { lineId: string; quantity: number; serialNumber?: string; lotNumber?: string }[]
      manuals?: string[]
      restOf?: string
    }[]
  return { ...shipping, number, carriers, clock, open, begin, unitsOf, shipmentsOf }
}
