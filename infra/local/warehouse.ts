import { join } from 'node:path'
import { openBooks } from '@vilkar/warehouse-simulator/books.ts'
import { createCarrier } from '@vilkar/warehouse-simulator/carrier.ts'
import { doorsOf, openShipping } from '@vilkar/warehouse-simulator/doors.ts'
import { fromBroker, fromFeed } from '@vilkar/warehouse-simulator/sources.ts'
import { countOf, startWarehouse } from '@vilkar/warehouse-simulator/warehouse.ts'
import { type Pace, paces } from '@vilkar/warehouse-simulator/work.ts'

export const warehousePaces = ['off', ...Object.keys(paces)] as ('off' | Pace)[]
export type WarehouseSetting = {
  pace: 'off' | Pace
  /** The share of shipments of which goods are missing, 0 to 1. */
  shortage: number
  /** Whether what is missing follows by itself or is left to a person. */
  rest: 'follows' | 'person'
}
export type LocalWarehouse = ReturnType<typeof createLocalWarehouse>

type Options = {
  directory: string
  urls: { shipping: string; carriers: string }
  /** Where the broker is; undefined where events travel inside this process only, and the feed is read instead. */
  natsUrl?: string
  token(): Promise<string>
  say(line: string): void
}

/** The simulated warehouse of the local stack: off until somebody puts it on. What it knows stays in a file of the folder. */
export function createLocalWarehouse({ directory, urls, natsUrl, token, say }: Options) {
  const books = openBooks(join(directory, 'warehouse.db'), () => Temporal.Now.instant().epochMilliseconds)
  const shipping = openShipping({ shipping: urls.shipping, token })
  let setting: WarehouseSetting = { pace: 'off', shortage: 0, rest: 'follows' }
  let running: ReturnType<typeof startWarehouse> | undefined

  async function set(wanted: WarehouseSetting) {
    setting = wanted
    if (wanted.pace === 'off') {
      const stopping = running
      running = undefined
      await stopping?.stop()
      return
    }
    running ??= startWarehouse({
      ...{ books, doors: doorsOf(shipping), carrier: createCarrier(urls.carriers) },
      ways: () => ({ ...setting, pace: paces[setting.pace === 'slow' ? 'slow' : 'fast'] }),
      source: natsUrl === undefined ? fromFeed(shipping) : fromBroker(natsUrl),
      complain: (what) => say(`The warehouse waits: ${what}`),
    })
  }
  return {
    set,
    status: () => ({ ...setting, ...countOf(books) }),
    async stop() {
      await set({ ...setting, pace: 'off' })
      books.close()
    },
  }
}
