import { Id, Instant } from '@vilkar/contracts/event.ts'
import { type Kysely, sql } from 'kysely'
import { Type } from 'typebox'
import { JOB } from './outgoing.ts'

export const MAX_LISTED = 200

/** A mail that no mail server took within an hour. */
export const UnsentMail = Type.Object(
  {
    mailId: Id,
    aboutId: Type.String({ ...Id, description: 'The order or the case that it is about.' }),
    kind: Type.String({ description: 'Which mail it is.' }),
    createdAt: Type.String({ ...Instant, description: 'When it was to be sent.' }),
    tries: Type.Integer({ minimum: 0, description: 'How often it was tried in vain, as far as is known still.' }),
    error: Type.Optional(Type.String({ description: 'What the last try failed with; it may quote personal data.' })),
  },
  { title: 'UnsentMail' },
)
type Row = {
  id: string
  about_id: string
  kind: string
  created_at: string
  tries: number | null
  error: string | null
  count: number
}

/** By the index of mails that are queued, `mail_queued`; jobs are looked through once, of however many mails they are. */
export async function readUnsent(db: Kysely<never>, now: Temporal.Instant, limit = MAX_LISTED): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with unsent as materialized (
      select id, about_id, kind, created_at from mail
      where status = 'queued' and waits_until is null
        and created_at < ${now.toString()}::timestamptz - interval '1 hour'
      order by created_at, id limit ${MAX_LISTED}
    ), shown as (select id, about_id, kind, created_at from unsent order by created_at, id limit ${limit}), trying as (
      select distinct on (data ->> 'mailId') data ->> 'mailId' as mail_id, retry_count as tries, output ->> 'message' as error
      from jobs.job where name = ${JOB} and state < 'completed' and data ->> 'mailId' in (select id::text from shown)
    )
    select id, about_id, kind, created_at, tries, error, (select count(*) from unsent)::int as count
    from shown left join trying on mail_id = id::text order by created_at, id`.execute(db)
  return rows
}

/** It as staff see it. */
export const viewOf = ({ id, about_id, kind, created_at, tries, error }: Row) => ({
  ...{ mailId: id, aboutId: about_id, kind, createdAt: Temporal.Instant.from(created_at).toString() },
  ...{ tries: tries ?? 0, ...(error !== null && { error }) },
})
