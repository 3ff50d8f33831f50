import { Day } from '@vilkar/contracts/event.ts'
import { ComplaintReceived } from '@vilkar/contracts/returns-complaint.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems, refusalError } from '@vilkar/server/problems.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { visibleTo } from '../../order-facts/http/visible-to.ts'
import { mergeLines } from '../../order-facts/merge-lines.ts'
import { readOrder } from '../../order-facts/store.ts'
import { receiveComplaint } from '../receive.ts'
import { ComplaintParams, complaintFields, staffFields } from './complaints.ts'

const { defect: _, ...said } = complaintFields
const { lines, refused } = ComplaintReceived.properties.data.properties
const Foreseen = Type.Object(
  {
    ...{ lines, refused },
    rejected: Type.Boolean({ description: 'All of it came too late: it would be rejected at once, by the rule.' }),
    answerBy: Type.Optional(Type.String({ ...Day, description: 'By when a person would answer it.' })),
  },
  { title: 'ComplaintForeseen' },
)

/** What would come of a complaint, for who writes one down that somebody makes by telephone or letter. Nothing is done. */
export function previewComplaint(server: Server, { pool, clock }: Deps) {
  server.post(
    '/orders/:id/complaints/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewComplaint',
        summary: 'See what would come of a complaint',
        description:
          'Nothing is done and nothing kept: what would be ruled of each line, of what it would be too late, and what it would rest on. Refused as it would be.',
        tags: ['complaints'],
        params: ComplaintParams,
        body: Type.Object({ ...said, ...staffFields }, { additionalProperties: false, title: 'ComplaintToForesee' }),
        response: { 200: Foreseen, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { lines: asked, ...told }, caller }) => {
      const { facts } = visibleTo(caller, await readOrder(pool, id))
      const { events, refusal } = receiveComplaint({
        ...{ returnId: uuidv7(), at: clock.now().toString(), facts: facts as OrderFacts, defect: '', ...told },
        ...(asked && { lines: mergeLines(asked) }),
      })
      if (refusal) throw refusalError(refusal)
      const received = events.find(({ type }) => type === 'ComplaintReceived') as ComplaintReceived
      const rejected = events.length > 1
      const { lines, refused, answerBy } = received.data
      return { lines, ...(refused && { refused }), rejected, ...(!rejected && { answerBy }) } as never
    },
  )
}
