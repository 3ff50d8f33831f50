import { Id } from '@vilkar/contracts/event.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import type { Server } from '@vilkar/server/http.ts'
import { hurryJobs } from '@vilkar/server/hurry-jobs.ts'
import type { Jobs } from '@vilkar/server/jobs.ts'
import { problems } from '@vilkar/server/problems.ts'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import { JOB } from './outgoing.ts'
import { resumeMails } from './resume-mails.ts'
import { MAX_LISTED, readUnsent, UnsentMail, viewOf } from './unsent.ts'
import { unsentPreviewRoute } from './unsent-preview.ts'

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
  unsentPreviewRoute(server, { db, clock })
}
