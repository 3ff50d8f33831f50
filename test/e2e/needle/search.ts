import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pools } from '@vilkar/chaos/agreement.ts'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { storedMessages } from '@vilkar/messaging/test/stored-messages.ts'
import { foundIn } from './spellings.ts'

/** Where a needle stands, and what stands around it. */
export type Found = { place: string; text: string }

const TABLES = `
  select quote_ident(nspname) || '.' || quote_ident(relname) as name,
    case nspname when 'public' then '' else nspname || '.' end || relname as table
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where relkind in ('r', 'p', 'm') and not relispartition and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`

/** Every value of every table: of JSON each text by its path. */
export async function searchDatabase(pool: Pools[ServiceName], spellings: readonly string[]): Promise<Found[]> {
  const found: Found[] = []
  const { rows: tables } = await pool.query<{ name: string; table: string }>(TABLES)
  for (const { name, table } of tables) {
    const { rows } = await pool.query<Record<string, unknown>>(`select * from ${name}`)
    for (const row of rows)
      for (const [column, value] of Object.entries(row))
        found.push(...searchValue(`${table}.${column}`, value, spellings))
  }
  return found
}

function searchValue(place: string, value: unknown, spellings: readonly string[]): Found[] {
  if (value === null || value === undefined) return []
  if (typeof value === 'object' && !Buffer.isBuffer(value))
    return Object.entries(value).flatMap(([name, inner]) => [
      ...searchValue(Array.isArray(value) ? place : `${place}->${name}`, inner, spellings),
      ...searchText(`${place}: a key`, name, spellings),
    ])
  return searchText(place, Buffer.isBuffer(value) ? value : String(value), spellings)
}

/** Short texts in which none was found: many values stand in many rows. */
const clean = new Map<readonly string[], Set<string>>()
const SHORT = 500

function searchText(place: string, content: string | Buffer, spellings: readonly string[]): Found[] {
  const known = clean.getOrInsertComputed(spellings, () => new Set())
  if (typeof content === 'string' && known.has(content)) return []
  const text = foundIn(content, spellings)
  if (text !== undefined) return [{ place, text }]
  if (typeof content === 'string' && content.length < SHORT) known.add(content)
  return []
}

/** Every message of the streams of these services, from the first on. */
export async function searchStreams(
  services: ServiceName[],
  url: (user: string) => string,
  spellings: readonly string[],
) {
  const found: Found[] = []
  for (const service of services)
    for (const text of await storedMessages(service, url(service)))
      found.push(...searchText(`stream ${service}`, text, spellings))
  return found
}

/** Every file below a folder. What goes meanwhile has nothing in it; where a folder does, all is listed anew. */
export async function searchFiles(folder: string, spellings: readonly string[]): Promise<Found[]> {
  const list = () => readdir(folder, { recursive: true, withFileTypes: true })
  const entries = await list().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return list()
  })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const found = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0))
      return searchText(`file ${file.slice(folder.length)}`, bytes, spellings)
    }),
  )
  return found.flat()
}

export const searchLines = (place: string, text: string, spellings: readonly string[]) =>
  text.split('\n').flatMap((line) => searchText(place, line, spellings))
