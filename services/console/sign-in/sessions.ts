import type { Gauge } from '@vilkar/metrics/gauge.ts'
import { startWatcher } from '@vilkar/server/watcher.ts'
import type { Session } from 'fastify'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { digest, open, seal } from './seal.ts'

const SWEEP_EVERY_MS = 60_000
const ROWS_AT_ONCE = 1_000
/** How long somebody has at the issuer's before the way back is closed. */
const ON_THE_WAY = 'PT15M'
/** How long a form that nobody signs in for may lie open: an hour longer than what the returns service signs of it. */
const FILLED_IN = 'PT2H'

/** A session as `@fastify/session` hands it over, with what is ours in it. */
type Kept = Session & { person?: { subject: string }; onTheWay?: unknown }
type Told<Result> = (error: unknown, result?: Result) => void

/**
 * Keeps sessions as rows. What the cookie holds is kept as a hash, what the session holds is sealed, and a row that expired, was
 * deleted or cannot be opened is no session: whoever comes with it signs in again.
 */
export function createSessionStore({ db, config }: Pick<Deps, 'db' | 'config'>) {
  const secrets = config.SESSION_SECRETS.split(',').map((secret) => secret.trim())
  const lasts = Temporal.Duration.from(config.SESSION_LASTS).total('seconds')
  const onTheWay = Temporal.Duration.from(ON_THE_WAY).total('seconds')
  const filledIn = Temporal.Duration.from(FILLED_IN).total('seconds')

  async function set(id: string, session: Kept) {
    const subject = session.person?.subject ?? null
    const seconds = subject !== null ? lasts : session.onTheWay ? onTheWay : filledIn
    const sealed = await seal(JSON.stringify(session), secrets[0]!)
    // A session does not live longer for being used: it ends when it was to end when it began.
    await sql`
      insert into session (id, subject, sealed, expires_at)
      values (${digest(id)}, ${subject}, ${sealed}, now() + ${seconds} * interval '1 second')
      on conflict (id) do update set subject = excluded.subject, sealed = excluded.sealed`.execute(db)
  }

  async function get(id: string): Promise<Session | null> {
    const row = await db
      .selectFrom('session')
      .select('sealed')
      .where('id', '=', digest(id))
      .where('expires_at', '>', sql<string>`now()`)
      .executeTakeFirst()
    const text = row && (await open(row.sealed, secrets))
    return text === undefined ? null : (JSON.parse(text) as Session)
  }

  const destroy = (id: string) => db.deleteFrom('session').where('id', '=', digest(id)).execute()

  return {
    set: (id: string, session: Session, done: Told<never>) => void set(id, session).then(() => done(null), done),
    get: (id: string, done: Told<Session | null>) => void get(id).then((session) => done(null, session), done),
    destroy: (id: string, done: Told<never>) => void destroy(id).then(() => done(null), done),
  }
}

/** Removes sessions that have expired, for as long as the console runs. */
export const watchSessions = ({ db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>) =>
  startWatcher({
    look: () =>
      sql`
        delete from session where id in (
          select id from session where expires_at < now() order by expires_at limit ${ROWS_AT_ONCE} for update skip locked)`.execute(
        db,
      ),
    log,
    clock,
    complaint: 'sessions that have expired could not be removed',
    everyMs: SWEEP_EVERY_MS,
  })

/** How many are signed in. */
export const sessionGauge: Gauge = {
  figures: [{ column: 'open', name: 'vilkar_sessions_open', help: 'Sessions of people who are signed in.' }],
  find: () => sql`select count(*) as open from session where subject is not null and expires_at > now()`,
}
