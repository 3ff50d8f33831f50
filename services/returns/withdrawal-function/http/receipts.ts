import { Id, Instant } from '@vilkar/contracts/event.ts'
import { LinePart } from '@vilkar/contracts/parts.ts'
import { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { readOrder } from '../../order-facts/store.ts'
import { RECEIPT_LINK } from '../../statement/receipt-address.ts'
import { linesOfStatement } from '../../statement/statement.ts'
import { readStatement } from '../../statement/store.ts'

const ReceiptView = Type.Object(
  {
    id: Id,
    receivedAt: Instant,
    sentAt: Type.Optional(Instant),
    channel: Type.Optional(NoticeChannel),
    orderNumber: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
    words: Type.Optional(Type.String()),
    lines: Type.Optional(Type.Array(LinePart, { description: 'Left out: everything, or what `words` say.' })),
  },
  { title: 'StatementReceipt', description: 'What was said and when it came, as it is kept.' },
)

/**
 * `GET /receipts/{id}`: whether a receipt is genuine, for whoever has it. It shows what was said, and nothing of the order that
 * it may be about: else it would tell whether there is one.
 */
export const receipts = (server: Server, { db, pool, links }: Deps) =>
  server.get(
    '/receipts/:id',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'checkReceipt',
        summary: 'Check the receipt of a withdrawal',
        description: 'The address stands in the receipt, and is signed.',
        tags: ['withdrawal function'],
        params: Type.Object({ id: Id }),
        querystring: Type.Object(
          { link: Type.String({ minLength: 1, maxLength: 1_000 }) },
          { additionalProperties: false },
        ),
        response: { 200: ReceiptView, ...problems(400, 404) },
      },
    },
    async ({ params: { id }, query: { link } }) => {
      const { subject } = await links.read(link, RECEIPT_LINK)
      const statement = subject === id ? await readStatement(db, id) : undefined
      if (statement === undefined) throw httpError(404, 'link-unknown', 'The link is not of this receipt.')
      const { receivedAt, sentAt, channel, personal } = statement
      const known = statement.orderId ? await readOrder(pool, statement.orderId) : undefined
      return {
        ...{ id, receivedAt, sentAt, channel, name: personal.name, words: personal.words },
        ...{ orderNumber: personal.orderNumber ?? known?.facts.number, lines: linesOfStatement(statement) },
      }
    },
  )
