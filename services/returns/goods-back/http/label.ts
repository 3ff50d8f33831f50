import { Id } from '@vilkar/contracts/event.ts'
import { LabelReason } from '@vilkar/contracts/returns-goods-back.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Static, Type } from 'typebox'
import { readCase } from '../../cases/list.ts'
import type { Deps } from '../../deps.ts'
import { visibleTo } from '../../order-facts/http/visible-to.ts'
import { readOrder } from '../../order-facts/store.ts'
import { askForLabel } from '../label.ts'
import { LABEL_LINK, labelAddress } from '../label-link.ts'
import { labelPdf } from '../label-pdf.ts'
import { type LabelRow, readLabel } from '../label-store.ts'

const params = Type.Object({ id: Id })
const tags = ['return labels']
const PDF = 'application/pdf'
export const LabelView = Type.Object(
  {
    id: Id,
    status: Type.Union([Type.Literal('requested'), Type.Literal('issued')]),
    requestedAt: Type.String(),
    carrier: Type.Optional(Type.String()),
    trackingNumber: Type.Optional(Type.String()),
    code: Type.Optional(Type.String({ description: 'What is shown where the parcel is handed in.' })),
    validUntil: Type.Optional(Type.String()),
    url: Type.Optional(Type.String({ description: 'The label as PDF, for whoever has this address.' })),
  },
  { title: 'LabelOfCase' },
)
const Bytes = {
  description: 'The label.',
  content: { [PDF]: { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
}

const schema = { tags, params, response: { 200: LabelView, ...problems(400, 401, 403, 404, 409) } }

/** Labels of goods that go back at the seller's cost: asked for, read, and printed. */
export function label(server: Server, deps: Deps) {
  server.put(
    '/returns/:id/label',
    {
      config: { access: 'returns:write' },
      schema: {
        ...schema,
        operationId: 'askForReturnLabel',
        summary: 'Have a carrier take goods back at the seller’s cost',
        description:
          'Of a complaint whose goods are to come back, and of a withdrawal whose way back the seller pays for: because the customer was not told before that it is theirs (angrerettloven § 25), or because something is wrong with the goods (forbrukerkjøpsloven § 30). Otherwise 409 `return-cost-customers` with what that rests on. The label comes by mail once a carrier has given it; its first scan is proof of sending. Asked for twice it is one label.',
      },
    },
    async ({ params: { id }, caller }) => {
      await findOrderOf(deps, caller, id)
      const refusal = await transact(deps, (trx) => askForLabel(trx, deps, id))
      if (refusal) throw refusalError(refusal)
      return viewOf(deps, (await readLabel(deps.db, id))!)
    },
  )
  replace(server, deps)
  server.get(
    '/returns/:id/label',
    {
      config: { access: 'returns:read' },
      schema: { ...schema, operationId: 'readReturnLabel', summary: 'The label of a case' },
    },
    async ({ params: { id }, caller }) => {
      await findOrderOf(deps, caller, id)
      return viewOf(deps, (await readLabel(deps.db, id)) ?? unknown())
    },
  )
  server.get(
    '/return-labels',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'showReturnLabel',
        summary: 'A return label as PDF, by its signed link',
        description: 'What the mail about it leads to.',
        tags,
        querystring: Type.Object(
          { link: Type.String({ minLength: 1, maxLength: 1_000 }) },
          { additionalProperties: false },
        ),
        response: { 200: Bytes, ...problems(400, 404) },
      },
    },
    async ({ query: { link } }, reply) => {
      const { subject } = await deps.links.read(link, LABEL_LINK)
      const row = (await readLabel(deps.db, subject)) ?? unknown()
      if (row.issued_at === null) unknown()
      const { facts } = (await readOrder(deps.pool, row.order_id))!
      const { filename, content } = await labelPdf(row, facts)
      return reply
        .header('content-disposition', `inline; filename="${filename}"`)
        .type(PDF)
        .send(content as Buffer)
    },
  )
}

function replace(server: Server, deps: Deps) {
  server.put(
    '/returns/:id/label/replacement',
    {
      config: { access: 'returns:write' },
      schema: {
        ...schema,
        operationId: 'replaceReturnLabel',
        summary: 'Another label instead of the one that a case has',
        description:
          'Only instead of the label that is named, and for a reason: several who ask for the same get the same new one, and who names a label that was replaced already gets the one that there is. What was sent with the old one still counts.',
        body: Type.Object(
          { labelId: Type.String({ ...Id, description: 'The label that is to be replaced.' }), reason: LabelReason },
          { additionalProperties: false, title: 'LabelReplacement' },
        ),
      },
    },
    async ({ params: { id }, body, caller }) => {
      await findOrderOf(deps, caller, id)
      const refusal = await transact(deps, (trx) => askForLabel(trx, deps, id, body))
      if (refusal) throw refusalError(refusal)
      return viewOf(deps, (await readLabel(deps.db, id)) ?? unknown())
    },
  )
}

async function findOrderOf({ db, pool }: Deps, caller: Caller, id: string) {
  const found = await readCase(db, id)
  if (found === undefined) throw httpError(404, 'case-unknown', 'There is no such case.')
  return visibleTo(caller, await readOrder(pool, found.order_id))
}

const unknown = (): never => {
  throw httpError(404, 'return-label-unknown', 'There is no such label, or no carrier has given it yet.')
}

/** A label as callers see it. */
export async function viewOf(deps: Deps, row: LabelRow): Promise<Static<typeof LabelView>> {
  const moment = (at: string | null) => (at === null ? undefined : Temporal.Instant.from(at).toString())
  const { case_id: caseId, id, carrier, tracking_number, code } = row
  const validUntil = moment(row.valid_until)
  return {
    ...{ id, status: row.issued_at === null ? 'requested' : 'issued', requestedAt: moment(row.requested_at)! },
    ...{
      carrier: carrier ?? undefined,
      trackingNumber: tracking_number ?? undefined,
      code: code ?? undefined,
      validUntil,
    },
    url: row.issued_at === null ? undefined : await labelAddress(deps, { caseId, validUntil }),
  }
}
