/** How long an authorisation lasts, where a test wants it shorter than the provider's. */
export type AuthorisationLife = {
  minutes: number
  /** Whether the shop can have it last longer; false is as if it had been extended for as long as the provider does. */
  extensible: boolean
}

/** How long the authorisation of one of the shop's orders, by its id, lasts; undefined for the provider's own time. */
export type LifeOf = (orderId: string) => AuthorisationLife | undefined
