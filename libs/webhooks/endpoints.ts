import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Secret, WebhookDb } from './tables.ts'

/** All the SQL that writes `webhook_endpoint`. */

/** How long a secret still signs after another took its place, and how many of before do at once. */
const OVERLAP_HOURS = 24
const MAX_SECRETS = 5
/** Of events that nobody hears of a service, so many are passed over at a look. */
const MAX_PLANNED = 500

/** 32 random bytes; Standard Webhooks asks for 24 to 64. */
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`

type Told = { id: string; url: string; types: string[] | null; by: string; at: string }
const columns = ['id', 'url', 'types', 'created_at', 'created_by'] as const

/** Those that are told; what is removed is kept for its log. */
export const endpoints = (db: WebhookDb) =>
  db.selectFrom('webhook_endpoint').select(columns).where('removed_at', 'is', null).orderBy('id').execute()

/** Adds an endpoint, which hears what is told from now on, or changes one. Answers the secret of one that is new. */
export async function putEndpoint(db: WebhookDb, { id, url, types, by, at }: Told): Promise<string | undefined> {
  const secret = newSecret()
  const { rows } = await sql<{ added: boolean }>`
    insert into webhook_endpoint (id, url, types, secrets, cursor, created_at, created_by)
    select ${id}, ${url}, ${types}, ${JSON.stringify([{ secret }])}::jsonb, last_no, ${at}, ${by} from relay
    on conflict (id) do update set url = excluded.url, types = excluded.types, removed_at = null
    returning (xmax = 0) as added`.execute(db)
  return rows[0]!.added ? secret : undefined
}

/** Nothing is sent to it any more. Whether it was there. */
export async function removeEndpoint(db: WebhookDb, id: string, at: string) {
  const { numUpdatedRows } = await db
    .updateTable('webhook_endpoint')
    .set({ removed_at: at })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** A new secret, beside which those of before sign for a day, so that receivers can change over. */
export const rotateSecret = (db: WebhookDb, id: string, now: Temporal.Instant) =>
  db.transaction().execute(async (trx) => {
    const found = await trx
      .selectFrom('webhook_endpoint')
      .select('secrets')
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (found === undefined) return undefined
    const secret = newSecret()
    const until = now.add({ hours: OVERLAP_HOURS }).toString()
    const before = signing(found.secrets, now).map((each): Secret => ({ until, ...each }))
    const secrets = [{ secret }, ...before].slice(0, MAX_SECRETS)
    await trx
      .updateTable('webhook_endpoint')
      .set({ secrets: JSON.stringify(secrets) })
      .where('id', '=', id)
      .execute()
    return { secret, until }
  })

/** The secrets that sign at a moment. */
export const signing = (secrets: Secret[], now: Temporal.Instant) =>
  secrets.filter(({ until }) => until === undefined || Temporal.Instant.compare(now, until) < 0)

/** Plans what was told since for every endpoint that hears it. Two that plan at once share the endpoints. */
export async function planDeliveries(db: WebhookDb) {
  await sql`
    with endpoint as (
      select id, types, cursor from webhook_endpoint where removed_at is null
        and cursor < (select last_no from relay) order by id for update skip locked),
    told as (
      select endpoint.id, endpoint.types, event.pub_no, event.event_id, event.type, event.about
      from endpoint cross join lateral (
        select pub_no, event_id, type, coalesce((data ->> 'orderId')::uuid, aggregate_id) as about
        from outbox where pub_no > endpoint.cursor order by pub_no limit ${MAX_PLANNED}) event),
    planned as (
      insert into webhook_delivery (endpoint_id, pub_no, event_id, type, about)
      select id, pub_no, event_id, type, about from told where types is null or type = any(types)
      on conflict do nothing)
    update webhook_endpoint set cursor = furthest.pub_no
    from (select id, max(pub_no) as pub_no from told group by id) furthest
    where webhook_endpoint.id = furthest.id`.execute(db)
}
