import type { Source } from '@vilkar/alarms/sources.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../database.ts'

/** How far a mailbox was read, under this UIDVALIDITY: the last UID, 0 for a mailbox that is new or was made anew. */
export async function readUpTo(db: Kysely<Database>, name: string, uidValidity: string) {
  const row = await db
    .selectFrom('opt_out_mailbox')
    .select(['uid_validity', 'last_uid'])
    .where('name', '=', name)
    .executeTakeFirst()
  return row !== undefined && String(row.uid_validity) === uidValidity ? Number(row.last_uid) : 0
}

export const noteRead = (
  trx: Transaction<Database> | Kysely<Database>,
  { name, uidValidity, uid, at }: { name: string; uidValidity: string; uid: number; at: string },
) =>
  sql`
    insert into opt_out_mailbox (name, uid_validity, last_uid, read_at) values (${name}, ${uidValidity}, ${uid}, ${at})
    on conflict (name) do update set uid_validity = excluded.uid_validity, read_at = excluded.read_at, failing_since = null,
      last_uid = case when opt_out_mailbox.uid_validity = excluded.uid_validity
        then greatest(opt_out_mailbox.last_uid, excluded.last_uid) else excluded.last_uid end`.execute(trx)

export const noteUnreadable = (db: Kysely<Database>, name: string, at: string) =>
  sql`
    insert into opt_out_mailbox (name, uid_validity, last_uid, read_at, failing_since) values (${name}, 0, 0, ${at}, ${at})
    on conflict (name) do update set failing_since = coalesce(opt_out_mailbox.failing_since, excluded.failing_since)`.execute(
    db,
  )

/** A mailbox that could not be read for an hour. */
export const mailboxSource: Source = {
  kind: 'mailbox-unreadable',
  over: 'It is read again.',
  find: (now) => sql`
    select name as about, jsonb_build_object('since', failing_since) as detail from opt_out_mailbox
    where failing_since < ${now}::timestamptz - interval '1 hour' order by name limit 50`,
}
