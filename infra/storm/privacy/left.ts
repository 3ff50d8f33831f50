import type { ServiceName } from '@vilkar/contracts/event.ts'
import type { Look } from './look.ts'

const SERVICES = ['orders', 'shipping', 'returns', 'privacy'] as const satisfies readonly ServiceName[]
/** Words of a request stay so long after the answer, since somebody may ask back; with the day on which they go. */
const ASKED_BACK_DAYS = 8

/** So much of a row, and of what stands around a finding, is told. */
const SHOWN = 80

/** What the privacy service says that stays of somebody who asked for erasure. */
export type Withheld = { record: string; until?: string; holds: string[]; reasons: unknown[] }
/** Somebody who asked to be erased: whom to look for, what they had bought by then and since, and what they were told. */
export type Erased = {
  name: string
  email: string
  orders: readonly string[]
  ordersSince: readonly string[]
  withheld: readonly Withheld[]
  /** When the last of their requests was answered; left out, one is not. */
  answeredAt?: string
}
/** Where something stands, and the row that it stands in. */
export type Left = { place: string; text: string }

const TABLES = `
  select quote_ident(nspname) || '.' || quote_ident(relname) as name, relname::text as place
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where relkind in ('r', 'p', 'm') and not relispartition and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`

const quoted = (text: string) => text.replaceAll(/[^\w ]/g, (sign) => `\\${sign}`)
/** As a text and as the bytes of one, for PostgreSQL and for us; with another figure behind it, it is somebody else. */
const patternOf = ({ name, email }: Pick<Erased, 'name' | 'email'>) =>
  [name, email]
    .map((each) => `${quoted(each.toLowerCase())}(?![0-9])|${Buffer.from(each).toString('hex')}(?!3[0-9])`)
    .join('|')

/**
 * Rows of any table of any service that name somebody who was erased, by name or address: but for what the privacy service itself says
 * stays of them, why and until when, and for what they bought afterwards. It knows no service's map of personal data. Source: GDPR Art. 17.
 */
export async function personalDataLeft(look: Look, erased: readonly Erased[], now: Temporal.Instant): Promise<Left[]> {
  if (erased.length === 0) return []
  const people = erased.map((person) => ({ person, pattern: new RegExp(patternOf(person)) }))
  const found = await rowsNaming(look, erased.map(patternOf).join('|'))
  return found.flatMap(({ place, text }) => {
    const row = text.toLowerCase()
    const theirs = people.find(({ person, pattern }) => pattern.test(row) && !mayStay(person, { place, text }, now))
    if (theirs === undefined) return []
    const at = row.search(theirs.pattern)
    return [{ place, text: `${text.slice(0, SHOWN)} … ${text.slice(Math.max(0, at - SHOWN), at + SHOWN)}` }]
  })
}

async function rowsNaming(look: Look, pattern: string): Promise<Left[]> {
  const found: Left[] = []
  for (const service of SERVICES) {
    const tables = await look<{ name: string; place: string }>(service, TABLES)
    const each = tables.map(
      ({ name, place }) =>
        `select '${service} ${place}' as place, one::text as text from ${name} one where lower(one::text) ~ $1`,
    )
    found.push(...(await look<Left>(service, each.join(' union all '), [pattern])))
  }
  return found
}

/** Documents stay until their day. What is under way keeps all of its order, and what was bought since is of no request. */
function mayStay({ orders, ordersSince, withheld, answeredAt }: Erased, { place, text }: Left, now: Temporal.Instant) {
  const today = now.toZonedDateTimeISO('Europe/Oslo').toPlainDate().toString()
  const reasoned = withheld.filter(({ reasons }) => reasons.length > 0)
  const documents = reasoned.flatMap(({ record, until = '' }) => (until >= today ? [record] : []))
  const open = [...ordersSince, ...reasoned.flatMap(({ record, holds }) => (holds.length > 0 ? [record] : []))]
  const named = [...orders, ...ordersSince].filter((id) => text.includes(id))
  if (place === 'orders sales_document')
    return named.length > 0 && named.every((id) => documents.includes(id) || open.includes(id))
  if (place === 'privacy request' && isNew(answeredAt, now)) return true
  return open.length > 0 && named.every((id) => open.includes(id))
}

const isNew = (answeredAt: string | undefined, now: Temporal.Instant) =>
  answeredAt === undefined ||
  Temporal.Instant.compare(Temporal.Instant.from(answeredAt).add({ hours: 24 * ASKED_BACK_DAYS }), now) > 0
