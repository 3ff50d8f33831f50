import type { Clock } from '@vilkar/server/clock.ts'
import type { Jobs } from '@vilkar/server/jobs.ts'
import type { Log } from '@vilkar/server/log.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import { type Kysely, sql } from 'kysely'
import { type MailTables, JOB as SEND_MAIL } from './outgoing.ts'

const LOOK_EVERY_MS = 60_000
const MAX_AT_ONCE = 100
/** Names the lock under which one process at a time looks; any number that nobody else uses. */
const LOCK = 7_461_029

type Sending<Tables> = { db: Kysely<Tables>; jobs: Jobs; clock: Clock; log: Log }

/**
 * Gives mails that no mail server took within an hour, and that have no job any more, another one: the queue forgets a job after two
 * weeks in vain. Answers how many there were. `not in` is looked up in a table of all jobs, however many mails wait.
 */
export const resumeMails = <Tables extends MailTables>({ db, jobs, clock }: Omit<Sending<Tables>, 'log'>) =>
  db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx)
    const { rows } = await sql<{ mailId: string }>`
      select id as "mailId" from mail
      where status = 'queued' and waits_until is null and created_at < ${clock.now().toString()}::timestamptz - interval '1 hour'
        and id::text not in (
          select data ->> 'mailId' from jobs.job
          where name = ${SEND_MAIL} and state < 'completed' and data ->> 'mailId' is not null)
      order by created_at limit ${MAX_AT_ONCE}`.execute(trx)
    await jobs.enqueue(
      trx,
      SEND_MAIL,
      rows.map((data) => ({ data })),
    )
    return rows.length
  })

/** Resumes mails for as long as the service runs. */
export const watchMails = <Tables extends MailTables>(sending: Sending<Tables>) =>
  startWatcher({
    look: () => resumeMails(sending),
    log: sending.log,
    clock: sending.clock,
    complaint: 'mails that wait could not be looked at',
    everyMs: LOOK_EVERY_MS,
  })
