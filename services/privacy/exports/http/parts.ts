import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { RecordName, SystemName } from '../../subjects/names.ts'
import { isOfTheShop } from '../../subjects/of-the-shop.ts'
import type { PartContent } from '../contents.ts'
import { goOnNow, lockExport, partsOf, partsWanted, putPart } from '../store.ts'
import { exportUnknown, tags } from './exports.ts'

const MOST_RECORDS = 100
const MOST_DATA = 1_000
const LIST_SIZE = 200
const strict = { additionalProperties: false }

const Datum = Type.Object(
  {
    place: Type.String({
      maxLength: 200,
      description: 'Where it stands, as the person may read it.',
      examples: ['album/title'],
    }),
    category: Type.Union(
      [...(['identity', 'contact', 'address', 'statement', 'given', 'observed'] as const)].map((name) =>
        Type.Literal(name),
      ),
      {
        description:
          'given: what the person brought, such as a photo’s title; observed: what was noted about them, which is seen and not taken along.',
      },
    ),
    value: Type.Unknown({ description: 'Text or JSON.' }),
  },
  { ...strict, title: 'DeliveredDatum' },
)
const Delivered = Type.Object(
  {
    record: RecordName,
    items: Type.Array(Datum, { maxItems: MOST_DATA }),
    withheld: Type.Optional(
      Type.Array(Why, {
        maxItems: MOST_RECORDS,
        description: 'What is left out because it is about others, in words (GDPR Art. 15(4)).',
      }),
    ),
  },
  { ...strict, title: 'DeliveredRecord' },
)

/** The doors of a system that holds something: what it is asked for, and what it delivers. */
export function exportParts(server: Server, deps: Deps) {
  server.get(
    '/exports/of-system/:system',
    {
      config: { access: 'holdings:write' },
      schema: {
        operationId: 'listExportsOfSystem',
        summary: 'What a system is asked to deliver for people who want to see their data, the oldest first',
        description: 'Fetch it at least daily and deliver each. Not delivered after a week, a person is called.',
        tags,
        params: Type.Object({ system: SystemName }),
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({ exportId: Id, record: Type.String(), answerBy: Instant }, { title: 'PartWanted' }),
            ),
          }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ params: { system } }) => {
      const rows = await partsWanted(deps.db, system, LIST_SIZE)
      return {
        items: rows.map(({ export_id, record, answer_by }) => ({
          ...{ exportId: export_id, record, answerBy: Temporal.Instant.from(answer_by).toString() },
        })),
      }
    },
  )
  deliverRoute(server, deps)
}

function deliverRoute(server: Server, deps: Deps) {
  server.put(
    '/exports/:id/parts/:system',
    {
      config: { access: 'holdings:write' },
      schema: {
        operationId: 'deliverExportPart',
        summary: 'A system delivers what it holds of a person',
        description:
          'By the records that it is asked for, some of them or all; of one that is empty with no items. Delivered again, the last holds. It is sealed, and gone once the archive is made.',
        tags,
        params: Type.Object({ id: Id, system: SystemName }),
        body: Type.Object(
          { records: Type.Array(Delivered, { minItems: 1, maxItems: MOST_RECORDS }) },
          { ...strict, title: 'ExportPartBody' },
        ),
        response: { 204: Type.Null(), ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id, system }, body: { records } }, reply) => {
      if (isOfTheShop(system))
        throw httpError(409, 'system-is-ours', 'The shop’s own services are asked by themselves.')
      const { consent, clock } = deps
      await transact(deps, async (trx) => {
        const row = await lockExport(trx, id)
        if (row === undefined) throw exportUnknown()
        if (row.status !== 'collecting') throw httpError(409, 'export-over', 'Nothing is collected for it any more.')
        const asked = new Set(
          (await partsOf(trx, id)).filter((part) => part.system === system).map(({ record }) => record),
        )
        const foreign = records.map(({ record }) => record).filter((record) => !asked.has(record))
        if (foreign.length > 0)
          throw httpError(409, 'record-not-asked', 'Nobody asked this system for these records.', { foreign })
        for (const { record, ...content } of records) {
          const part: PartContent = content
          await putPart(
            trx,
            id,
            { system, holder: system, record },
            consent.seal.sealBytes(Buffer.from(JSON.stringify(part))),
          )
        }
        await goOnNow(trx, id, clock.now().toString())
      })
      return reply.status(204).send(null)
    },
  )
}
