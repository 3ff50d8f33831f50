import type { RecallScope } from '@vilkar/contracts/shipping-serials.ts'
import { invalidField } from '@vilkar/server/problems.ts'
import type { Static } from 'typebox'
import { asNumber } from '../../shipment/numbers.ts'
import { isRange, type Scope } from '../../shipment/recalled.ts'

/** Which units a recall is of, as it is kept: numbers in capitals, and each range from its lower end. */
export function scopeIn({ lotNumbers, serialNumbers }: Static<typeof RecallScope>): Scope {
  const ranges = serialNumbers?.map(({ from, to }) => ({ from: asNumber(from), to: asNumber(to) }))
  for (const [at, range] of (ranges ?? []).entries())
    if (!isRange(range)) throw invalidField(`body.serialNumbers.${at}.to`, 'is before the number that it begins with')
  return {
    ...(lotNumbers && { lotNumbers: lotNumbers.map(asNumber) }),
    ...(ranges && { serialNumbers: ranges }),
  }
}
