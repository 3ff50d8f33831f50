import { readFile } from 'node:fs/promises'
import type { ServiceName } from '@vilkar/contracts/event.ts'

const ROOM = { orders: 'order', shipping: 'shipment', returns: 'order-facts' } as const

/**
 * The names of the events that a service acts on: the cases of its `reactions/react.ts`. Read from the source, since a
 * second list beside the switch would drift from it.
 */
export async function readReactions(service: ServiceName) {
  const source = await readFile(
    new URL(`../../services/${service}/${ROOM[service]}/reactions/react.ts`, import.meta.url),
    'utf8',
  )
  return [...source.matchAll(/^ *case '(\w+)':/gm)].map(([, name]) => name!)
}
