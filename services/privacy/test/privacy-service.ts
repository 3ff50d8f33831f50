import { fileURLToPath } from 'node:url'
import type { AnyEvent } from '@vilkar/contracts/all-events.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { createLog } from '@vilkar/server/log.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import { verifyTestToken } from '@vilkar/testing/tokens.ts'
import t from 'tap'
import { createApp } from '../app.ts'
import { createConsents } from '../consent/consents.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { Datum, Holders, Picture } from '../exports/holders.ts'
import { reactions } from '../service.ts'
import { createSubjectKey } from '../subjects/subject-key.ts'

/** A token has no blanks and no colons, which `subject scope scope` does. */
const written = (token: string) => token.replaceAll(' ', '~').replaceAll(':', '.')
const verify = (token: string) => verifyTestToken(token.replaceAll('~', ' ').replaceAll('.', ':'))

/** What the service's environment gives it, in tests. */
export const secrets = {
  SUBJECT_SECRET: 'a-secret-of-tests-by-which-people-are-known',
  LINK_SECRETS: 'a-secret-of-tests-that-links-are-signed-with',
  PUBLIC_URL: 'http://127.0.0.1:4008',
  PAGE_REQUESTS_PER_MINUTE: 1_000_000,
  BREVO_WEBHOOK_TOKEN: 'a-token-of-tests-that-webhooks-bring-along',
}

/** The privacy service on a database of the test file's own, at a moment that the test sets; without a broker. */
export async function startPrivacyForTest() {
  const folder = fileURLToPath(new URL('../migrations', import.meta.url))
  const pool = createPool(await freshDatabase(...commonMigrations, folder))
  const db = createDatabase<Database>(pool)
  const clock = { at: '2026-06-15T09:05:00Z', now: () => Temporal.Instant.from(clock.at) }
  const subjectKey = createSubjectKey('a-secret-of-the-tests-and-nobody-else')
  const consent = createConsents(secrets, clock)
  /** What our services hold, by service and order; one that is told to be silent does not answer. */
  const held: Record<string, Datum[] | 'silent'> = {}
  /** Their pictures, by service, order and hash; one that is not named is being erased. */
  const pictures: Record<string, Picture> = {}
  const holders: Holders = {
    ask: async (holder, orderId) => {
      const items = held[`${holder} ${orderId}`] ?? []
      return items === 'silent' ? { silent: 'no answer' } : { items }
    },
    picture: async (holder, orderId, sha256) => pictures[`${holder} ${orderId} ${sha256}`] ?? { gone: 'being-erased' },
    close: async () => {},
  }
  const deps: Deps = { db, clock, log: createLog('privacy', 'silent'), wake: () => {}, subjectKey, consent, holders }
  const app = await createApp({ ...deps, doors: { verifyToken: verify, rateLimitPerMinute: 1_000_000 } })
  t.teardown(async () => {
    await app.close()
    await pool.end()
  })

  /** Asks as a role, as `subject scope scope`, or as nobody. What is no JSON is answered as text. */
  async function call(
    role: string,
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    url: string,
    body?: unknown,
    language?: string,
  ) {
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const wanted = language === undefined ? {} : { 'accept-language': language }
    const authorization = role === 'nobody' ? {} : { authorization: `Bearer ${written(role)}` }
    const response = await app.inject({ method, url, ...payload, headers: { ...authorization, ...type, ...wanted } })
    const isJson = /json/.test(String(response.headers['content-type']))
    const answer = isJson ? JSON.parse(response.body) : response.body
    return { status: response.statusCode, headers: response.headers, body: answer }
  }
  /** Feeds the example of an event, with these changes to what it says. */
  const hear = (name: AnyEvent['type'], changes: object = {}) =>
    db.transaction().execute((trx) => {
      const envelope = example(name)
      return reactWith<Database, Deps>(reactions, deps)(trx, {
        ...envelope,
        data: { ...envelope.data, ...changes },
      } as never)
    })
  return { app, db, pool, clock, deps, call, hear, held, pictures }
}
