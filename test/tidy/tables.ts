import { because, type Exceptions } from './exceptions.ts'
import { folderOf, type Source } from './sources.ts'

/** The tables that a folder's migrations make: `[folder, table]`. */
export const tablesMade = (migrations: { path: string; text: string }[]) =>
  migrations.flatMap(({ path, text }) =>
    [...text.matchAll(/^create table (?:if not exists )?(\w+)/gm)].map(
      ([, table]) => [folderOf(path), table!] as const,
    ),
  )

const COMMENT = /^ *(\/\/|\/?\*).*$/gm
const WRITES =
  /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\('(\w+)'|\b(?:insert into|delete from|merge into) (\w+)|\bupdate (\w+)(?= (?:as )?(?:\w+ )?set\b)/g

/** The tables that a file writes, by the folder that made them: `services/orders: alarm`. Unknown words are no tables. */
export function writesOf({ path, text }: Source, made: (readonly [folder: string, table: string])[]) {
  const tables = [...text.replace(COMMENT, '').matchAll(WRITES)].map(
    ([, called, inserted, updated]) => (called ?? inserted ?? updated)!,
  )
  const owners = tables.flatMap((table) => {
    const makers = made.filter(([, name]) => name === table).map(([folder]) => folder)
    const owner =
      makers.find((folder) => folder === folderOf(path)) ?? makers.find((folder) => folder.startsWith('libs/'))
    return owner === undefined ? [] : [`${owner}: ${table}`]
  })
  return [...new Set(owners)]
}

/** Tables that more than one file writes: the table, and every file that does. */
export function sharedTables(sources: Source[], made: (readonly [folder: string, table: string])[]) {
  const writes = sources.flatMap((source) => writesOf(source, made).map((table) => ({ table, path: source.path })))
  return [...Map.groupBy(writes, ({ table }) => table)]
    .filter(([, writers]) => new Set(writers.map(({ path }) => path)).size > 1)
    .flatMap(([table, writers]) => writers.map(({ path }) => `${table} ← ${path}`))
    .sort()
}

const orders = (table: string, ...files: string[]) =>
  files.map((file) => `services/orders: ${table} ← services/orders/${file}`)

export const tableExceptions: Exceptions = {
  ...because('a batch of orders is placed in one statement, which writes all that a placement touches', [
    'libs/mail: mail ← libs/mail/mail-rows.ts',
    'libs/mail: mail ← services/orders/checkout/place-orders.ts',
    ...orders('orders', 'checkout/place-orders.ts', 'order/handle.ts'),
    ...orders('payment_session', 'checkout/place-orders.ts', 'money/session-store.ts'),
    ...orders('product', 'checkout/product-store.ts', 'checkout/place-orders.ts'),
    ...orders('quote', 'checkout/http/quotes.ts', 'checkout/place-orders.ts'),
  ]),
  ...because('goods that orders set free, and changes of stock, are moved in one place', [
    ...orders('product', 'stock/stock.ts'),
  ]),
  ...because('what waits goes to a corrected address', ['libs/mail: mail ← libs/mail/redirect.ts']),
  ...because('the mail server says what became of a mail', [
    'libs/mail: mail ← services/orders/order/http/mail-events.ts',
  ]),
  ...because('what has had its time is trimmed by statements of their own, which nobody else needs', [
    'libs/messaging: inbox ← libs/messaging/inbox/store.ts',
    'libs/messaging: inbox ← libs/messaging/inbox/trim.ts',
    ...orders('quote', 'checkout/trim.ts'),
    ...orders('idempotency', 'checkout/place-orders.ts', 'checkout/trim.ts'),
    ...orders('payment_session', 'money/trim.ts'),
    ...orders('reconciliation_finding', 'money/jobs/reconcile-day.ts', 'money/trim.ts'),
  ]),
  ...because('an erasure blanks what waits too', ['libs/messaging: inbox ← libs/personal-data/erase.ts']),
  ...because('services insert into the outbox and the relay alone numbers what is in it', [
    'libs/messaging: outbox ← libs/messaging/outbox/outbox.ts',
    'libs/messaging: outbox ← libs/messaging/outbox/relay-store.ts',
  ]),
}
