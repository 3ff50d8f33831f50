import type { Json } from '@vilkar/server/postgres.ts'
import type { Generated } from 'kysely'
import type { ReturnParcel } from './state.ts'

/** The table of parcels that go back, as a type. */
export type ReturnFreightTables = {
  return_parcel: {
    id: string
    return_id: string
    order_id: string
    carrier: string | null
    tracking_number: string | null
    version: Generated<number>
    state: Json<ReturnParcel>
    book_due_at: string | null
    failures: Generated<number>
  }
}
