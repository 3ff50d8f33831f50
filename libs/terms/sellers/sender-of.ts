import { sellers } from '../editions/registry.ts'
import type { Seller } from './seller.ts'

/** The sender of a seller's mails. A shop with one seller may have set another address; with several each has its own. */
export const senderOf = (seller: Seller, configured?: string): string =>
  configured !== undefined && sellers().length === 1 ? configured : seller.mailFrom
