import type { ParcelReport, Taker } from '@vilkar/contracts/shipping-parcel.ts'

/** What a carrier tells of a parcel, once: `code` is its own word, and what that means stands in its table. */
export type CarrierEvent = {
  /** What makes it the same event when it is told again: the carrier's id of it, or what it consists of. */
  key: string
  code: string
  /** RFC 3339; left out when what was told cannot be read as a moment. */
  occurredAt?: string
  /** A terminal, a pickup point, a town, as the carrier calls it. */
  place?: string
  /** Where a parcel was put down, in the carrier's words: `NEIGHBOR`, `FRONT DOOR`. */
  leftAt?: string
  detail?: string
  /** The one of several packages under one number that it was told of, of a code that no table has: all of them were not taken by it. */
  package?: string
  /** Who signed for it. Personal. */
  receivedBy?: string
}

/**
 * What a code says. `report`: where the parcel is. `takenBy`: who has it, one of the law's kinds. `delivered`: somebody took it, and
 * only what comes with the code may say who; otherwise nobody knows and no period begins. `nothing`: of the parcel's way it says
 * nothing, such as a text message that was sent.
 */
export type Meaning = { report: ParcelReport } | { takenBy: Taker } | 'delivered' | 'nothing'
export type CodeTable = Readonly<Record<string, Meaning>>

/** What a call from a carrier asks of us; it says nothing that would be believed. */
export type Hint = { trackingNumber: string } | { activate: { subscriptionId: string; secret: string } }

/** How a carrier is asked to call us by itself, for as long as it does. */
export type Subscribing = {
  /** How many parcels one request may name. */
  batch: number
  /** Asks for calls about these parcels; until when they come. Throws when it could not be asked. */
  open(trackingNumbers: string[]): Promise<{ until: string }>
  /** Says that we want what we asked for, to carriers that ask back. */
  activate?(subscriptionId: string, secret: string): Promise<void>
}

/** One carrier with a tracking API. Whatever it answers is read with suspicion; a reading that failed throws. */
export type Carrier = {
  /** Its name here: in addresses, tables and figures. */
  name: string
  /** How warehouses spell it when they dispatch, in lower case. */
  spellings: readonly string[]
  codes: CodeTable
  /** Places where it puts parcels down, in lower case, and who has them then. */
  leftAt?: Readonly<Record<string, Taker>>
  /** The header in which its calls bring our secret. */
  secretHeader: string
  /** All that it tells of a parcel; nothing of one that it does not know yet. */
  read(trackingNumber: string): Promise<CarrierEvent[]>
  /** What a call asks of us; nothing that can be made out is nothing. */
  hints(body: unknown): Hint[]
  subscribing: Subscribing
}

/** A carrier without an API of its own that we read: what it signs is believed. */
export type SigningCarrier = {
  name: string
  spellings: readonly string[]
  codes: CodeTable
  /** As Standard Webhooks writes it: `whsec_` and base64. */
  secret: string
}
export type AnyCarrier = Carrier | SigningCarrier
export const signs = (carrier: AnyCarrier): carrier is SigningCarrier => 'secret' in carrier
