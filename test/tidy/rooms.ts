import type { Arrow } from '../../infra/docs/imports.ts'
import { roomOf } from '../../infra/docs/rooms/rooms.ts'

const ROOT_OF_A_SERVICE =
  /^services\/[^/]+\/((main|service|app|config|deps|database|follow-ups|personal-data)\.ts|package\.json|README\.md)$/

/** Files in a service's root that belong in one of its rooms. */
export const strangersIn = (paths: string[]) =>
  paths.filter((path) => /^services\/[^/]+\/[^/]+\.\w+$/.test(path) && !ROOT_OF_A_SERVICE.test(path))

/** Stands in a matrix for every folder that has no row of its own, such as the next payment provider's. */
const ANY_FOLDER = '*/'

/**
 * Which rooms of a folder may import which others; a room that is not named imports none. Order knows no money and money no
 * checkout: only `follow-ups.ts` sees both sides. What a withdrawal gives back is decided in a room that knows no withdrawal, and
 * the projection of orders knows neither.
 */
export const matrix: Record<string, Record<string, string[]>> = {
  'services/orders': {
    'main.ts': ['service.ts', 'config.ts'],
    'service.ts': [
      ...['app.ts', 'config.ts', 'database.ts', 'deps.ts', 'follow-ups.ts'],
      ...['order/', 'checkout/', 'stock/', 'money/', 'documents/', 'alarms/'],
      'erasure/',
    ],
    'app.ts': [
      ...['deps.ts', 'order/', 'checkout/', 'stock/', 'money/', 'documents/', 'alarms/', 'terms-page/'],
      'linked-order/',
      'erasure/',
      'overview/',
    ],
    'follow-ups.ts': ['deps.ts', 'order/', 'checkout/', 'stock/', 'money/', 'alarms/'],
    'deps.ts': ['database.ts', 'config.ts', 'order/', 'money/'],
    'database.ts': ['order/', 'checkout/', 'stock/', 'money/', 'alarms/'],
    'order/': ['deps.ts', 'database.ts', 'config.ts', 'alarms/'],
    'checkout/': ['deps.ts', 'database.ts', 'order/', 'stock/', 'money/'],
    'stock/': ['deps.ts', 'database.ts', 'order/'],
    'money/': ['deps.ts', 'database.ts', 'config.ts', 'order/', 'stock/', 'alarms/'],
    'documents/': ['deps.ts', 'database.ts', 'order/', 'money/'],
    'linked-order/': ['deps.ts', 'order/', 'documents/', 'money/', 'checkout/'],
    'alarms/': ['deps.ts', 'database.ts'],
    'erasure/': ['deps.ts', 'database.ts', 'personal-data.ts', 'order/'],
    'terms-page/': ['deps.ts'],
    'overview/': ['deps.ts', 'order/', 'money/'],
  },
  'services/shipping': {
    'main.ts': ['service.ts', 'config.ts'],
    'service.ts': [
      ...['app.ts', 'config.ts', 'database.ts', 'deps.ts', 'shipment/', 'risk/', 'carriers/', 'damage/'],
      ...['return-freight/', 'inbound/', 'serials/', 'failed/'],
      'erasure/',
    ],
    'app.ts': [
      ...[
        'deps.ts',
        'shipment/',
        'risk/',
        'failed/',
        'warehouse/',
        'carriers/',
        'damage/',
        'return-freight/',
        'inbound/',
      ],
      'documents/',
      'serials/',
      'erasure/',
      'linked-order/',
      'overview/',
    ],
    'deps.ts': ['database.ts', 'carriers/', 'return-freight/'],
    'database.ts': ['shipment/', 'carriers/', 'damage/', 'return-freight/', 'inbound/', 'serials/'],
    'shipment/': ['deps.ts', 'database.ts'],
    'risk/': ['deps.ts', 'database.ts', 'shipment/'],
    'warehouse/': ['deps.ts'],
    'documents/': ['deps.ts', 'database.ts', 'shipment/'],
    'carriers/': ['deps.ts', 'database.ts', 'shipment/'],
    'damage/': ['deps.ts', 'database.ts', 'shipment/', 'risk/', 'inbound/'],
    'failed/': ['deps.ts', 'database.ts', 'shipment/', 'risk/', 'damage/', 'inbound/'],
    'linked-order/': ['deps.ts', 'shipment/', 'damage/', 'inbound/'],
    'return-freight/': ['deps.ts', 'database.ts', 'carriers/'],
    'inbound/': ['deps.ts', 'database.ts', 'return-freight/', 'shipment/'],
    'serials/': ['deps.ts', 'database.ts', 'shipment/'],
    'overview/': ['deps.ts', 'damage/', 'failed/'],
    'erasure/': ['deps.ts', 'database.ts', 'personal-data.ts', 'shipment/'],
  },
  'services/returns': {
    'main.ts': ['service.ts', 'config.ts'],
    'service.ts': [
      ...['app.ts', 'config.ts', 'database.ts', 'deps.ts'],
      ...['order-facts/', 'statement/', 'withdrawal/', 'voluntary-return/', 'complaint/', 'cases/', 'mails/'],
      ...['loss/', 'goods-back/', 'payout/', 'exchange/', 'alarms/'],
      'erasure/',
    ],
    'app.ts': [
      ...['deps.ts', 'order-facts/', 'statement/', 'withdrawal-function/', 'withdrawal/', 'voluntary-return/'],
      ...['complaint/', 'agreement/', 'payout/', 'override/', 'exchange/', 'goods-back/', 'cases/', 'alarms/'],
      ...['linked-order/', 'erasure/', 'overview/'],
    ],
    'overview/': ['deps.ts', 'cases/', 'statement/'],
    'deps.ts': ['database.ts', 'config.ts'],
    'database.ts': [
      ...['order-facts/', 'statement/', 'withdrawal/', 'voluntary-return/', 'complaint/', 'loss/', 'goods-back/'],
      'agreement/',
      'payout/',
      'override/',
      'exchange/',
      'alarms/',
    ],
    'alarms/': [],
    'goods-back/': [
      ...['deps.ts', 'database.ts', 'order-facts/', 'cases/', 'withdrawal/', 'voluntary-return/', 'complaint/'],
    ],
    'withdrawal-function/': ['deps.ts', 'order-facts/', 'statement/', 'withdrawal/'],
    'linked-order/': [
      ...['deps.ts', 'order-facts/', 'statement/', 'withdrawal-function/', 'withdrawal/', 'voluntary-return/'],
      ...['complaint/', 'exchange/', 'goods-back/', 'loss/', 'cases/'],
    ],
    'mails/': [
      ...['deps.ts', 'order-facts/', 'statement/', 'voluntary-return/', 'complaint/', 'loss/', 'agreement/'],
      'goods-back/',
      'payout/',
      'override/',
      'exchange/',
    ],
    'agreement/': ['deps.ts', 'database.ts', 'order-facts/'],
    'exchange/': ['deps.ts', 'database.ts', 'order-facts/', 'withdrawal/', 'voluntary-return/', 'cases/'],
    'override/': [
      ...['deps.ts', 'database.ts', 'order-facts/', 'withdrawal/', 'voluntary-return/', 'complaint/', 'cases/'],
    ],
    'payout/': ['deps.ts', 'database.ts', 'order-facts/', 'cases/'],
    'complaint/': ['deps.ts', 'database.ts', 'order-facts/', 'refund/', 'cases/'],
    'loss/': ['deps.ts', 'database.ts', 'order-facts/', 'withdrawal/', 'complaint/', 'refund/', 'cases/'],
    'statement/': ['deps.ts', 'database.ts', 'order-facts/', 'withdrawal/', 'cases/', 'alarms/'],
    'voluntary-return/': ['deps.ts', 'database.ts', 'order-facts/', 'refund/', 'cases/'],
    'cases/': ['deps.ts', 'database.ts', 'order-facts/', 'alarms/'],
    'withdrawal/': ['deps.ts', 'database.ts', 'order-facts/', 'refund/', 'complaint/', 'alarms/'],
    'order-facts/': ['deps.ts', 'database.ts'],
    'erasure/': ['deps.ts', 'database.ts', 'personal-data.ts', 'order-facts/'],
    'refund/': [],
  },
  'services/privacy': {
    'main.ts': ['service.ts', 'config.ts'],
    'service.ts': [
      ...['app.ts', 'config.ts', 'database.ts', 'deps.ts', 'subjects/', 'retention/', 'erasure/', 'requests/'],
      'registers/',
      'consent/',
      'exports/',
      'notices/',
    ],
    'app.ts': [
      ...['deps.ts', 'policies/', 'subjects/', 'retention/', 'erasure/', 'requests/', 'registers/', 'consent/'],
      'exports/',
      'notices/',
    ],
    'config.ts': ['consent/'],
    'deps.ts': ['database.ts', 'subjects/', 'consent/', 'exports/'],
    'database.ts': [
      'subjects/',
      'retention/',
      'erasure/',
      'requests/',
      'registers/',
      'consent/',
      'exports/',
      'notices/',
    ],
    'consent/': ['deps.ts', 'database.ts', 'config.ts', 'policies/', 'subjects/'],
    'policies/': [],
    'subjects/': ['deps.ts', 'database.ts', 'policies/'],
    'exports/': ['deps.ts', 'database.ts', 'config.ts', 'subjects/', 'consent/'],
    'erasure/': ['deps.ts', 'database.ts', 'policies/', 'subjects/', 'exports/'],
    'retention/': ['deps.ts', 'database.ts', 'policies/', 'subjects/', 'erasure/'],
    'requests/': [
      ...['deps.ts', 'database.ts', 'config.ts', 'policies/', 'subjects/', 'erasure/', 'retention/', 'consent/'],
      'exports/',
    ],
    'notices/': ['deps.ts', 'database.ts', 'subjects/', 'consent/', 'requests/'],
    'registers/': ['deps.ts', 'database.ts', 'policies/', 'requests/', 'subjects/'],
  },
  'services/console': {
    'main.ts': ['service.ts', 'config.ts'],
    'service.ts': ['app.ts', 'config.ts', 'database.ts', 'pages/', 'sign-in/', 'oversight/'],
    'app.ts': [
      ...['deps.ts', 'pages/', 'sign-in/', 'desk/', 'oversight/', 'privacy/', 'warehouse/', 'customer/', 'shop/'],
      'studio/',
    ],
    'deps.ts': ['database.ts', 'config.ts'],
    'pages/': ['deps.ts', 'database.ts'],
    'sign-in/': ['deps.ts', 'database.ts', 'config.ts', 'pages/'],
    'desk/': ['deps.ts', 'pages/'],
    'oversight/': ['deps.ts', 'database.ts', 'pages/'],
    'privacy/': ['deps.ts', 'pages/'],
    'warehouse/': ['pages/'],
    'customer/': ['deps.ts', 'pages/', 'sign-in/'],
    'studio/': ['pages/'],
    'shop/': ['deps.ts', 'config.ts', 'pages/', 'sign-in/'],
  },
  'libs/messaging': {
    'batcher.ts': ['progress.ts'],
    'outbox/': [
      'wire/',
      'tables.ts',
      'gather.ts',
      'partition.ts',
      'outage-log.ts',
      'fail-point.ts',
      'progress.ts',
      'database-loss.ts',
      'retention.ts',
      'bell.ts',
    ],
    'inbox/': [
      ...[
        'gather.ts',
        'wire/',
        'tables.ts',
        'partition.ts',
        'outage-log.ts',
        'fail-point.ts',
        'batcher.ts',
        'progress.ts',
        'bell.ts',
      ],
    ],
    'wire/': ['partition.ts', 'outage-log.ts', 'retention.ts'],
  },
  'libs/terms': {
    'calendar.ts': ['holidays/'],
    'statute/': ['ruling/', 'calendar.ts', 'holidays/'],
    'rules/': ['editions/', 'statute/', 'ruling/', 'amounts/', 'calendar.ts', 'holidays/'],
    'sellers/': ['editions/', 'rules/', 'privacy/', 'statute/', 'ruling/', 'amounts/', 'calendar.ts'],
    'editions/': ['sellers/', 'rules/', 'statute/', 'ruling/', 'amounts/', 'calendar.ts'],
    'order/': ['editions/', 'statute/', 'ruling/', 'amounts/', 'calendar.ts'],
    'privacy/': ['statute/', 'ruling/', 'calendar.ts'],
    'cases/': [
      'order/',
      'editions/',
      'rules/',
      'sellers/',
      'privacy/',
      'statute/',
      'ruling/',
      'amounts/',
      'calendar.ts',
    ],
  },
  'libs/payments': {
    'answer.ts': ['exchange.ts', 'port.ts'],
    'providers.ts': [ANY_FOLDER, 'port.ts', 'exchange.ts'],
    [ANY_FOLDER]: [
      ...['port.ts', 'answer.ts', 'exchange.ts', 'notification.ts', 'rate-limit.ts', 'idempotency-key.ts'],
      'coverage.ts',
    ],
  },
}

/** Imports that the matrix does not have, each as `file → file`. */
export const uninvited = (arrows: Arrow[]) =>
  Object.entries(matrix).flatMap(([folder, rooms]) => {
    const isAny = (room: string) => room.endsWith('/') && !(room in rooms)
    const mayEnter = (here: string, there: string) => {
      const invited = rooms[isAny(here) ? ANY_FOLDER : here] ?? []
      return invited.includes(there) || (isAny(there) && invited.includes(ANY_FOLDER))
    }
    return arrows
      .filter(({ from, to }) => from.startsWith(`${folder}/`) && to.startsWith(`${folder}/`))
      .filter(({ from, to }) => {
        const [here, there] = [roomOf(folder, from), roomOf(folder, to)]
        return here !== there && !mayEnter(here, there)
      })
      .map(({ from, to }) => `${from} → ${to}`)
  })

/** Rooms that the matrix names and nobody built. */
export const absent = (paths: string[]) =>
  Object.entries(matrix).flatMap(([folder, rooms]) => {
    const built = new Set(paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => roomOf(folder, path)))
    return [...new Set([...Object.keys(rooms), ...Object.values(rooms).flat()])]
      .filter((room) => room !== ANY_FOLDER && !built.has(room))
      .map((room) => `${folder}/${room}`)
  })
