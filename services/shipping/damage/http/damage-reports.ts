import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import { DamageKind, DamageReporter } from '@vilkar/contracts/shipping-damage.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Transaction } from 'kysely'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { type handle, handleUnderOrder } from '../../shipment/handle.ts'
import { settleWithReplacement } from '../../shipment/replace.ts'
import { readLongLived } from '../../shipment/store.ts'
import { type DamageRow, follow, listReports, readReport } from '../store.ts'

const strict = { additionalProperties: false }
const tags = ['damage']
const params = Type.Object({ id: Id })
const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200
const Choice = Type.Union([Type.Literal('replacement'), Type.Literal('refund')])
const Photo = {
  ...{ format: 'uri', maxLength: 500, pattern: '^https://' },
  errorMessage: 'must be an address that begins with https://',
}
const Photos = Type.Array(Type.String(Photo), {
  maxItems: 10,
  description: 'Where pictures of it are kept.',
})
const ReportView = Type.Object(
  {
    ...{ id: Id, shipmentId: Id, orderId: Id, kind: DamageKind, lines: Type.Array(UnitsSent) },
    ...{ reportedBy: DamageReporter, reportedAt: Instant, what: Type.String(), photos: Type.Array(Type.String()) },
    outcome: Type.Union([Type.Literal('granted'), Type.Literal('review')], {
      description: 'review: a person decides. A consumer’s report is never too late before the law’s own limits.',
    }),
    late: Type.Boolean({ description: 'Of a business: after the seven days in which a carrier abroad is told.' }),
    claimDueOn: Type.String({ ...Day, description: 'The last day on which the carrier is told in time.' }),
    claimedAt: Type.Optional(Instant),
    choice: Type.Optional(Choice),
    replacementId: Type.Optional(Type.String({ ...Id, description: 'The shipment that is sent instead.' })),
  },
  { title: 'DamageReport' },
)
const answers = { 200: ReportView, ...problems(400, 401, 403, 404, 409) }

/** The doors of damage and loss: reports, the customer's choice of a loss, and the carrier's claim as a task. */
export function damageReports(server: Server, deps: Deps) {
  reportRoute(server, deps)
  choiceRoutes(server, deps)
  server.get(
    '/damage-reports',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'listDamageReports',
        summary: 'What was damaged or lost, by the last day on which the carrier is told in time',
        tags,
        querystring: Type.Object(
          {
            claim: Type.Optional(Type.Literal('open', { description: 'Only what the carrier was not told.' })),
            settled: Type.Optional(Type.Literal('refund', { description: 'Only losses that are to be paid back.' })),
            shipmentId: Type.Optional(Id),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          strict,
        ),
        response: { 200: Type.Object({ items: Type.Array(ReportView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ query: { limit = PAGE_SIZE, ...which } }) => ({
      items: (await listReports(deps.db, { ...which, limit })).map(viewOf),
    }),
  )
}

function reportRoute(server: Server, deps: Deps) {
  server.put(
    '/damage-reports/:id',
    {
      config: { access: 'shipments:write' },
      schema: {
        operationId: 'reportDamage',
        summary: 'Report that goods were damaged or lost on their way',
        description:
          'By the customer, the warehouse or the carrier, of some units or all; the id is the caller’s to choose. A consumer is never late before the law’s own limits (forbrukerkjøpsloven § 27); a business that tells it after seven days is flagged and a person decides (clause 7, vegfraktloven § 40). Said twice it is one report.',
        tags,
        params,
        body: Type.Object(
          {
            shipmentId: Id,
            kind: DamageKind,
            reportedBy: DamageReporter,
            reportedAt: Type.Optional(Instant),
            lines: Type.Optional(Type.Array(UnitsSent, { minItems: 1, maxItems: MAX_LINES })),
            what: Type.String({ ...Why, description: 'What was found, in words.' }),
            photos: Type.Optional(Photos),
          },
          { ...strict, title: 'DamageReportBody' },
        ),
        response: answers,
      },
    },
    async ({ params: { id: reportId }, body, caller: { subject: by } }) => {
      const at = deps.clock.now().toString()
      return carryOut(deps, reportId, async (trx) => {
        const found = await readReport(trx, reportId)
        if (found && found.shipment_id !== body.shipmentId) throw reportedOfAnother()
        const data = { reportedAt: at, photos: [], ...body, reportId, at, by, what: asKept(body.what) }
        const longLived = await readLongLived(trx, body.shipmentId, body.lines)
        return handleUnderOrder(trx, { type: 'ReportDamage', data: { ...data, longLived } })
      })
    },
  )
}

function choiceRoutes(server: Server, deps: Deps) {
  server.put(
    '/damage-reports/:id/choice',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'chooseAfterDamage',
        summary: 'Write down what the customer chose of a loss',
        description:
          'A new shipment of the same units, which is requested at once, or their price back. It is chosen once: of two choices at the same time the first stands, and the same said again changes nothing.',
        tags,
        params,
        body: Type.Object({ choice: Choice }, { ...strict, title: 'LossChoice' }),
        response: answers,
      },
    },
    async ({ params: { id: reportId }, body: { choice }, caller: { subject: by } }) => {
      const at = deps.clock.now().toString()
      return carryOut(deps, reportId, async (trx) => {
        const data = { shipmentId: await shipmentOf(trx, reportId), at, reportId, choice, by }
        return settleWithReplacement(trx, { ...data, replacementId: uuidv7() })
      })
    },
  )
  server.put(
    '/damage-reports/:id/claim',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'settleDamageClaim',
        summary: 'The carrier was told of it',
        description: 'Ends the task and its alarm. Said twice it is said once.',
        tags,
        params,
        response: answers,
      },
    },
    async ({ params: { id: reportId }, caller: { subject: by } }) => {
      const at = deps.clock.now().toString()
      return carryOut(deps, reportId, async (trx) => {
        const data = { shipmentId: await shipmentOf(trx, reportId), at, reportId, by }
        return handleUnderOrder(trx, { type: 'ClaimOfCarrier', data })
      })
    },
  )
}

const reportedOfAnother = () =>
  httpError(409, 'report-differs', 'Something of another shipment was reported under this id.')

/** Carries out one command, notes what came of it, and answers with the report or the refusal. */
async function carryOut(deps: Deps, id: string, work: (trx: Transaction<Database>) => ReturnType<typeof handle>) {
  const { refusal, row } = await transact(deps, async (trx) => {
    const { events, refusal: no } = await work(trx)
    if (!(await follow(trx, events))) throw reportedOfAnother()
    return { refusal: no, row: await readReport(trx, id) }
  })
  if (refusal) throw refusalError(refusal)
  return viewOf(row!)
}

async function shipmentOf(trx: Transaction<Database>, reportId: string) {
  const found = await readReport(trx, reportId)
  if (found === undefined) throw httpError(404, 'damage-report-unknown', 'There is no such report.')
  return found.shipment_id
}

const instant = (moment: string) => Temporal.Instant.from(moment).toString()

function viewOf(row: NonNullable<DamageRow>): Static<typeof ReportView> {
  const { by: _, ...said } = row.personal
  return {
    ...{ id: row.id, shipmentId: row.shipment_id, orderId: row.order_id, kind: row.kind, lines: row.lines },
    ...{ reportedBy: row.reported_by, reportedAt: instant(row.reported_at), ...said, outcome: row.outcome },
    ...{ late: row.late, claimDueOn: row.claim_due_on },
    ...(row.claimed_at && { claimedAt: instant(row.claimed_at) }),
    ...(row.settled && { choice: row.settled }),
    ...(row.replacement_id && { replacementId: row.replacement_id }),
  }
}
