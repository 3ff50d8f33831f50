import { isDeepStrictEqual } from 'node:util'
import { Id } from '@vilkar/contracts/event.ts'
import { Sku } from '@vilkar/contracts/parts.ts'
import { NoticeText, RecallRemedy, RecallScope } from '@vilkar/contracts/shipping-serials.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { tellWriting } from '../../shipment/tell-writing.ts'
import { announceRecall, endRecall, listNotices, listRecalls, readRecall, toldByPerson } from '../store.ts'
import { scopeIn } from './recall-scope.ts'
import { NoticeOutcomeSchema, NoticeView, noticesOf, RecallView, viewOf } from './recall-view.ts'

const strict = { additionalProperties: false }
const tags = ['serials']
const params = Type.Object({ id: Id }, strict)
const PAGE_SIZE = 100
const MAX_RECALLS = 100
const answers = { 200: RecallView, ...problems(400, 401, 403, 404, 409) }

const RecallBody = Type.Object(
  {
    sku: Sku,
    ...RecallScope.properties,
    hazard: Type.Object(NoticeText.properties, {
      ...strict,
      description: 'What is dangerous about it, in plain words.',
    }),
    whatToDo: Type.Object(NoticeText.properties, { ...strict, description: 'What whoever has it is to do now.' }),
    remedies: Type.Array(RecallRemedy, {
      ...{ minItems: 1, uniqueItems: true },
      description: 'What a consumer may choose: at least two, unless the others cannot be had (Art. 37).',
    }),
  },
  { ...strict, title: 'RecallBody' },
)

/** The doors of recalls: announced, read, ended, and that somebody was told otherwise than by mail. */
export function recalls(server: Server, deps: Deps) {
  announceRoute(server, deps)
  readRoutes(server, deps)
  noticeRoutes(server, deps)
  endRoute(server, deps)
}

function announceRoute(server: Server, deps: Deps) {
  server.put(
    '/recalls/:id',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'announceRecall',
        summary: 'Call a product back',
        description:
          'All of a product, or its lots or ranges of serial numbers. Each customer who has any is told by mail, once however often this is said; units without a number may be among them and count as such. Who sent theirs back is not told. Units that are here do not leave any more, which warehouses are told (`RecallAnnounced`). The id is the caller’s to choose. Regulation (EU) 2023/988 Art. 35 and 36.',
        tags,
        params,
        body: RecallBody,
        response: answers,
      },
    },
    async ({ params: { id }, body, caller: { subject: by } }) => {
      const { sku, lotNumbers, serialNumbers, ...notice } = body
      const scope = scopeIn({ ...(lotNumbers && { lotNumbers }), ...(serialNumbers && { serialNumbers }) })
      const at = deps.clock.now()
      const row = await transact(deps, async (trx) => {
        await announceRecall(trx, { recallId: id, sku, scope, notice, by }, at)
        return (await readRecall(trx, id))!
      })
      if (!isDeepStrictEqual([row.sku, row.scope, row.notice], [sku, scope, notice]))
        throw httpError(409, 'recall-differs', 'Another recall was announced under this id.')
      return viewOf(deps.db, row)
    },
  )
}

function readRoutes(server: Server, { db }: Deps) {
  server.get(
    '/recalls',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listRecalls',
        summary: 'Recalls, the newest first',
        description: `At most ${MAX_RECALLS}, each with how far it has come.`,
        tags,
        response: { 200: Type.Object({ items: Type.Array(RecallView) }), ...problems(401, 403) },
      },
    },
    async () => {
      const items = []
      for (const row of await listRecalls(db, MAX_RECALLS)) items.push(await viewOf(db, row))
      return { items }
    },
  )
  server.get(
    '/recalls/:id',
    {
      config: { access: 'staff' },
      schema: {
        ...{ operationId: 'readRecall', summary: 'How far a recall has come', tags, params },
        response: { 200: RecallView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => viewOf(db, (await readRecall(db, id)) ?? unknown()),
  )
}

function noticeRoutes(server: Server, deps: Deps) {
  const { db, clock } = deps
  server.get(
    '/recalls/:id/notices',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listRecallNotices',
        summary: 'Who was told of a recall, by order, and what came back',
        tags,
        params,
        querystring: Type.Object(
          {
            outcome: Type.Optional(NoticeOutcomeSchema),
            after: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
          },
          strict,
        ),
        response: {
          200: Type.Object({ items: Type.Array(NoticeView), next: Type.Optional(Type.String()) }),
          ...problems(400, 401, 403, 404),
        },
      },
    },
    async ({ params: { id }, query: { outcome, after } }) => {
      const recall = (await readRecall(db, id)) ?? unknown()
      const rows = await listNotices(db, id, { outcome, after, limit: PAGE_SIZE + 1 })
      const page = rows.slice(0, PAGE_SIZE)
      const next = rows.length > PAGE_SIZE ? page.at(-1)!.order_id : undefined
      return { items: await noticesOf(db, recall, page), next }
    },
  )
  server.put(
    '/recalls/:id/notices/:orderId/told',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'tellOfRecallByPerson',
        summary: 'Say that a customer was told of a recall otherwise than by mail',
        description: 'Such as by telephone, where no mail reaches them. Ends the alarm. The first word stands.',
        tags,
        params: Type.Object({ id: Id, orderId: Id }, strict),
        body: Type.Object(
          { how: Type.String({ ...Why, description: 'How they were told.' }) },
          { ...strict, title: 'ToldOfRecall' },
        ),
        response: answers,
      },
    },
    async ({ params: { id, orderId }, body: { how }, caller: { subject: by } }) => {
      const at = clock.now()
      const said = { by, how: asKept(how) }
      await transact(deps, async (trx) => {
        await tellWriting(trx, orderId, at)
        if (!(await toldByPerson(trx, { recallId: id, orderId }, at.toString(), said)))
          throw httpError(404, 'recall-notice-unknown', 'The customer of this order is not told of this recall.')
      })
      return viewOf(db, (await readRecall(db, id))!)
    },
  )
}

function endRoute(server: Server, deps: Deps) {
  server.put(
    '/recalls/:id/end',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'endRecall',
        summary: 'End a recall',
        description:
          'Nobody is looked for any more, and units of the product leave again, which warehouses are told (`RecallEnded`). The first word stands.',
        tags,
        params,
        body: Type.Object(
          { why: Type.String({ ...Why, description: 'Why it is over.' }) },
          { ...strict, title: 'RecallEnd' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body: { why }, caller: { subject: endedBy } }) => {
      const at = deps.clock.now()
      await transact(deps, (trx) => endRecall(trx, id, at, { endedBy, why: asKept(why) }))
      return viewOf(deps.db, (await readRecall(deps.db, id)) ?? unknown())
    },
  )
}

const unknown = (): never => {
  throw httpError(404, 'recall-unknown', 'There is no such recall.')
}
