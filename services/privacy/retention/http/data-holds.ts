import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { RecordName, SystemName } from '../../subjects/names.ts'
import { Identifier } from '../../subjects/subject-key.ts'
import { recallKept } from '../recall.ts'
import { endHold, type HoldRow, listHolds, putHold } from '../store.ts'

const tags = ['retention']
const params = Type.Object({ id: Id })
const HOLDS_SHOWN = 200
const strict = { additionalProperties: false }
const RecordNamed = Type.Object(
  {
    system: SystemName,
    record: RecordName,
  },
  { ...strict, title: 'RecordNamed' },
)
const HoldBody = Type.Object(
  {
    controller: ControllerId,
    person: Type.Optional(Identifier),
    record: Type.Optional(RecordNamed),
    why: Type.String({ ...Why, description: 'The dispute, or the order of an authority.' }),
  },
  { ...strict, title: 'DataHoldBody' },
)
const HoldView = Type.Object(
  {
    ...{ id: Id, controller: Type.String() },
    about: Type.Union([Type.Literal('person'), RecordNamed], { description: 'A person is not named again.' }),
    ...{ why: Type.String(), setBy: Type.String(), setAt: Instant },
    ...{ endedBy: Type.Optional(Type.String()), endedAt: Type.Optional(Instant) },
  },
  { title: 'DataHold' },
)

/** Holds: what a dispute or an authority needs is not erased until they end (GDPR Art. 17(3)(e), 18(1)(c)). */
export function dataHolds(server: Server, deps: Deps) {
  server.put(
    '/data-holds/:id',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'setDataHold',
        summary: 'Keep what is held of a person, or one record, until a dispute is over',
        description:
          'The id is the caller’s to choose: set twice it is one hold. What a system of others was asked to erase and has not is asked for no more while it lasts.',
        tags,
        params,
        body: HoldBody,
        response: { 200: HoldView, ...problems(400, 401, 403, 409) },
      },
    },
    async ({ params: { id }, body: { controller, person, record, why }, caller }) => {
      if ((person === undefined) === (record === undefined))
        throw httpError(400, 'invalid-input', 'A hold is of a person or of a record: name one of them.')
      const subject = person ? deps.subjectKey({ controller, ...person }) : null
      const about = { subject, system: record?.system ?? null, record: record?.record ?? null }
      const set = { set_by: caller.subject, set_at: deps.clock.now().toString(), ended_by: null, ended_at: null }
      const kept = await transact(deps, async (trx) => {
        const row = await putHold(trx, { id, controller, ...about, why: asKept(why), ...set })
        await recallKept(trx, controller, deps.clock.now())
        return row
      })
      const isSame = kept.controller === controller && kept.subject === subject && kept.record === about.record
      if (!isSame) throw httpError(409, 'hold-differs', 'Something else is held under this id.')
      return holdView(kept)
    },
  )
  server.delete(
    '/data-holds/:id',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'endDataHold',
        summary: 'A dispute is over: what it kept goes when its time is over',
        tags,
        params,
        response: { 200: HoldView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, caller }) => {
      const at = deps.clock.now().toString()
      const ended = await transact(deps, (trx) => endHold(trx, id, caller.subject, at))
      if (ended === undefined) throw httpError(404, 'hold-unknown', 'There is no such hold.')
      return holdView(ended)
    },
  )
  server.get(
    '/data-holds',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'listDataHolds',
        summary: 'The holds, open ones first',
        tags,
        response: { 200: Type.Object({ items: Type.Array(HoldView) }), ...problems(401, 403) },
      },
    },
    async () => ({ items: (await listHolds(deps.db, HOLDS_SHOWN)).map(holdView) }),
  )
}

const instant = (moment: string) => Temporal.Instant.from(moment).toString()
function holdView(row: HoldRow): Static<typeof HoldView> {
  const { id, controller, system, record, why, set_by, set_at, ended_by, ended_at } = row
  return {
    ...{ id, controller, why, setBy: set_by, setAt: instant(set_at) },
    about: system !== null && record !== null ? { system, record } : 'person',
    ...(ended_by && ended_at && { endedBy: ended_by, endedAt: instant(ended_at) }),
  }
}
