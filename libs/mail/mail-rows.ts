import { ERASED } from '@vilkar/contracts/erased.ts'
import { gathering } from '@vilkar/messaging/gather.ts'
import { updateRows } from '@vilkar/server/update-rows.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { MailTables } from './outgoing.ts'

/** All the SQL of `mail` but for `redirect.ts`; what each mail on its way asks is asked for many at once. */

export const insertMail = gathering(async (mails: Transaction<MailTables>, rows: Insertable<MailTables['mail']>[]) => {
  await mails.insertInto('mail').values(rows).execute()
  return []
})

/** A mail as it is to be sent. Throws when there is none. */
export const readMail = gathering(async (mails: Kysely<MailTables>, ids: string[]) => {
  const rows = await mails
    .selectFrom('mail')
    .select(['id', 'about_id', 'kind', 'recipient', 'status', 'message', 'detail', 'cuts'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = byId.get(id)
    if (row === undefined) throw new Error(`There is no mail ${id}.`)
    return row
  })
})

/** So many bytes of a mail hold its header, and so its subject; it ends with an empty line, before which `END` stands. */
const HEADER = 8_192
const END = sql.lit('\\x0d0a0d0a')
const told = [
  'id',
  'about_id',
  'kind',
  'status',
  'recipient',
  'response',
  'created_at',
  'settled_at',
  'waits_until',
] as const
const begun =
  sql<Buffer | null>`substring(message from 1 for coalesce(nullif(position(${END}::bytea in substring(message from 1 for ${sql.lit(HEADER)})), 0) + 3, ${sql.lit(HEADER)}))`.as(
    'begun',
  )

/** The mails about any of these, the oldest first, behind the one that `after` names; `begun` is its header. */
export const mailsAbout = (
  mails: Kysely<MailTables>,
  { about, after, limit }: { about: string[]; after?: string; limit: number },
) =>
  mails
    .selectFrom('mail')
    .select([...told, begun])
    .where('about_id', '=', sql<string>`any(${about}::uuid[])`)
    .$if(after !== undefined, (found) =>
      found.where(
        sql<boolean>`(created_at, id) > (select last.created_at, last.id from mail last where last.id = ${after})`,
      ),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute()

/** A mail as it is listed; undefined when there is none. */
export const findMail = (mails: Kysely<MailTables>, id: string) =>
  mails
    .selectFrom('mail')
    .select([...told, begun])
    .where('id', '=', id)
    .executeTakeFirst()

/** The mails that a transaction wrote, or had go on, with whom they are to and what they say: those that it changed and are to be sent. */
export async function mailsIn(trx: Transaction<never>) {
  const { rows } = await sql<{ kind: string; about_id: string; recipient: string; detail: unknown }>`
    select kind, about_id, recipient, detail from mail
    where status = 'queued' and xmin = pg_current_xact_id()::xid order by created_at, id`.execute(trx)
  return rows.map(({ kind, about_id, recipient, detail }) => ({
    ...{ kind, aboutId: about_id, detail, ...(recipient !== ERASED && { to: recipient }) },
  }))
}

/** Keeps the bytes of mails before they are sent. */
export const keepBytes = gathering(
  async (trx: Transaction<MailTables>, rows: { id: string; message: Buffer; cuts: string | null }[]) => {
    await sql`
      update mail set message = kept.message, cuts = coalesce(kept.cuts, mail.cuts)
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ message }) => message)}::bytea[],
        ${rows.map(({ cuts }) => cuts)}::jsonb[]) kept (id, message, cuts)
      where mail.id = kept.id and mail.id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(trx)
    return []
  },
)

/** Notes what the mail server said. */
export const settle = gathering(
  async (
    trx: Transaction<MailTables>,
    rows: { id: string; status: string; response: string; settled_at: string }[],
  ) => {
    await updateRows(trx as never, 'mail', { status: 'text', response: 'text', settled_at: 'timestamptz' }, rows, 'id')
    return []
  },
)

/** The mails about something that wait and have this in their detail: they get `more` and wait no longer. */
export const takeWaiting = (
  trx: Transaction<MailTables>,
  { aboutId, kind, detail }: { aboutId: string; kind: string; detail: object },
  more: object,
) =>
  trx
    .updateTable('mail')
    .set({ waits_until: null, detail: sql`detail || ${JSON.stringify(more)}::jsonb` })
    .where('about_id', '=', aboutId)
    .where('kind', '=', kind)
    .where('waits_until', 'is not', null)
    .where('message', 'is', null)
    .where(sql<boolean>`detail @> ${JSON.stringify(detail)}::jsonb`)
    .returning('id')
    .execute()

/** The mails that have waited long enough: they wait no longer. */
export const takeWaited = (trx: Transaction<MailTables>, now: Temporal.Instant) =>
  trx
    .updateTable('mail')
    .set({ waits_until: null })
    .where('waits_until', '<=', now.toString())
    .returning('id')
    .execute()
