import type { EventSchema } from '@vilkar/contracts/event.ts'
import { type PersonalData, type PersonalDatum, staysBecause } from '@vilkar/contracts/personal-data.ts'
import type pg from 'pg'

/** Holds a service's map of personal data against its database and its events. */

type Column = { table: string; column: string; type: string }

/** Every column of every table but PostgreSQL's own; a partition has those of its parent. Outside `public` with the schema's name. */
async function columnsOf(pool: pg.Pool) {
  const { rows } = await pool.query<Column>(`
    select case nspname when 'public' then '' else nspname || '.' end || relname as table,
      attname as column, format_type(atttypid, null) as type
    from pg_attribute join pg_class on pg_class.oid = attrelid join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p') and not relispartition and attnum > 0 and not attisdropped
      and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    order by 1, attnum`)
  return rows
}

const columnOf = (place: string) => place.split('->')[0]!

/** What is wrong with a map's columns: a sentence for each that it does not judge, judges twice or invents. */
export async function columnFaults(pool: pg.Pool, { columns, otherColumns }: PersonalData) {
  const existing = (await columnsOf(pool)).map(({ table, column }) => `${table}.${column}`)
  const personal = new Set(Object.keys(columns).map(columnOf))
  const others = new Set(
    Object.entries(otherColumns).flatMap(([table, names]) => names.map((name) => `${table}.${name}`)),
  )
  return [
    ...existing
      .filter((column) => !personal.has(column) && !others.has(column))
      .map(
        (column) =>
          `${column} is not judged: name it under columns, or under otherColumns if it holds no personal data.`,
      ),
    ...[...personal, ...others]
      .filter((column) => !existing.includes(column))
      .map((column) => `${column} is named, and the database has no such column.`),
    ...[...personal].filter((column) => others.has(column)).map((column) => `${column} is named in both halves.`),
    ...Object.entries(columns)
      .map(
        ([place, { subject }]) => [place, `${place.split('.').slice(0, -1).join('.')}.${columnOf(subject)}`] as const,
      )
      .filter(([, subject]) => !existing.includes(subject))
      .map(([place, subject]) => `${place} leads to its person by ${subject}, and the database has no such column.`),
  ]
}

type Schema = {
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  const?: unknown
  format?: string
  pattern?: string
}

/** The fields of a schema that are no objects or lists, each with its path: `lines.name`. */
function leavesOf(schema: Schema, path: string): { path: string; schema: Schema }[] {
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, inner]) => leavesOf(inner, `${path}.${name}`))
  if (schema.items) return leavesOf(schema.items, path)
  if (schema.anyOf) return schema.anyOf.flatMap((inner) => leavesOf(inner, path))
  return [{ path, schema }]
}

const mayBeAnyText = ({ type, format, pattern, ...schema }: Schema) =>
  type === 'string' && format === undefined && pattern === undefined && !('const' in schema)
/** Reasons quote terms and law, and are constants of the code. */
const REASONS = /^[\w.]+\.reasons\./

/** What is wrong with a map's event fields: each must be judged that is personal, or a string that may be any text. */
export function eventFaults(events: EventSchema[], { eventFields, otherEventFields }: PersonalData) {
  const all = events.flatMap((event) => leavesOf(event.properties.data as Schema, event.properties.type.const))
  const named = [...Object.keys(eventFields), ...otherEventFields]
  const within = (path: string, whole: string) => path === whole || path.startsWith(`${whole}.`)
  const toJudge = all
    .filter(({ path, schema }) => /^\w+\.personal\./.test(path) || (mayBeAnyText(schema) && !REASONS.test(path)))
    .map(({ path }) => path)
  return [
    ...toJudge
      .filter((path) => !named.some((whole) => within(path, whole)))
      .map((path) => `${path} is not judged: name it under eventFields, or under otherEventFields if it holds none.`),
    ...named
      .filter((whole) => !all.some(({ path }) => within(path, whole)))
      .map((whole) => `${whole} is named, and no event has such a field.`),
    ...Object.entries(eventFields)
      .map(([path, { subject }]) => `${path.split('.')[0]}.${subject}`)
      .filter((subject) => !all.some(({ path }) => path === subject))
      .map((subject) => `${subject} leads to nobody: no event has such a field.`),
    ...otherEventFields
      .filter((path) => /^\w+\.personal\b/.test(path))
      .map((path) => `${path} is personal by its name.`),
  ]
}

/**
 * What machines make of chance or of the clock: ids (RFC 9562), hashes and other long runs of hexadecimal digits, and parts of a second. Four
 * digits of somebody's postal code stand in one of these by accident, once in some hundred runs.
 */
const MADE = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}|:[0-9]{2}[.][0-9]+'
const isMade = (text: string) => new RegExp(MADE, 'i').test(text)

/** Whether a text stands in a value, and not by accident in what is made: that is looked through only for what is made itself. */
const standsIn = (value: string, text: string) =>
  (isMade(text) ? value : value.replaceAll(new RegExp(MADE, 'gi'), ' ')).toLowerCase().includes(text.toLowerCase())

/** Where in the database any of these texts stands: columns, and within JSON the path to it. */
export async function placesOf(pool: pg.Pool, texts: string[]) {
  const places = new Set<string>()
  for (const { table, column, type } of await columnsOf(pool)) {
    const name = table
      .split('.')
      .map((part) => `"${part}"`)
      .join('.')
    const value = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`
    const { rows } = await pool.query<{ value: string }>(
      `select ${value} as value from ${name}
        where exists (select from unnest($1::text[]) text where strpos(lower(${value}), lower(text)) > 0)`,
      [texts],
    )
    for (const row of rows) {
      const whole = `${table}.${column}`
      const found =
        type === 'jsonb'
          ? pathsIn(JSON.parse(row.value), whole, texts)
          : texts.some((text) => standsIn(row.value, text))
            ? [whole]
            : []
      for (const place of found) places.add(place)
    }
  }
  return [...places].sort()
}

function pathsIn(value: unknown, path: string, texts: string[]): string[] {
  if (typeof value === 'string') return texts.some((text) => standsIn(value, text)) ? [path] : []
  if (Array.isArray(value)) return value.flatMap((inner) => pathsIn(inner, path, texts))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, `${path}->${name}`, texts))
}

/** Whether the map says of a place in the database that it holds personal data; of the outbox, in the very fields. */
export function isMapped(place: string, { columns, eventFields }: Pick<PersonalData, 'columns' | 'eventFields'>) {
  const [column, ...path] = place.split('->')
  if (column === 'outbox.data') {
    const field = path.join('.')
    return Object.keys(eventFields).some((named) => `${field}.`.startsWith(`${named.replace(/^\w+\./, '')}.`))
  }
  return Object.keys(columns).some((named) => place === named || place.startsWith(`${named}->`))
}

const those = (places: Record<string, PersonalDatum>, wanted: (datum: PersonalDatum) => boolean) =>
  Object.fromEntries(Object.entries(places).filter(([, datum]) => wanted(datum)))

/** Whether the map says of a place that an erasure leaves what stands there. */
export const isLeft = (place: string, { columns, eventFields }: PersonalData) => {
  const stays = (datum: PersonalDatum) => staysBecause(datum) !== undefined
  return isMapped(place, { columns: those(columns, stays), eventFields: those(eventFields, stays) })
}
