import { Day, Id } from '@vilkar/contracts/event.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { tellWriting } from '../../order-facts/tell-writing.ts'
import { answerOf } from '../answer.ts'
import { caseFigures, findCases, MAX_LISTED, readCase } from '../list.ts'
import { assignCase, noteOn, notesOf } from '../store.ts'
import { timelineOf } from '../timeline.ts'
import { CaseItem, itemOf, Kind } from './case-item.ts'
import { Word } from './tags.ts'

const strict = { additionalProperties: false }
const Subject = (description: string) => Type.String({ minLength: 1, maxLength: 200, description })
const Item = Type.Object(CaseItem, { title: 'CaseItem' })
const Note = Type.Object({ id: Id, notedAt: Type.String(), by: Type.String(), text: Type.String() })
const TimelineEntry = Type.Object(
  {
    at: Type.String(),
    service: Type.Union([Type.Literal('orders'), Type.Literal('shipping'), Type.Literal('returns')]),
    type: Type.String({ description: 'The event, as the AsyncAPI documents have it.' }),
    subject: Type.String({ description: 'What it happened to: the order, the shipment or the case.' }),
  },
  { title: 'TimelineEntry' },
)
const CaseView = Type.Object(
  {
    ...CaseItem,
    answer: Type.Optional(
      Type.Object(
        { nb: Type.String(), en: Type.String() },
        { description: 'The last ruling as a sentence with what it rests on, to be copied into an answer.' },
      ),
    ),
    notes: Type.Array(Note),
    timeline: Type.Array(TimelineEntry, {
      description: 'What all services told of the order, of its other cases too, by the moment at which it happened.',
    }),
  },
  { title: 'Case' },
)
const params = Type.Object({ id: Id })

/** What support sees: every case of a customer in one list, who works on it, and what they noted. */
export function cases(server: Server, deps: Deps) {
  list(server, deps)
  figures(server, deps)
  read(server, deps)
  work(server, deps)
}

function list(server: Server, { db, clock }: Deps) {
  server.get(
    '/returns',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listCases',
        summary: 'Cases of customers: withdrawals, voluntary returns, complaints and losses',
        description: `A page of them, what is due first before all others. \`dueBefore\` is the work list of a day. How many there are: \`GET /returns/figures\`.`,
        tags: ['cases'],
        querystring: Type.Object(
          {
            status: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('closed')])),
            kind: Type.Optional(Kind),
            dueBefore: Type.Optional(Type.String({ ...Day, description: 'Due on an earlier day than this.' })),
            assignee: Type.Optional(Subject('The subject of who works on it.')),
            refund: Type.Optional(
              Type.Literal('unpaid', {
                description:
                  'Whose refund is decided and not known to be paid, by `dueOn`; or is not decided, and `payBy` is today, tomorrow or over.',
              }),
            ),
            q: Type.Optional(
              Type.String({
                minLength: 1,
                maxLength: 254,
                description: 'Order number, name, e-mail address, or tracking number of a parcel there or back.',
              }),
            ),
            orderId: Type.Optional(Id),
            tag: Type.Optional(Word),
            after: Type.Optional(Type.String({ ...Id, description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_LISTED, default: MAX_LISTED })),
          },
          strict,
        ),
        response: {
          200: Type.Object({
            items: Type.Array(Item),
            next: Type.Optional(Type.String({ description: 'Where the next page begins, when there is one.' })),
          }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query }) => {
      const now = clock.now()
      const { refund, ...asked } = query
      const unpaidOn = refund && osloDay(now).toString()
      const { page, next } = await findCases(db, { ...asked, unpaidOn })
      return { items: page.map((each) => itemOf(each, now)), next }
    },
  )
}

/** So long after they were closed, cases count in the figures. */
const COUNTED_FOR_DAYS = 30

function figures(server: Server, { db, clock }: Deps) {
  const Days = Type.Optional(Type.Number({ description: 'From the first word to the closed case.' }))
  const Figures = Type.Object(
    {
      ...{ kind: Kind, open: Type.Integer() },
      overdue: Type.Integer({ description: 'Open, and past their last day.' }),
      closed: Type.Integer({ description: `In the last ${COUNTED_FOR_DAYS} days.` }),
      ...{ daysP50: Days, daysP95: Days },
    },
    { title: 'CaseFigures' },
  )
  server.get(
    '/returns/figures',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'readCaseFigures',
        summary: 'How cases fare, by kind',
        tags: ['cases'],
        querystring: Type.Object(
          {
            assignee: Type.Optional(Subject('Of theirs alone.')),
            tag: Type.Optional(Word),
            status: Type.Optional(
              Type.Literal('open', { description: 'Nothing of what was closed is counted: `closed` is 0.' }),
            ),
          },
          strict,
        ),
        response: { 200: Type.Object({ items: Type.Array(Figures) }), ...problems(400, 401, 403) },
      },
    },
    async ({ query: { assignee, tag, status } }) => {
      const now = clock.now()
      const since = status === 'open' ? undefined : now.subtract({ hours: COUNTED_FOR_DAYS * 24 }).toString()
      const found = await caseFigures(db, { today: osloDay(now).toString(), since, assignee, tag })
      return {
        items: found.map(({ days_p50, days_p95, ...counts }) => ({
          ...{ ...counts, daysP50: days_p50 ?? undefined, daysP95: days_p95 ?? undefined },
        })),
      }
    },
  )
}

function read(server: Server, deps: Deps) {
  server.get(
    '/returns/:id/case',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'readCase',
        summary: 'A case, with its notes and what happened',
        tags: ['cases'],
        params,
        response: { 200: CaseView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => viewOf(deps, id),
  )
}

function work(server: Server, deps: Deps) {
  const answers = { 200: CaseView, ...problems(400, 401, 403, 404) }
  server.put(
    '/returns/:id/assignee',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'assignCase',
        summary: 'Say who works on a case',
        tags: ['cases'],
        params,
        body: Type.Object(
          { assignee: Type.Optional(Subject('The subject of who works on it; left out, nobody does.')) },
          { ...strict, title: 'Assignment' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body: { assignee } }) => {
      await assignCase(deps.db, id, assignee ?? null)
      return viewOf(deps, id)
    },
  )
  server.post(
    '/returns/:id/notes',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'addCaseNote',
        summary: 'Note something about a case',
        description: 'For staff alone. The subject of the token is kept.',
        tags: ['cases'],
        params,
        body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 4_000 }) }, { ...strict, title: 'CaseNote' }),
        response: { 201: CaseView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, body: { text }, caller }, reply) => {
      const found = (await readCase(deps.db, id)) ?? unknown()
      const at = deps.clock.now()
      const about = { id: uuidv7(), caseId: id, orderId: found.order_id, notedAt: at.toString() }
      await transact(deps, async (trx) => {
        await tellWriting(trx, found.order_id, at)
        await noteOn(trx, { ...about, personal: { text, by: caller.subject } })
      })
      return reply.status(201).send(await viewOf(deps, id))
    },
  )
}

const unknown = (): never => {
  throw httpError(404, 'case-unknown', 'There is no such case.')
}

async function viewOf({ db, clock }: Deps, id: string): Promise<Static<typeof CaseView>> {
  const found = (await readCase(db, id)) ?? unknown()
  const told = await readHistory(db, id)
  return {
    ...itemOf(found, clock.now()),
    answer: answerOf(told),
    notes: await notesOf(db, id),
    timeline: await timelineOf(db, found.order_id),
  }
}
