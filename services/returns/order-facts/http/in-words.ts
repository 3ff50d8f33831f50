import { Id } from '@vilkar/contracts/event.ts'
import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { eligibility } from '@vilkar/terms/order/entitlements.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { rightsInWords } from '../rights-in-words.ts'
import { readOrder } from '../store.ts'
import { countingFor, momentOf } from './eligibility.ts'
import { visibleTo } from './visible-to.ts'

const Text = Type.String({ description: 'Paragraphs, a blank line between them.' })
const View = Type.Object(
  {
    locale: Type.Union([Type.Literal('nb'), Type.Literal('en')], { description: 'The customer’s language.' }),
    items: Type.Array(Type.Object({ lineId: Type.String(), nb: Text, en: Text })),
    next: Type.Optional(Type.String({ description: 'Where the next page begins, when there is one.' })),
  },
  { title: 'RightsInWords' },
)

/** What holds for each line of an order as sentences for a customer, for staff who answer them. */
export function rightsToCopy(server: Server, { pool, clock }: Deps) {
  server.get(
    '/orders/:id/entitlements/in-words',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'readRightsInWords',
        summary: 'What may be returned, as sentences to be copied into an answer',
        description:
          'Per line: each right with its last day, and the clauses and sections that it rests on, in both languages.',
        tags: ['returns'],
        params: Type.Object({ id: Id }),
        querystring: Type.Object(
          {
            at: Type.Optional(Type.String({ format: 'date-time', description: 'Now if it is left out.' })),
            after: Type.Optional(Type.String({ maxLength: 64, description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_LINES, default: MAX_LINES })),
          },
          { additionalProperties: false },
        ),
        response: { 200: View, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, query, caller }) => {
      const { facts } = visibleTo(caller, await readOrder(pool, id))
      const at = momentOf(query.at, clock.now)
      const day = osloDay(at)
      const on = Temporal.PlainDate.compare(day, osloDay(clock.now())) === 0 ? undefined : day
      const { lines } = eligibility(facts, at, countingFor(query.at))
      const { after, limit = MAX_LINES } = query
      // Behind a line that the order does not have nothing comes.
      const begin = after === undefined ? 0 : lines.findIndex(({ lineId }) => lineId === after) + 1 || lines.length
      const page = lines.slice(begin, begin + limit)
      return {
        locale: facts.locale,
        next: begin + limit < lines.length ? page.at(-1)!.lineId : undefined,
        items: page.map((line) => ({
          lineId: line.lineId,
          nb: rightsInWords(facts, line, { locale: 'nb', on }),
          en: rightsInWords(facts, line, { locale: 'en', on }),
        })),
      }
    },
  )
}
