import { ERASED } from '@vilkar/contracts/erased.ts'
import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import type { Kysely } from 'kysely'
import { type Static, Type } from 'typebox'
import { findMail, mailsAbout } from './mail-rows.ts'
import { type MailTables, sentBytes } from './outgoing.ts'
import { type MailFile, openMail, readableMail } from './readable-mail.ts'

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 100
const MAX_ATTACHMENTS = 100
const strict = { additionalProperties: false }
const params = Type.Object({ id: Id })

const Listed = {
  id: Id,
  about: Type.String({ ...Id, description: 'The order, or the case or statement of it.' }),
  kind: Type.String({ examples: ['confirmation'] }),
  at: Type.String({ ...Instant, description: 'When what it tells happened, and it was asked for.' }),
  to: Type.Optional(Type.String({ description: 'Left out once it is erased.' })),
  subject: Type.Optional(Type.String({ description: 'Left out as long as it is unwritten, and once it is erased.' })),
  status: Type.Enum(['queued', 'accepted', 'rejected', 'bounced'], {
    description:
      'accepted: the mail server took it; rejected: it refused it, or it was not to be sent any more; bounced: it came back.',
  }),
  settledAt: Type.Optional(Type.String({ ...Instant, description: 'When that was known.' })),
  response: Type.Optional(Type.String({ description: 'What the mail server said, or why nothing was sent.' })),
  waitsUntil: Type.Optional(
    Type.String({ ...Instant, description: 'It waits for what belongs in it, at the longest until then.' }),
  ),
  content: Type.Enum(['kept', 'unwritten', 'erased'], {
    description:
      'Whether its bytes are kept. unwritten: nothing was made of it yet, or ever; erased: with the personal data of the order, or with its cases.',
  }),
}
const MailItem = Type.Object(Listed, { title: 'Mail' })
const MailView = Type.Object(
  {
    ...Listed,
    sentAt: Type.Optional(Type.String({ ...Instant, description: 'The moment in its header.' })),
    text: Type.Optional(Type.String({ description: 'Word for word. Left out unless the bytes are kept.' })),
    attachments: Type.Array(
      Type.Object({
        number: Type.Integer({ description: 'Names it in its address.' }),
        filename: Type.String(),
        contentType: Type.String({ examples: ['application/pdf'] }),
        bytes: Type.Integer(),
      }),
    ),
  },
  { title: 'MailAsSent' },
)

/** What the doors work with: `idsOf` names all that mails of an order may be about. */
type MailDeps<Tables extends MailTables> = {
  db: Kysely<Tables>
  idsOf: (db: Kysely<Tables>, orderIds: string[]) => Promise<{ about: string[] }>
}

/** The mails of a service as they went out, for staff: those about an order, each word for word, and what was attached to it. */
export function mailRoutes<Tables extends MailTables>(server: Server, deps: MailDeps<Tables>) {
  list(server, deps)
  read(server, deps)
  attached(server, deps)
}

function list<Tables extends MailTables>(server: Server, { db, idsOf }: MailDeps<Tables>) {
  server.get(
    '/orders/:id/mails',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listMails',
        summary: 'The mails about an order and its cases, the oldest first',
        description: 'Sent, still to be sent, or not sent. Of an order that is not known there are none.',
        tags: ['mail'],
        params,
        querystring: Type.Object(
          {
            after: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          strict,
        ),
        response: {
          200: Type.Object({ items: Type.Array(MailItem), next: Type.Optional(Type.String()) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ params: { id }, query: { after, limit = PAGE_SIZE } }) => {
      const { about } = await idsOf(db, [id])
      const rows = await mailsAbout(db as never, { about, after, limit: limit + 1 })
      const items = await Promise.all(rows.slice(0, limit).map(itemOf))
      return { items, next: rows.length > limit ? items.at(-1)!.id : undefined }
    },
  )
}

function read<Tables extends MailTables>(server: Server, { db }: MailDeps<Tables>) {
  server.get(
    '/mails/:id',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'readMail',
        summary: 'A mail, word for word as it was sent',
        tags: ['mail'],
        params,
        response: { 200: MailView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const row = (await findMail(db as never, id)) ?? unknown()
      const bytes = await sentBytes(db, id)
      if (bytes === undefined) return { ...(await itemOf(row)), attachments: [] }
      const { sentAt, text, attachments } = await openMail(bytes)
      return { ...(await itemOf(row)), sentAt, text, attachments: attachments.map(fileOf) }
    },
  )
}

function attached<Tables extends MailTables>(server: Server, { db }: MailDeps<Tables>) {
  server.get(
    '/mails/:id/attachments/:number',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'readMailAttachment',
        summary: 'What was attached to a mail, as it was sent',
        description: 'A file of the type that the mail names, whichever that is.',
        tags: ['mail'],
        params: Type.Object({ id: Id, number: Type.Integer({ minimum: 1, maximum: MAX_ATTACHMENTS }) }),
        response: { 200: Bytes, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id, number } }, reply) => {
      const bytes = await sentBytes(db, id)
      const file = bytes && (await openMail(bytes)).attachments[number - 1]
      if (file === undefined) return unknown()
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`)
      return reply.type(file.contentType).send(file.content as never)
    },
  )
}

const Bytes = {
  description: 'The file.',
  content: { '*/*': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
}

const unknown = (): never => {
  throw httpError(404, 'mail-unknown', 'There is no such mail, or nothing was attached to it under this number.')
}

const fileOf = ({ filename, contentType, content }: MailFile, i: number) => ({
  ...{ number: i + 1, filename, contentType, bytes: content.length },
})

type Row = NonNullable<Awaited<ReturnType<typeof findMail>>>
async function itemOf(row: Row): Promise<Static<typeof MailItem>> {
  const { id, about_id: about, kind, status, recipient, begun } = row
  const content = begun !== null ? 'kept' : isErased(row) ? 'erased' : 'unwritten'
  return {
    ...{ id, about, kind, status, content, at: Temporal.Instant.from(row.created_at).toString() },
    ...(recipient !== ERASED && { to: recipient }),
    ...(begun !== null && { subject: (await readableMail(begun)).subject }),
    ...(row.settled_at !== null && { settledAt: Temporal.Instant.from(row.settled_at).toString() }),
    ...(row.response !== null && { response: row.response }),
    ...(row.waits_until !== null && { waitsUntil: Temporal.Instant.from(row.waits_until).toString() }),
  }
}

/** Without bytes, though it was made into some or is to nobody any more. */
const isErased = ({ recipient, status }: Row) => recipient === ERASED || status === 'accepted' || status === 'bounced'
