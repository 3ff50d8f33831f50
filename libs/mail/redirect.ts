import { gathering } from '@vilkar/messaging/gather.ts'
import { sql, type Transaction } from 'kysely'
import type { MailTables } from './outgoing.ts'

/**
 * What is still to be sent to somebody goes to another address, and what waits goes there once it would have gone; `instead` names
 * the kind that is written anew, of which what is to be sent is not sent at all. What is being sent at this very moment is not
 * called back.
 */
export async function redirectMails<Tables extends MailTables>(
  trx: Transaction<Tables>,
  { aboutIds, recipient, instead = '', at }: { aboutIds: string[]; recipient: string; instead?: string; at: string },
) {
  const mails = trx as unknown as Transaction<MailTables>
  const waiting = () => mails.updateTable('mail').where('about_id', 'in', aboutIds).where('status', '=', 'queued')
  await waiting().set({ recipient, message: null, cuts: null }).where('kind', '!=', instead).execute()
  const response = 'Not sent: the address was corrected first.'
  await waiting().set({ status: 'rejected', response, settled_at: at }).where('kind', '=', instead).execute()
}

/** The kinds of mails about something that mail servers took for this address. */
export async function mailsTaken<Tables extends MailTables>(
  trx: Transaction<Tables>,
  { aboutId, recipient }: { aboutId: string; recipient: string },
): Promise<string[]> {
  const mails = trx as unknown as Transaction<MailTables>
  const taken = await mails
    .selectFrom('mail')
    .select('kind')
    .where('about_id', '=', aboutId)
    .where('recipient', '=', recipient)
    .where('status', '=', 'accepted')
    .orderBy('created_at')
    .execute()
  return taken.map(({ kind }) => kind)
}

/** Whether nothing of the kind was written about it since: what becomes of an older mail changes nothing. */
export async function isNewest<Tables extends MailTables>(
  trx: Transaction<Tables>,
  { mailId, aboutId, kind }: { mailId: string; aboutId: string; kind: string },
) {
  return (await newestOf(trx as unknown as Transaction<MailTables>, { aboutId, kind })) === mailId
}

const newestOf = gathering(async (mails: Transaction<MailTables>, asked: { aboutId: string; kind: string }[]) => {
  const newest = await mails
    .selectFrom('mail')
    .distinctOn(['about_id', 'kind'])
    .select(['about_id', 'kind', 'id'])
    .where('about_id', '=', sql<string>`any(${asked.map(({ aboutId }) => aboutId)}::uuid[])`)
    .where('kind', '=', sql<string>`any(${asked.map(({ kind }) => kind)}::text[])`)
    .orderBy('about_id')
    .orderBy('kind')
    .orderBy('created_at', 'desc')
    .execute()
  return asked.map(({ aboutId, kind }) => newest.find((row) => row.about_id === aboutId && row.kind === kind)?.id)
})
