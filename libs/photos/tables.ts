import type { Json } from '@vilkar/server/postgres.ts'
import type { Generated, Kysely } from 'kysely'

/**
 * The table of pictures that a service has: one row a picture of a case. `stored_at`: the file is written, and shown. `leaving_at`: it
 * is to go, and is shown to nobody. `gone_at`: the file is gone, and its hash with it.
 */
export type PhotoTables = {
  photo: {
    id: string
    case_id: string
    order_id: string | null
    sha256: string | null
    width: number
    height: number
    bytes: number
    added_at: string
    stored_at: Generated<string | null>
    leaving_at: Generated<string | null>
    gone_at: Generated<string | null>
    personal: Json<{ addedBy?: string }>
  }
}

/** Who added a picture, where it was the customer: how they came to the door is not kept. All others are kept by who they are. */
export const BY_CUSTOMER = 'customer'

/** A service's database, seen as one that has pictures. */
export const photosOf = (db: unknown) => db as Kysely<PhotoTables>
