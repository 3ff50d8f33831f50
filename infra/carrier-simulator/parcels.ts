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
