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
