import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import { ReturnUnitsReceived } from '@vilkar/contracts/shipping-returns.ts'
import type { Kysely } from 'kysely'
import { type Static, Type } from 'typebox'
import type { Database } from '../../database.ts'
import { type Inbound, isUnsettled } from '../inbound.ts'
import { inboundOf, inboundsOf, type ParcelRow } from '../store.ts'

const found = ReturnUnitsReceived.properties.data.properties.units.items.properties
export const { seal, complete, wear } = found
export const Content = ReturnUnitsReceived.properties.data.properties.content

/** A parcel that came in, as staff and the warehouse see it. */
export const InboundView = Type.Object(
  {
    id: Id,
    status: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
    receivedAt: Instant,
    trackingNumber: Type.Optional(Type.String()),
    orderNumber: Type.Optional(Type.String()),
    orderId: Type.Optional(Id),
    returnId: Type.Optional(Type.String({ ...Id, description: 'The return that the parcel is of.' })),
    content: Type.Optional(Content),
    unsettled: Type.Boolean({ description: 'A person is to say by `dueOn` what becomes of it.' }),
    dueOn: Type.Optional(Day),
    assignee: Type.Optional(Type.String()),
    settledAt: Type.Optional(Type.String()),
    done: Type.Optional(Type.String({ description: 'What became of it, as a person says.' })),
    note: Type.Optional(Type.String()),
    units: Type.Array(
      Type.Object({
        ...{ unitId: Id, returnId: Type.Optional(Id), lineId: Type.Optional(Type.String()) },
        sku: Type.Optional(Type.String()),
        received: Type.Boolean({ description: 'Returns was told of it.' }),
        ...{ seal, complete, wear, originalPackaging: Type.Boolean(), fitForSale: Type.Boolean() },
        neverSent: Type.Optional(
          Type.Boolean({
            description: 'Its serial number is of no unit that went to the customer: it is another one.',
          }),
        ),
        ...{ serialNumber: Type.Optional(Type.String()), note: Type.Optional(Type.String()) },
      }),
      { description: 'One without `returnId` is of no return that has room for it: a wrong unit, or one too many.' },
    ),
  },
  { title: 'InboundParcel' },
)

type View = Static<typeof InboundView>
export const viewOf = async (db: Kysely<Database>, row: ParcelRow): Promise<View> => seen(row, await inboundOf(db, row))

/** Parcels as they are seen in a list, in its order. */
export async function viewsOf(db: Kysely<Database>, rows: readonly ParcelRow[]): Promise<View[]> {
  const parcels = await inboundsOf(db, rows)
  return rows.map((row, n) => seen(row, parcels[n]!))
}

function seen(row: ParcelRow, parcel: Inbound): View {
  const moment = (at: string | null) => (at === null ? undefined : Temporal.Instant.from(at).toString())
  return {
    ...{ id: row.id, status: row.status, receivedAt: parcel.receivedAt, orderId: parcel.orderId },
    ...{ trackingNumber: row.tracking_number ?? undefined, orderNumber: row.order_number ?? undefined },
    ...{ returnId: parcel.returnId, content: parcel.content, note: parcel.note, dueOn: row.due_on ?? undefined },
    unsettled: row.settled_at === null && isUnsettled(parcel),
    ...{ assignee: row.assignee ?? undefined, settledAt: moment(row.settled_at), done: row.personal.done },
    units: parcel.units.map(({ unitId, returnId, lineId, receiptId, facts, serialNumber, note }) => ({
      ...{ unitId, returnId, lineId, ...facts, received: receiptId !== undefined, serialNumber, note },
    })),
  }
}
