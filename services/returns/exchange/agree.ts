import type { Refusal } from '@vilkar/decider/decider.ts'
import { sellerOf, termsOf } from '@vilkar/terms/editions/registry.ts'
import type { Terms } from '@vilkar/terms/editions/terms.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { PlacedFacts } from '../order-facts/projection.ts'
import { readVoluntaryReturn } from '../voluntary-return/store.ts'
import { readReturn } from '../withdrawal/store.ts'
import type { CommandData } from './state.ts'

type Part = Pick<CommandData<'AgreeExchange'>, 'right' | 'lines' | 'refundEstimate' | 'reasons'> & {
  orderId: string
  open: boolean
}

/** What goes back, by which right, and what comes back for it: a withdrawal or a voluntary return. Undefined when it is neither. */
export async function partThatGoesBack(trx: Kysely<Database>, returnId: string): Promise<Part | undefined> {
  const withdrawal = await readReturn(trx, returnId)
  if (withdrawal) {
    const { declared, status } = withdrawal.state
    return { right: 'withdrawal', open: status !== 'closed', ...whatOf(declared) }
  }
  const voluntary = await readVoluntaryReturn(trx, returnId)
  if (voluntary === undefined) return undefined
  const { requested, status } = voluntary.state
  return { right: 'voluntary-return', open: status !== 'closed' && status !== 'ended', ...whatOf(requested) }
}

type Declared = Pick<Part, 'orderId' | 'lines' | 'refundEstimate' | 'reasons'>
const whatOf = ({ orderId, lines, refundEstimate, reasons }: Declared) => ({
  ...{ orderId, refundEstimate, reasons },
  lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
})

/** What an order costs, with its delivery, in minor units. */
export const totalOf = ({ lines, delivery }: Pick<PlacedFacts, 'lines' | 'delivery'>) =>
  lines.reduce((sum, { total }) => sum + total, delivery.paid)

/** Why two orders cannot be the parts of one exchange: they do not match, or one of them is over, which is said with what that rests on. */
export function whyNot(original: PlacedFacts, replacing: PlacedFacts, { open }: Part): Refusal | undefined {
  const no = (detail: string) => ({ code: 'exchange-mismatch', detail })
  const over = (detail: string, how: Parameters<Terms['ended']>[0]) => ({
    ...{ code: 'exchange-refused', detail },
    reasons: termsOf(replacing.terms.edition).ended(how).reasons,
  })
  if (original.orderId === replacing.orderId) return no('The new order is the one that the goods go back of.')
  if (original.currency !== replacing.currency) return no('The two orders are in different currencies.')
  if (sellerOf(original.terms.edition).id !== sellerOf(replacing.terms.edition).id)
    return no('The two orders are of different sellers.')
  if (Temporal.Instant.compare(replacing.placedAt, original.placedAt) <= 0)
    return no('The new order is older than the one that the goods go back of.')
  if (replacing.cancelledAt) return over('The new order is cancelled.', 'cancelled')
  return open ? undefined : over('The return is over.', 'returned')
}
