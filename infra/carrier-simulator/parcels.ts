import type { Fate } from './fates.ts'

export type CarrierName = 'bring' | 'ups' | 'dhl'
export const carrierNames: readonly CarrierName[] = ['bring', 'ups', 'dhl']

/** What happens to a parcel, in the carrier's own code: `DELIVERED`, `D/FS`, `delivered`. */
export type Happening = {
  code: string
  occurredAt: string
  place?: string
  /** Who signed. */
  signedBy?: string
  /** Where UPS left it. */
  leftAt?: string
  description?: string
}

/** A carrier with an API, or one that signs what it tells. */
export type MisbehavingCarrier = CarrierName | 'signed'

/** A parcel that sets out: to whom, from when on, and by which seed; a fate that is named is no chance. */
export type SetOut = {
  carrier: MisbehavingCarrier
  number: string
  seed: string
  from: string
  addressee: string
  fate?: Fate
  /** Where a carrier that signs calls, and its secret as Standard Webhooks writes it. */
  hook?: { url: string; secret: string }
}

/** All parcels of all carriers, each with what happened to it in the order in which it was told. */
export function createParcels() {
  const parcels = new Map<string, Happening[]>()
  const nameOf = (carrier: CarrierName, number: string) => `${carrier} ${number}`
  return {
    add(carrier: CarrierName, number: string, happening: Happening) {
      parcels.getOrInsertComputed(nameOf(carrier, number), () => []).push(happening)
    },
    of: (carrier: CarrierName, number: string) => parcels.get(nameOf(carrier, number)),
  }
}
export type Parcels = ReturnType<typeof createParcels>

/** Carriers tell the newest first. */
export const newestFirst = (happenings: Happening[]) =>
  happenings.toSorted((one, other) => Temporal.Instant.compare(other.occurredAt, one.occurredAt))
