import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { CarrierName, TrackingNumber } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { issueLabel } from '../jobs/watch-return-freight.ts'
import { awaitedLabels, readReturnParcel, senderOf } from '../store.ts'

const Text = Type.String({ minLength: 1, maxLength: 100 })
const tags = ['return freight']
const LabelView = Type.Object(
  {
    ...{ id: Id, returnId: Id, orderId: Id, requestedAt: Type.String() },
    ...{ carrier: Type.Optional(Type.String()), trackingNumber: Type.Optional(Type.String()) },
    ...{ code: Type.Optional(Type.String()), validUntil: Type.Optional(Type.String()) },
    ...{ scannedAt: Type.Optional(Type.String()), arrivedAt: Type.Optional(Type.String()) },
  },
  { title: 'ReturnLabel' },
)

/** Labels for which no carrier was found by itself: a person lists them, and says by which parcel the goods go back. */
export function returnLabels(server: Server, deps: Deps) {
  server.get(
    '/return-labels',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listAwaitedReturnLabels',
        summary: 'Labels of parcels that go back and that no carrier has given yet',
        tags,
        response: { 200: Type.Object({ items: Type.Array(LabelView) }), ...problems(401, 403) },
      },
    },
    async () => ({ items: (await awaitedLabels(deps.db)).map(viewOf) }),
  )
  server.put(
    '/return-labels/:id',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'issueReturnLabel',
        summary: 'Say by which parcel goods go back',
        description:
          'Of a label that was booked by hand. The customer gets it by mail, and the parcel is followed where its carrier is read here. Said twice alike it is said once: 409 `label-issued` otherwise.',
        tags,
        params: Type.Object({ id: Id }),
        body: Type.Object(
          {
            ...{ carrier: CarrierName, trackingNumber: TrackingNumber },
            ...{ code: Type.Optional(Text), validUntil: Type.Optional(Instant) },
          },
          { additionalProperties: false, title: 'ReturnLabelIssue' },
        ),
        response: { 200: LabelView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body }) => {
      const known = (await readReturnParcel(deps.db, id)) ?? unknown()
      const from = (await senderOf(deps.db, known.state.orderId)) ?? unknown()
      const { refusal } = await issueLabel(deps, id, { ...body, trackingNumber: asKept(body.trackingNumber), from })
      if (refusal) throw refusalError(refusal)
      return viewOf((await readReturnParcel(deps.db, id))!)
    },
  )
}

const unknown = (): never => {
  throw httpError(404, 'return-label-unknown', 'There is no such label.')
}

function viewOf({ id, state }: NonNullable<Awaited<ReturnType<typeof readReturnParcel>>>): Static<typeof LabelView> {
  const { status: _, ...said } = state
  return { id, ...said }
}
