import { Id, Instant } from '@vilkar/contracts/event.ts'
import { LinePart } from '@vilkar/contracts/parts.ts'
import { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { sellerOf, sellers } from '@vilkar/terms/editions/registry.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { readOrder } from '../../order-facts/store.ts'
import { RECEIPT_LINK, receiptAddress } from '../../statement/receipt-address.ts'
import { openReceiptPdf, receiptPdf } from '../../statement/receipt-pdf.ts'
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

const PDF = 'application/pdf'
const Bytes = {
  description: 'The receipt.',
  content: { [PDF]: { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
}
const tags = ['withdrawal function']
const asked = {
  params: Type.Object({ id: Id }),
  querystring: Type.Object({ link: Type.String({ minLength: 1, maxLength: 1_000 }) }, { additionalProperties: false }),
}

/**
 * `GET /receipts/{id}`: whether a receipt is genuine, for whoever has it. It shows what was said, and nothing of the order that
 * it may be about: else it would tell whether there is one.
 */
export function receipts(server: Server, deps: Deps) {
  server.get(
    '/receipts/:id',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'checkReceipt',
        summary: 'Check the receipt of a withdrawal',
        description: 'The address stands in the receipt, and is signed.',
        tags,
        ...asked,
        response: { 200: ReceiptView, ...problems(400, 404) },
      },
    },
    async ({ params: { id }, query: { link } }) => {
      const { statement, order } = await found(deps, id, link)
      const { receivedAt, sentAt, channel, personal } = statement
      return {
        ...{ id, receivedAt, sentAt, channel, name: personal.name, words: personal.words },
        ...{ orderNumber: personal.orderNumber ?? order?.facts.number, lines: linesOfStatement(statement) },
      }
    },
  )
  server.get(
    '/receipts/:id/pdf',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'readReceiptAsPdf',
        summary: 'The receipt of a withdrawal as PDF',
        description:
          'What was said, the day and the time, as a file that can be kept (angrerettloven § 20 a). By the same link as `GET /receipts/{id}`; it names goods only where whoever made the statement was known to know the order.',
        tags,
        ...asked,
        response: { 200: Bytes, ...problems(400, 404) },
      },
    },
    async ({ params: { id }, query: { link } }, reply) => {
      const { statement, order } = await found(deps, id, link)
      const check = await receiptAddress(deps, statement)
      const { filename, content } = order
        ? await receiptPdf(statement, { order, seller: sellerOf(order.facts.terms.edition), check })
        : await openReceiptPdf(statement, { seller: sellers()[0]!, check })
      return reply.header('content-disposition', `inline; filename="${filename}"`).type(PDF).send(content)
    },
  )
}

/** The statement of a receipt, and the order where whoever made it had proved to know that. Throws 404 for another link. */
async function found({ db, pool, links }: Deps, id: string, link: string) {
  const { subject } = await links.read(link, RECEIPT_LINK)
  const statement = subject === id ? await readStatement(db, id) : undefined
  if (statement === undefined) throw httpError(404, 'link-unknown', 'The link is not of this receipt.')
  return { statement, order: statement.orderId ? await readOrder(pool, statement.orderId) : undefined }
}
