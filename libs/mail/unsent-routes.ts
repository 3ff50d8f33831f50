import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import type { Server } from '@vilkar/server/http.ts'
import { hurryJobs } from '@vilkar/server/hurry-jobs.ts'
import type { Jobs } from '@vilkar/server/jobs.ts'
import { problems } from '@vilkar/server/problems.ts'
import { type Kysely, sql } from 'kysely'
import { Type } from 'typebox'
import { JOB } from './outgoing.ts'
import { resumeMails } from './resume-mails.ts'

const MAX_LISTED = 200

const UnsentMail = Type.Object(
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

type Sending = { db: unknown; jobs: Jobs; clock: Clock; wake: () => void }

/** Mails that no mail server has taken within an hour, for which people are called (`mails-unsent`), and how they are tried again. */
export function unsentMailRoutes(server: Server, { db: any, jobs, clock, wake }: Sending) {
  const db = any as Kysely<never>
  server.get(
    '/mails/unsent',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listUnsentMails',
        summary: 'List mails that no mail server has taken within an hour',
        description: `The oldest first, at most ${MAX_LISTED}. They are tried again by themselves, in the end every five minutes.`,
        tags: ['mails'],
        querystring: Type.Object(
          { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_LISTED, default: MAX_LISTED })) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            items: Type.Array(UnsentMail),
            count: Type.Integer({ minimum: 0, description: `How many there are; ${MAX_LISTED} where there are more.` }),
          }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { limit } }) => {
      const rows = await readUnsent(db, clock.now(), limit)
      return { items: rows.map(viewOf), count: rows[0]?.count ?? 0 }
    },
  )

  server.post(
    '/mails/unsent/retry',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'retryUnsentMails',
        summary: 'Try mails again that no mail server has taken',
        description:
          'One of them, or all that are listed, are tried at once and not when their next try comes. Each is sent once, however often this is asked.',
        tags: ['mails'],
        body: Type.Object({ mailId: Type.Optional(Id) }, { additionalProperties: false, title: 'UnsentMailRetry' }),
        response: {
          200: Type.Object(
            { tried: Type.Integer({ minimum: 0, description: 'How many are tried.' }) },
            { title: 'UnsentMailsRetried' },
          ),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ body: { mailId } }) => {
      const listed = (await readUnsent(db, clock.now()))
        .map(({ id }) => id)
        .filter((id) => mailId === undefined || id === mailId)
      await resumeMails({ db: db as never, jobs, clock })
      await hurryJobs(db, JOB, 'mailId', listed)
      wake()
      return { tried: listed.length }
    },
  )
}

/** By the index of mails that are queued, `mail_queued`; jobs are looked through once, of however many mails they are. */
async function readUnsent(db: Kysely<never>, now: Temporal.Instant, limit = MAX_LISTED): Promise<Row[]> {
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

const viewOf = ({ id, about_id, kind, created_at, tries, error }: Row) => ({
  ...{ mailId: id, aboutId: about_id, kind, createdAt: Temporal.Instant.from(created_at).toString() },
  ...{ tries: tries ?? 0, ...(error !== null && { error }) },
})
