import { ERASED } from '@vilkar/contracts/erased.ts'
import { Id } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { reasonsIn } from '@vilkar/contracts/reasons-in.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { type Kysely, sql } from 'kysely'
import { type Static, Type } from 'typebox'
import type { MailTables } from './outgoing.ts'
import { readableMail } from './readable-mail.ts'
import { readUnsent, UnsentMail, viewOf } from './unsent.ts'

/** What each says is read of so many; of more, that they are tried. */
const MAX_READ = 20

const MailForeseen = Type.Object(
  {
    ...UnsentMail.properties,
    to: Type.Optional(Type.String({ description: 'Left out once it is erased.' })),
    written: Type.Boolean({ description: 'Its bytes are kept, and the same are sent again.' }),
    subject: Type.Optional(Type.String({ description: 'Left out as long as it is unwritten.' })),
    reasons: Type.Unsafe<Static<typeof Reasons>>({ ...Reasons, description: 'What it tells that it rests on.' }),
  },
  { title: 'MailForeseen' },
)

/** `POST /mails/unsent/retry/preview`: which mails would go to whom, with none sent. */
export function unsentPreviewRoute(server: Server, { db: any, clock }: { db: unknown; clock: Clock }) {
  const db = any as Kysely<MailTables>
  server.post(
    '/mails/unsent/retry/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewUnsentMailsRetry',
        summary: 'See which mails would go to whom if they were tried again',
        description: `Nothing is sent and none is tried. What at most ${MAX_READ} of them say is answered, the oldest first.`,
        tags: ['mails'],
        body: Type.Object(
          { mailId: Type.Optional(Id) },
          { additionalProperties: false, title: 'UnsentMailRetryPreview' },
        ),
        response: {
          200: Type.Object(
            {
              count: Type.Integer({ minimum: 0, description: 'How many would be tried.' }),
              items: Type.Array(MailForeseen),
            },
            { title: 'UnsentMailsForeseen' },
          ),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ body: { mailId } }) => {
      const listed = (await readUnsent(db as never, clock.now())).filter(
        ({ id }) => mailId === undefined || id === mailId,
      )
      const first = listed.slice(0, MAX_READ)
      const contents = await readContents(
        db,
        first.map(({ id }) => id),
      )
      const items = await Promise.all(
        first.map(async (row) => ({ ...viewOf(row), ...(await saidIn(contents.get(row.id))) })),
      )
      return { count: listed.length, items }
    },
  )
}

const readContents = async (db: Kysely<MailTables>, ids: string[]) =>
  new Map(
    (
      await db
        .selectFrom('mail')
        .select(['id', 'recipient', 'message', 'detail'])
        .where('id', '=', sql<string>`any(${ids}::uuid[])`)
        .execute()
    ).map((row) => [row.id, row]),
  )

type Content = { recipient: string; message: Uint8Array | null; detail: unknown }
async function saidIn(content: Content | undefined) {
  if (content === undefined) return { written: false, reasons: [] }
  const { recipient, message, detail } = content
  return {
    ...(recipient !== ERASED && { to: recipient }),
    ...{ written: message !== null, reasons: reasonsIn(detail) },
    ...(message !== null && { subject: (await readableMail(message)).subject }),
  }
}
