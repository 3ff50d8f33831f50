import type { Address } from '@vilkar/contracts/parts.ts'
import type { ReturnLabelIssued, ReturnParcelArrived, ReturnParcelScanned } from '@vilkar/contracts/shipping-returns.ts'

/** The facts of a parcel that goes back. Moments are RFC 3339. */
export type ReturnParcel = {
  /** `requested`: a label is awaited. `known`: somebody said that it was sent. */
  status: 'requested' | 'known' | 'issued' | 'scanned' | 'arrived'
  returnId: string
  orderId: string
  requestedAt: string
  carrier?: string
  trackingNumber?: string
  code?: string
  validUntil?: string
  scannedAt?: string
  arrivedAt?: string
}

type Command<Type extends string, Data> = { type: Type; data: { parcelId: string; at: string } & Data }
export type ReturnParcelCommand =
  /** A carrier takes it, or a person has seen to it that one does. `from` is whom it comes from. */
  | Command<
      'IssueLabel',
      { carrier: string; trackingNumber: string; code?: string; validUntil?: string; from: Address }
    >
  | Command<'HearScan', { scannedAt: string }>
  | Command<'HearArrival', { arrivedAt: string }>
export type ReturnParcelEvent = ReturnLabelIssued | ReturnParcelScanned | ReturnParcelArrived
