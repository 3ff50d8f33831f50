import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import { MAX_LINES, Reasons } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import { DamageKind, DamageReported } from '@vilkar/contracts/shipping-damage.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { decider } from '../../shipment/decider.ts'
import { ShipmentParams } from '../../shipment/http/moving.ts'
import { readLongLived, readShipment } from '../../shipment/store.ts'
import { writeDown } from '../write-down.ts'
import { answers } from './answer.ts'
import { claimReasons, viewOf } from './report-view.ts'

/** What a customer says of a parcel by phone or in a mail, as staff writes it down. */
const SaidToStaff = Type.Object(
  {
    kind: DamageKind,
    reportedAt: Type.Optional(Instant),
    lines: Type.Optional(Type.Array(UnitsSent, { minItems: 1, maxItems: MAX_LINES })),
    what: Type.String({ ...Why, description: 'What the customer says, in words.' }),
  },
  { additionalProperties: false, title: 'DamageSaidToStaff' },
)

const { outcome, late } = DamageReported.properties.data.properties
const ReportForeseen = Type.Object(
  {
    ...{ lines: Type.Array(UnitsSent), outcome, late },
    claimDueOn: Type.String({ ...Day, description: 'The last day on which the carrier would be told in time.' }),
    reasons: Type.Unsafe<Static<typeof Reasons>>({
      ...Reasons,
      description: 'What the customer has by it, and why the carrier is told by that day.',
    }),
  },
  { title: 'DamageForeseen' },
)

/** The doors by which staff writes down what a customer says of damage or loss, and sees before what would follow. */
export function reportsByStaff(server: Server, deps: Deps) {
  server.put(
    '/shipments/:id/damage-reports/:reportId',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'reportDamageForCustomer',
        summary: 'Write down that a customer says goods were damaged on their way, or never came',
        description:
          'As `PUT /damage-reports/{id}` by the customer, for whoever phones or writes: the id is the caller’s to choose, and said twice it is one report.',
        tags: ['damage'],
        params: Type.Object({ id: Id, reportId: Id }),
        body: SaidToStaff,
        response: answers,
      },
    },
    async ({ params: { id: shipmentId, reportId }, body, caller: { subject: by } }) => {
      const at = deps.clock.now().toString()
      const kept = { by, what: asKept(body.what), photos: [] }
      const said = { reportedAt: at, ...body, shipmentId, reportId, at, reportedBy: 'customer', ...kept } as const
      return viewOf(await writeDown(deps, said))
    },
  )
  server.post(
    '/shipments/:id/damage-reports/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewDamageReport',
        summary: 'See what would follow of a report of damage or loss by a customer',
        description:
          'Nothing is written down. It answers which units it would be about, whether it comes in time, by when the carrier is told and what that rests on; or is refused as the report would be now.',
        tags: ['damage'],
        params: ShipmentParams,
        body: SaidToStaff,
        response: { 200: ReportForeseen, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: shipmentId }, body, caller: { subject: by } }) => foresee(deps, { shipmentId, by, ...body }),
  )
}

async function foresee(
  { db, clock }: Deps,
  { shipmentId, ...said }: { shipmentId: string; by: string } & Static<typeof SaidToStaff>,
) {
  const found = await readShipment(db, shipmentId)
  if (found === undefined) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
  const at = clock.now().toString()
  const longLived = await readLongLived(db, shipmentId, said.lines)
  const ids = { shipmentId, reportId: uuidv7(), at, reportedBy: 'customer' } as const
  const data = { reportedAt: at, photos: [], ...said, ...ids, longLived }
  const { events, refusal } = decider.decide({ type: 'ReportDamage', data }, found.state)
  if (refusal) throw refusalError(refusal)
  // Under an id that nobody has used, nothing was reported before.
  const { lines, outcome, late, claimDueOn, reasons } = events.find(isReport)!.data
  return { lines, outcome, late, claimDueOn, reasons: [...reasons, ...claimReasons] }
}
const isReport = (event: { type: string }): event is DamageReported => event.type === 'DamageReported'
