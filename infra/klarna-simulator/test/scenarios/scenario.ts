import type { Shop } from '../shop.ts'

/** One piece of behaviour: what is given, and what the adapter makes of it. */
export type Scenario = {
  says: string
  run(shop: Shop): Promise<void>
  /** What the simulator complains of, since the scenario moves money as nobody should. */
  violates?: RegExp
  /** The provider's books do not show our reference. */
  withoutReferences?: boolean
}
