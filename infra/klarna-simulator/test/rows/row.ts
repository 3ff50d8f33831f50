import type { Shop } from '../shop.ts'

/**
 * One line of the table of behaviour: what is given, and what the adapter makes of it. Its number is that of the table in
 * which the rows were agreed.
 */
export type Row = {
  row: number
  says: string
  run(shop: Shop): Promise<void>
  /** What the simulator complains of, since the row moves money as nobody should. */
  violates?: RegExp
  /** The provider's books do not show our reference. */
  withoutReferences?: boolean
}
