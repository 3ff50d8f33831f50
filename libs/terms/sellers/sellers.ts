import type { Seller } from './seller.ts'
import { smartgroup } from './smartgroup/seller.ts'

/** Who sells in this shop. */
export const initialSellers: readonly Seller[] = [smartgroup]
