import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ReceivedUnit } from '@vilkar/contracts/shipping-returns.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { Generated } from 'kysely'

export type Content = 'units' | 'empty' | 'wrong-goods'
/** A unit as it was found. */
export type UnitFacts = Pick<ReceivedUnit, 'seal' | 'complete' | 'wear' | 'originalPackaging' | 'fitForSale'> & {
  sku?: string
  /** Its serial number is of no unit that was sent to the customer whose return it came in: another thing of the same product. */
  neverSent?: true
}

/** The tables of what comes in, as types. */
export type InboundTables = {
  expected_return: {
    return_id: string
    order_id: string
    kind: 'withdrawal' | 'voluntary-return' | 'complaint'
    lines: Json<LinePart[]>
    closed_at: string | null
    received_at: string | null
  }
  inbound_parcel: {
    id: string
    order_id: string | null
    return_id: string | null
    tracking_number: string | null
    order_number: string | null
    status: 'open' | 'closed'
    content: Content | null
    received_at: string
    closed_at: string | null
    due_on: string | null
    settled_at: string | null
    assignee: string | null
    version: Generated<number>
    personal: Json<{ by: string; note?: string; settledBy?: string; done?: string }>
  }
  inbound_unit: {
    id: string
    parcel_id: string
    return_id: string | null
    line_id: string | null
    receipt_id: string | null
    scanned_at: string
    facts: Json<UnitFacts>
    personal: Json<{ by: string; serialNumber?: string; note?: string }>
  }
}
