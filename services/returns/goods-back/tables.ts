import type { Address } from '@vilkar/contracts/parts.ts'
import type { ReceivedUnit, ReturnUnitsReceived } from '@vilkar/contracts/shipping-returns.ts'
import type { Json } from '@vilkar/server/postgres.ts'

/** The tables of goods that come back, as types. */
export type GoodsBackTables = {
  return_label: {
    case_id: string
    id: string
    order_id: string
    requested_at: string
    carrier: string | null
    tracking_number: string | null
    code: string | null
    valid_until: string | null
    issued_at: string | null
    personal: Json<{ from?: Address }>
  }
  parcel_back: {
    id: string
    case_id: string
    order_id: string
    carrier: string
    tracking_number: string
    scanned_at: string | null
    arrived_at: string | null
    look_at: string | null
  }
  goods_received: {
    id: string
    parcel_id: string
    case_id: string
    order_id: string
    received_at: string
    content: ReturnUnitsReceived['data']['content']
    units: Json<ReceivedUnit[]>
    /** `unsettled`: no case took it, and a person is to say what becomes of it by `due_on`. */
    status: 'waiting' | 'applied' | 'unsettled' | 'settled'
    outcome: string | null
    look_at: string | null
    due_on: string | null
    personal: Json<ReturnUnitsReceived['data']['personal'] & { settledBy?: string; done?: string }>
  }
}
