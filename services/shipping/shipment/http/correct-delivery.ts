import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import type { DeliveryCorrected } from '@vilkar/contracts/shipping.ts'
import { Taker } from '@vilkar/contracts/shipping-parcel.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Name, Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { decider } from '../decider.ts'
import { handle } from '../handle.ts'
import { lockShipment, lockShipmentsOf, readShipment } from '../store.ts'
import { ShipmentParams } from './moving.ts'
import { ShipmentView, viewOf } from './shipment-view.ts'

const CorrectionBody = Type.Object(
  {
    delivered: Type.Optional(
      Type.Object(
        { receivedAt: Instant, receivedBy: Name, takenBy: Taker },
        {
          additionalProperties: false,
          description:
            'What is true; taken by anybody but the customer or whom they named, they do not have the goods, nor if it is left out.',
        },
      ),
    ),
    why: Type.String({ ...Why, description: 'How it came that something else was told.' }),
  },
  { additionalProperties: false, title: 'DeliveryCorrection' },
)

const CorrectionForeseen = Type.Object(
  {
    changes: Type.Boolean({ description: 'false: that is what is known already.' }),
    was: Type.Optional(Type.String({ ...Instant, description: 'When it was said to have been received.' })),
    receivedAt: Type.Optional(
      Type.String({
        ...Instant,
        description: 'From when periods would count; left out, the customer would not have it.',
      }),
    ),
    reasons: Type.Unsafe<Static<typeof Reasons>>({ ...Reasons, description: 'Who would bear the risk, and why.' }),
  },
  { title: 'DeliveryCorrectionForeseen' },
)

/** `PUT /shipments/{id}/delivery/correction`: what was told of a delivery was wrong; and what would follow of saying so. */
export function correctDelivery(server: Server, deps: Deps) {
  previewCorrection(server, deps)
  server.put(
    '/shipments/:id/delivery/correction',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'correctDelivery',
        summary: 'Correct what was told of a delivery',
        description:
          'Another moment, another receiver, or no delivery at all. Periods of withdrawal, return and complaint and the risk are counted from the corrected fact (clauses 7–10); a return that was declared, or a refund that was decided, stays as it is. What was told before stays in `deliveryCorrections`, with who corrected it and why. Said twice it happens once.',
        tags: ['shipments'],
        params: Type.Object({ id: Id }),
        body: CorrectionBody,
        response: { 200: ShipmentView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: shipmentId }, body: { delivered, why }, caller: { subject: by } }) => {
      const { stored, refusal } = await transact(deps, async (trx) => {
        const found = await readShipment(trx, shipmentId)
        if (found === undefined) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
        await lockShipmentsOf(trx, found.state.requested.orderId)
        const locked = (await lockShipment(trx, shipmentId))!
        const { receivedBy: wasReceivedBy } = locked.personal
        const at = deps.clock.now().toString()
        const receivedBy = delivered && asKept(delivered.receivedBy)
        const said = delivered && { delivered: { ...delivered, receivedBy: receivedBy! } }
        const data = { shipmentId, at, ...said, ...(wasReceivedBy && { wasReceivedBy }), by, why: asKept(why) }
        return handle(trx, { type: 'CorrectDelivery', data }, undefined, locked)
      })
      if (refusal) throw refusalError(refusal)
      return viewOf(stored!)
    },
  )
}

/** `POST /shipments/{id}/delivery/correction/preview`: from when periods would count, or why it would be refused, with nothing done. */
function previewCorrection(server: Server, { db, clock }: Deps) {
  server.post(
    '/shipments/:id/delivery/correction/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewDeliveryCorrection',
        summary: 'See what would follow of correcting what was told of a delivery',
        description:
          'Nothing is done. It answers from when periods would count and who would bear the risk, or is refused as the correction would be now.',
        tags: ['shipments'],
        params: ShipmentParams,
        body: CorrectionBody,
        response: { 200: CorrectionForeseen, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: shipmentId }, body: { delivered, why }, caller: { subject: by } }) => {
      const found = await readShipment(db, shipmentId)
      if (found === undefined) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
      const { receivedBy: wasReceivedBy } = found.personal
      const said = delivered && { delivered: { ...delivered, receivedBy: asKept(delivered.receivedBy) } }
      const at = clock.now().toString()
      const data = { shipmentId, at, ...said, ...(wasReceivedBy && { wasReceivedBy }), by, why }
      const { events, refusal } = decider.decide({ type: 'CorrectDelivery', data }, found.state)
      if (refusal) throw refusalError(refusal)
      const corrected = events.find((event): event is DeliveryCorrected => event.type === 'DeliveryCorrected')
      if (corrected === undefined) return { changes: false, reasons: [] }
      const { was, receivedAt, reasons } = corrected.data
      return { changes: true, was, receivedAt, reasons }
    },
  )
}
