import type { Arrow } from '../../infra/docs/imports.ts'
import { roomOf } from '../../infra/docs/rooms/rooms.ts'
import { because, type Exceptions } from './exceptions.ts'

const ROOT_OF_A_SERVICE =
  /^services\/[^/]+\/((main|service|app|config|deps|database|follow-ups|personal-data)\.ts|package\.json|README\.md)$/

/** Files in a service's root that belong in one of its rooms. */
export const strangersIn = (paths: string[]) =>
  paths.filter((path) => /^services\/[^/]+\/[^/]+\.\w+$/.test(path) && !ROOT_OF_A_SERVICE.test(path))

/**
 * Which rooms of a folder may import which others; a room that is not named imports none. Order knows no money and money no
 * checkout: only `follow-ups.ts` sees both sides.
 */
export const matrix: Record<string, Record<string, string[]>> = {
  'services/orders': {
    'main.ts': ['service.ts', 'config.ts'],
    'service.ts': ['app.ts', 'config.ts', 'database.ts', 'deps.ts', 'follow-ups.ts', 'order/', 'money/', 'alarms/'],
    'app.ts': ['deps.ts', 'order/', 'checkout/', 'money/', 'alarms/', 'terms-page/'],
    'follow-ups.ts': ['deps.ts', 'order/', 'checkout/', 'money/', 'alarms/'],
    'deps.ts': ['database.ts', 'config.ts', 'order/', 'money/'],
    'database.ts': ['order/', 'checkout/', 'money/', 'alarms/'],
    'order/': ['deps.ts', 'database.ts', 'config.ts', 'alarms/'],
    'checkout/': ['deps.ts', 'database.ts', 'order/', 'money/'],
    'money/': ['deps.ts', 'database.ts', 'config.ts', 'order/', 'alarms/'],
    'alarms/': ['deps.ts', 'database.ts'],
    'terms-page/': ['deps.ts'],
  },
  'libs/messaging': {
    'outbox/': ['wire/', 'tables.ts', 'partition.ts', 'outage-log.ts', 'fail-point.ts'],
    'inbox/': ['wire/', 'tables.ts', 'partition.ts', 'outage-log.ts', 'fail-point.ts', 'batcher.ts'],
    'wire/': ['partition.ts', 'outage-log.ts'],
  },
  'libs/terms': {
    'statute/': ['ruling/', 'calendar.ts'],
    'rules/': ['editions/', 'statute/', 'ruling/', 'amounts/', 'calendar.ts'],
    'sellers/': ['editions/', 'rules/', 'privacy/', 'statute/', 'ruling/', 'amounts/', 'calendar.ts'],
    'editions/': ['sellers/', 'rules/', 'statute/', 'ruling/', 'amounts/', 'calendar.ts'],
    'order/': ['editions/', 'statute/', 'ruling/', 'amounts/', 'calendar.ts'],
    'privacy/': ['statute/', 'ruling/', 'calendar.ts'],
    'cases/': ['editions/', 'rules/', 'sellers/', 'privacy/', 'statute/', 'ruling/', 'amounts/', 'calendar.ts'],
  },
  'libs/payments': {
    'answer.ts': ['exchange.ts', 'port.ts'],
    'klarna/': ['port.ts', 'answer.ts', 'exchange.ts', 'notification.ts', 'rate-limit.ts', 'idempotency-key.ts'],
    'vipps/': ['port.ts', 'answer.ts', 'exchange.ts', 'notification.ts'],
  },
}

/** Imports that the matrix does not have, each as `file → file`. */
export const uninvited = (arrows: Arrow[]) =>
  Object.entries(matrix).flatMap(([folder, rooms]) =>
    arrows
      .filter(({ from, to }) => from.startsWith(`${folder}/`) && to.startsWith(`${folder}/`))
      .filter(({ from, to }) => {
        const [here, there] = [roomOf(folder, from), roomOf(folder, to)]
        return here !== there && !rooms[here]?.includes(there)
      })
      .map(({ from, to }) => `${from} → ${to}`),
  )

/** Rooms that the matrix names and nobody built. */
export const absent = (paths: string[]) =>
  Object.entries(matrix).flatMap(([folder, rooms]) => {
    const built = new Set(paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => roomOf(folder, path)))
    return [...new Set([...Object.keys(rooms), ...Object.values(rooms).flat()])]
      .filter((room) => !built.has(room))
      .map((room) => `${folder}/${room}`)
  })

const orders = (...pairs: [from: string, to: string][]) =>
  pairs.map(([from, to]) => `services/orders/${from} → services/orders/${to}`)

export const roomExceptions: Exceptions = {
  ...because(
    'types alone: an order is placed from a quote',
    orders(['order/place.ts', 'checkout/quote.ts'], ['order/state.ts', 'checkout/quote.ts']),
  ),
}
