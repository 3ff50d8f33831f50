import { Id } from '@vilkar/contracts/event.ts'
import { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { orderUnknown } from '../../order-facts/http/visible-to.ts'
import { whyNoNotice } from '../../order-facts/notice-moments.ts'
import { readOrder } from '../../order-facts/store.ts'
import { answerStatement } from '../answer-statement.ts'
import { keep } from '../keep-statement.ts'
import type { Statement } from '../statement.ts'
import { lockStatement, readStatement, saveAnswer, statementsIn } from '../store.ts'
import { cameFields, Lines, linesNamed, saidFields } from './statement-body.ts'
import { StatementView, statementView } from './statement-view.ts'

const MAX_LISTED = 100
const strict = { additionalProperties: false }
const Text = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description })
const StatementBody = Type.Object(
  {
    ...{ ...saidFields, ...cameFields, channel: NoticeChannel },
    orderNumber: Type.Optional(Text(64, 'As the customer wrote it.')),
    name: Type.Optional(Text(200, 'Who says so.')),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254, description: 'Where the receipt goes.' })),
  },
  { ...strict, title: 'StatementToRecord' },
)
const Clarification = Type.Object(
  {
    orderId: Type.Optional(Id),
    lines: Type.Optional(Lines),
    reason: Type.Optional(Text(1000, 'Why it is set aside: it is no notice of withdrawal.')),
  },
  {
    ...strict,
    title: 'Clarification',
    description: 'The order that is meant and, if not all of it is, the units; or `reason` alone.',
  },
)

/** What staff do with statements whose order is not known: write down a letter or a call, and find out what was meant. */
export function statements(server: Server, deps: Deps) {
  record(server, deps)
  read(server, deps)
  clarify(server, deps)
}

function record(server: Server, deps: Deps) {
  server.post(
    '/statements',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'recordStatement',
        summary: 'Write down what a customer said',
        description:
          'A letter, a mail or a call about withdrawing, also when it is unclear which order is meant. It is kept as it came, acknowledged by mail where an address is known, and judged as of when it was sent. The order is found by its number; otherwise the statement is `unclear` and a person is called.',
        tags: ['returns'],
        body: StatementBody,
        response: { 201: StatementView, ...problems(400, 401, 403, 409) },
      },
    },
    async ({ body, caller }, reply) => {
      const now = deps.clock.now().toString()
      const { lines, statement: words, additional, noticeSentAt: sentAt, receivedAt, channel } = body
      const wrong = whyNoNotice({ sentAt, receivedAt }, { now })
      if (wrong) throw refusalError(wrong)
      const { orderNumber, name, email } = body
      const said = { ...(lines && { lines: linesNamed(lines) }), ...(additional && { additional }) }
      const personal = {
        words,
        orderNumber: orderNumber?.trim().toUpperCase(),
        name,
        email,
        recordedBy: caller.subject,
      }
      const id = uuidv7()
      const came = { id, channel, receivedAt: receivedAt ?? now, recordedAt: now, ...(sentAt && { sentAt }) }
      await keep(deps, { ...came, said, personal } satisfies Statement, 'keeper')
      await answerStatement(deps, id).catch((error) =>
        deps.log.warn({ err: error, statement: id }, 'a statement is kept and not answered yet'),
      )
      const kept = (await readStatement(deps.db, id))!
      return reply.status(201).header('location', `/statements/${id}`).send(statementView(kept, true))
    },
  )
}

function read(server: Server, { db }: Deps) {
  server.get(
    '/statements',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listStatements',
        summary: 'Statements of a status, oldest first',
        description: '`unclear` is what a person is to find out about.',
        tags: ['returns'],
        querystring: Type.Object(
          {
            status: StatementView.properties.status,
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_LISTED, default: MAX_LISTED })),
          },
          strict,
        ),
        response: { 200: Type.Object({ items: Type.Array(StatementView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ query: { status, limit = MAX_LISTED } }) => ({
      items: (await statementsIn(db, status, limit)).map((each) => statementView(each, true)),
    }),
  )
  server.get(
    '/statements/:id',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'readStatement',
        summary: 'Read a statement',
        tags: ['returns'],
        params: Type.Object({ id: Id }),
        response: { 200: StatementView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => statementView((await readStatement(db, id)) ?? unknown(), true),
  )
}

const unknown = (): never => {
  throw httpError(404, 'statement-unknown', 'There is no such statement.')
}

function clarify(server: Server, deps: Deps) {
  server.put(
    '/statements/:id/clarification',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'clarifyStatement',
        summary: 'Say what an unclear statement means',
        description:
          'While it is `unclear`: which order and which units it is about, so that it is judged as of when it was sent; or why it is none. The subject of the token is kept.',
        tags: ['returns'],
        params: Type.Object({ id: Id }),
        body: Clarification,
        response: { 200: StatementView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { orderId, lines, reason }, caller }) => {
      if ((orderId === undefined) === (reason === undefined))
        throw httpError(400, 'invalid-input', 'body must have either orderId or reason.')
      if (orderId && (await readOrder(deps.pool, orderId)) === undefined) orderUnknown()
      await transact(deps, async (trx) => {
        const { answer } = (await lockStatement(trx, id)) ?? unknown()
        if (answer.status !== 'unclear')
          throw httpError(409, 'statement-settled', `The statement is ${answer.status}, and no more unclear.`)
        const at = deps.clock.now().toString()
        const clarified = { by: caller.subject, at, ...(reason && { reason }) }
        const settled = reason ? { status: 'set-aside' as const, answeredAt: at } : { status: 'pending' as const }
        const meant = { ...(orderId && { orderId }), ...(lines && { lines: linesNamed(lines) }) }
        await saveAnswer(trx, id, { ...meant, ...settled, clarified })
      })
      await answerStatement(deps, id)
      return statementView((await readStatement(deps.db, id))!, true)
    },
  )
}
