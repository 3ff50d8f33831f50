import { belgianVatCode } from '../statute/belgian-vat-code.ts'
import { bokforingsloven } from '../statute/bokforingsloven.ts'
import type { Policy, RetentionRule } from './policy.ts'

/** The category of what accounts need of a person when all else of it is gone. */
export const ACCOUNTING = 'accounting'

const rule = (duty: 'bookkeeping' | 'bookkeeping-belgian', cite: RetentionRule['cites'][0]): RetentionRule[] => [
  { from: ['document'], keep: { asDuties: true }, duties: [duty], cites: [cite] },
]
/** By the country in which a controller has its seat, ISO 3166-1. */
const atTheSeat: Readonly<Record<string, readonly RetentionRule[]>> = {
  NO: rule('bookkeeping', bokforingsloven('§ 13')),
  BE: rule('bookkeeping-belgian', belgianVatCode('Art. 60 § 4')),
}

/**
 * The rules for a category: those of the policy; of accounts that it does not name those of the law where its controller has its seat.
 * None for a category that nobody names.
 */
export function rulesFor({ retention, controller }: Policy, category: string): readonly RetentionRule[] {
  if (Object.hasOwn(retention, category)) return retention[category]!
  return (category === ACCOUNTING && atTheSeat[controller.country]) || []
}
