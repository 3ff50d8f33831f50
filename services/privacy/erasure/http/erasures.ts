import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { RecordName, SystemName, WhyCode } from '../../subjects/names.ts'
import { isOfTheShop } from '../../subjects/of-the-shop.ts'
import { stillAsked } from '../../subjects/store.ts'
import { answerErasure } from '../answer.ts'
import { MOST_RECORDS } from '../ask.ts'
import { answersTo, listErasures, lockErasure } from '../store.ts'
import { Counts, ErasureView, erasureView } from './erasure-view.ts'

const tags = ['erasures']
const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200
const strict = { additionalProperties: false }

/** The doors of erasures: what a system has to erase, its answer, and the log. */
export function erasures(server: Server, deps: Deps) {
  server.get(
    '/erasures/of-system/:system',
    {
      config: { access: 'holdings:write' },
      schema: {
        operationId: 'listErasuresOfSystem',
        summary: 'What a system was asked to erase and has not answered, the oldest first',
        description:
          'Fetch it at least daily, erase, and answer each. Unanswered after a week, a person is called. What a dispute or the person’s own wish keeps since it was asked for is not in it any more (GDPR Art. 17(3)(e), 18(1)).',
        tags,
        params: Type.Object({ system: SystemName }),
        querystring: Type.Object({ controller: Type.Optional(ControllerId) }, strict),
        response: { 200: Type.Object({ items: Type.Array(ErasureView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ params: { system }, query: { controller } }) => {
      const rows = await listErasures(deps.db, { controller, system, open: true, limit: MAX_PAGE_SIZE })
      const ids = rows.map(({ id }) => id)
      const asked = Map.groupBy(await stillAsked(deps.db, ids), ({ erasure_id }) => erasure_id)
      return {
        items: rows.map((row) => {
          const still = new Set(asked.get(row.id)?.map(({ record }) => record))
          return erasureView({ ...row, records: row.records.filter((record) => still.has(record)) }, [])
        }),
      }
    },
  )
  answerRoute(server, deps)
  server.get(
    '/erasures',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'listErasures',
        summary: 'The log of erasures, the latest first',
        description: 'Which records of which system had to go, why, and what their holders answered. It names nobody.',
        tags,
        querystring: Type.Object(
          {
            open: Type.Optional(
              Type.Literal('true', { description: 'Only what was not answered by all, the oldest first.' }),
            ),
            before: Type.Optional(Type.String({ ...Id, description: 'The last id of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          strict,
        ),
        response: { 200: Type.Object({ items: Type.Array(ErasureView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ query: { open, before, limit = PAGE_SIZE } }) => {
      const rows = await listErasures(deps.db, { open: open === 'true', before, limit })
      const answers = await answersTo(
        deps.db,
        rows.map(({ id }) => id),
      )
      return { items: rows.map((row) => erasureView(row, answers)) }
    },
  )
}

function answerRoute(server: Server, deps: Deps) {
  const Records = Type.Array(RecordName, { maxItems: MOST_RECORDS, uniqueItems: true })
  server.put(
    '/erasures/:id/answer',
    {
      config: { access: 'holdings:write' },
      schema: {
        operationId: 'answerErasure',
        summary: 'A system has erased what it was asked to, or says what it cannot let go yet',
        description:
          'What is postponed is asked for again the next day. A first answer stands; said again it changes nothing.',
        tags,
        params: Type.Object({ id: Id }),
        body: Type.Object(
          {
            erased: Records,
            postponed: Type.Optional(
              Type.Array(Type.Object({ record: RecordName, why: WhyCode }, strict), {
                maxItems: MOST_RECORDS,
                description: 'What is under way that needs them.',
              }),
            ),
            counts: Counts,
          },
          { ...strict, title: 'ErasureAnswer' },
        ),
        response: { 200: ErasureView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { erased, postponed = [], counts } }) => {
      const at = deps.clock.now()
      const answered = await transact(deps, async (trx) => {
        const row = await lockErasure(trx, id)
        if (row === undefined) throw httpError(404, 'erasure-unknown', 'There is no such erasure.')
        if (isOfTheShop(row.system))
          throw httpError(409, 'system-is-ours', 'The shop’s own services answer by themselves.')
        const asked = (await stillAsked(trx, [id])).map(({ record }) => record)
        refuseIncomplete(asked, row.records, [...erased, ...postponed.map(({ record }) => record)])
        return answerErasure(trx, id, { holder: row.system, erased, postponed, counts }, at)
      })
      return erasureView(answered!.erasure, answered!.answers)
    },
  )
}

/** Every record that is asked for still is answered for, once, and no other; what was recalled meanwhile may be. */
function refuseIncomplete(still: readonly string[], asked: readonly string[], named: readonly string[]) {
  const unnamed = still.filter((record) => !named.includes(record))
  const foreign = named.filter((record) => !asked.includes(record))
  if (unnamed.length > 0 || foreign.length > 0 || new Set(named).size !== named.length)
    throw httpError(
      409,
      'answer-incomplete',
      'Each record of the erasure is either erased or postponed, and nothing else is named.',
      {
        unnamed,
        foreign,
      },
    )
}
