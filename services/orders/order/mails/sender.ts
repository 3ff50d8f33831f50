import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { senderOf } from '@vilkar/terms/sellers/sender-of.ts'
import type { Settings } from '../../config.ts'
import type { StoredOrder } from '../state.ts'

/** Who sends the mails about an order: its seller. */
export const senderOfOrder = ({ state }: StoredOrder, { mailFrom }: Pick<Settings, 'mailFrom'>) =>
  senderOf(sellerOf(state.placed.terms.edition), mailFrom)
