import type { Kept } from '@vilkar/contracts/privacy.ts'
import { type Kysely, sql } from 'kysely'
import { type Databases, HOLDERS } from './databases.ts'
import type { Entry, Erased, Forgotten, No } from './log.ts'

const instant = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ')`

/**
 * What was erased, by all databases that there are: the log of privacy, and of what it lacks what each service knows to have erased. So
 * the loss of any of them loses nothing that another knows. And who opted out or took a consent back, which privacy alone knows.
 */
export async function collectLog(databases: Databases): Promise<Entry[]> {
  const privacy = databases.of<never>('privacy')
  const told = privacy === undefined ? [] : await erasuresOf(privacy)
  const known = new Set(told.flatMap(({ erasureId, records }) => records.map((record) => `${erasureId} ${record}`)))
  const more = new Map<string, Erased>()
  for (const holder of HOLDERS) {
    const db = databases.of<never>(holder)
    if (db === undefined) continue
    for (const { order_id, erasure_id, keeps, at } of await erasedOrders(db)) {
      if (known.has(`${erasure_id} ${order_id}`)) continue
      const key = `${erasure_id} ${order_id}`
      more.set(key, { erasureId: erasure_id, system: 'shop', records: [order_id], keeps, erasedAt: at })
      known.add(key)
    }
  }
  const ofPrivacy = privacy === undefined ? [] : [...(await forgottenOf(privacy)), ...(await noesOf(privacy))]
  return [...told, ...more.values(), ...ofPrivacy]
}

/** Each erasure with what any of its holders has erased by it. */
async function erasuresOf(db: Kysely<never>): Promise<Erased[]> {
  const { rows } = await sql<Erased>`
    select erasure.id as "erasureId", controller, system, keeps, gone.records,
      to_char(asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MSZ') as "erasedAt"
    from erasure, lateral (
      select array_agg(distinct record order by record) as records
      from erasure_answer answer, unnest(answer.erased) record where answer.erasure_id = erasure.id) gone
    where gone.records is not null order by asked_at, erasure.id`.execute(db)
  return rows.map(({ erasureId, controller, system, records, keeps, erasedAt }) => {
    return { erasureId, controller, system, records, keeps, erasedAt }
  })
}

async function erasedOrders(db: Kysely<never>) {
  const { rows } = await sql<{ order_id: string; erasure_id: string; keeps: Kept[]; at: string }>`
    select order_id, erasure_id, keeps, to_char(erased_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MSZ') as at
    from erased_order order by erased_at, order_id`.execute(db)
  return rows
}

async function forgottenOf(db: Kysely<never>): Promise<Forgotten[]> {
  const { rows } = await sql<Forgotten>`
    select id as "requestId", controller, subjects,
      to_char(answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MSZ') as "answeredAt"
    from request where kind = 'erase' and status = 'answered' order by answered_at, id`.execute(db)
  return rows
}

/** Every no that somebody said, by keyed hashes: a backup from before it would have them written to again. */
async function noesOf(db: Kysely<never>): Promise<No[]> {
  const { rows: optedOut } = await sql<No>`
    select controller, subject, purpose, ${instant('at')} as at, source from suppression order by suppression.at, subject`.execute(
    db,
  )
  const { rows: takenBack } = await sql<No>`
    select id, controller, subject, purpose, ${instant('at')} as at, source, ${instant('recorded_at')} as "recordedAt", by,
      ${instant('kept_until')} as "keptUntil"
    from consent_log where what = 'withdrawn' order by consent_log.at, id`.execute(db)
  return [...optedOut, ...takenBack]
}
