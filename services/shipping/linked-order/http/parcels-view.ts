import { Id, Instant } from '@vilkar/contracts/event.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import { DamageKind, DamageReporter } from '@vilkar/contracts/shipping-damage.ts'
import { ParcelReport } from '@vilkar/contracts/shipping-parcel.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { Choice } from '../../damage/http/report-view.ts'
import type { DamageRow } from '../../damage/store.ts'
import type { Choosing } from '../../damage/whose-loss.ts'
import { decider } from '../../shipment/decider.ts'
import { ShipmentStatus } from '../../shipment/http/shipment-view.ts'
import type { RequestedShipment } from '../../shipment/state.ts'
import type { StoredShipment } from '../../shipment/store.ts'

/** What a customer sees of a report: not who wrote it down, nor what the staff wrote. */
export const LinkedReport = Type.Object(
  {
    ...{ id: Id, shipmentId: Id, kind: DamageKind, lines: Type.Array(UnitsSent) },
    ...{ reportedBy: DamageReporter, reportedAt: Instant },
    what: Type.Optional(Type.String({ description: 'In the words of the customer, where they said it.' })),
    choices: Type.Array(Choice, {
      description:
        'What the customer may choose of a loss now: there is nothing to choose of what came, what is settled, and what nobody but the customer says is lost, nor of what was lost at their own risk; what they withdrew from is not sent again.',
    }),
    choice: Type.Optional(Choice),
    replacementId: Type.Optional(Type.String({ ...Id, description: 'The shipment that is sent instead.' })),
  },
  { title: 'LinkedDamageReport' },
)

/** What a customer sees of a parcel: not where it was left, nor with whom. */
export const LinkedParcel = Type.Object(
  {
    ...{ id: Id, status: ShipmentStatus, lines: Type.Array(UnitsSent) },
    carrier: Type.Optional(Type.String()),
    trackingNumber: Type.Optional(Type.String()),
    dispatchedAt: Type.Optional(Instant),
    receivedAt: Type.Optional(Instant),
    news: Type.Array(Type.Object({ report: ParcelReport, occurredAt: Instant }), {
      description: 'What was told of it on its way, in the order in which it happened.',
    }),
    reports: Type.Array(LinkedReport, { description: 'What was damaged in it, or never came.' }),
  },
  { title: 'LinkedParcel' },
)

const instant = (moment: string) => Temporal.Instant.from(moment).toString()
type Row = NonNullable<DamageRow>

/** A parcel, with what was reported of it. */
export function parcelOf(
  { id, state }: Pick<StoredShipment, 'id' | 'state'>,
  rows: readonly Row[],
  choosing: Choosing,
) {
  const { requested, dispatched, reports = [], receivedAt, status } = state
  const lines = (dispatched?.lines ?? requested.lines).map(({ lineId, quantity }) => ({ lineId, quantity }))
  return {
    ...{ id, status, lines },
    ...(dispatched && {
      ...{ carrier: dispatched.carrier, trackingNumber: dispatched.trackingNumber },
      dispatchedAt: instant(dispatched.handedOverAt),
    }),
    ...(receivedAt && { receivedAt: instant(receivedAt) }),
    news: reports.map(({ report, occurredAt }) => ({ report, occurredAt: instant(occurredAt) })),
    reports: rows.filter(({ shipment_id }) => shipment_id === id).map((row) => reportView(row, state, choosing)),
  } satisfies Static<typeof LinkedParcel>
}

export const reportView = (row: Row, state: RequestedShipment, choosing: Choosing): Static<typeof LinkedReport> => ({
  ...{ id: row.id, shipmentId: row.shipment_id, kind: row.kind, lines: row.lines },
  ...{ reportedBy: row.reported_by, reportedAt: instant(row.reported_at) },
  ...(row.reported_by === 'customer' && { what: row.personal.what }),
  choices: row.settled === null ? choicesOf(row, state, choosing) : [],
  ...(row.settled && { choice: row.settled }),
  ...(row.replacement_id && { replacementId: row.replacement_id }),
})

/** What would not be refused. */
const choicesOf = (
  { id: reportId, shipment_id: shipmentId, lines }: Row,
  state: RequestedShipment,
  choosing: Choosing,
) => {
  const asked = choosing(state, lines)
  return (['replacement', 'refund'] as const).filter((choice) => {
    const data = {
      ...asked,
      shipmentId,
      reportId,
      choice,
      replacementId: uuidv7(),
      by: 'customer',
      isCustomer: true,
    } as const
    return decider.decide({ type: 'SettleLoss', data }, state).refusal === undefined
  })
}
