/**
 * A warehouse as a process, until it is told to end: SHIPPING_URL, CARRIERS_URL, TOKEN, BOOKS (its file), and NATS_URL or, without
 * one, the feed. PACE is fast or slow, SHORTAGE a share of shipments from 0 to 1, REST whether what is missing follows or is left to
 * a person. With CONTROL_URL instead of TOKEN it asks the local stack for one.
 */
import { openBooks } from './books.ts'
import { createCarrier } from './carrier.ts'
import { doorsOf, openShipping } from './doors.ts'
import { fromBroker, fromFeed } from './sources.ts'
import { startWarehouse } from './warehouse.ts'
import { paces, type Ways } from './work.ts'

const { env } = process
const needed = (name: string) => env[name] || refuse(`${name} is not set.`)
const ways: Ways = {
  pace: Object.hasOwn(paces, env.PACE ?? 'fast')
    ? paces[(env.PACE ?? 'fast') as 'fast']
    : refuse(`PACE must be one of ${Object.keys(paces).join(', ')}.`),
  shortage: share(env.SHORTAGE ?? '0'),
  rest: env.REST === 'person' ? 'person' : 'follows',
}
const tokenOfStack = async () => (await fetch(`${needed('CONTROL_URL')}/tokens/warehouse`)).text()
const shipping = openShipping({
  shipping: needed('SHIPPING_URL'),
  token: async () => env.TOKEN ?? tokenOfStack(),
})
const warehouse = startWarehouse({
  books: openBooks(needed('BOOKS'), () => Temporal.Now.instant().epochMilliseconds),
  doors: doorsOf(shipping),
  carrier: createCarrier(needed('CARRIERS_URL')),
  ways: () => ways,
  source: env.NATS_URL ? fromBroker(env.NATS_URL) : fromFeed(shipping),
  complain: (what) => console.error(what),
})
console.log('The warehouse works; Ctrl-C ends it, and what comes meanwhile waits.')
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void warehouse.stop())

function share(text: string) {
  const number = Number(text)
  return number >= 0 && number <= 1 ? number : refuse('SHORTAGE must be a number from 0 to 1.')
}

function refuse(why: string): never {
  console.error(why)
  process.exit(1)
}
