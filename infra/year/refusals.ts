import type { Answer } from '@vilkar/local/shopper.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'

/** A right that is refused says so by such a problem. */
const REFUSED = /-refused$/

/**
 * Whether somebody who is told this can look up why: each reason cites a numbered sentence of the terms or a section of an Act, and beside it at
 * the most what was agreed with this customer.
 */
export const isCited = (reasons: unknown): boolean =>
  Array.isArray(reasons) &&
  reasons.length > 0 &&
  (reasons as Partial<Reason>[]).every(
    ({ cites = [] }) =>
      cites.some((cite) => 'clause' in cite || 'section' in cite) &&
      cites.every((cite) => 'clause' in cite || 'section' in cite || 'agreement' in cite),
  )

/** Every refusal that anybody was answered with over HTTP. */
export function createRefusals() {
  const uncited: string[] = []
  let count = 0
  return {
    look(what: string, { status, body }: Answer) {
      if (status !== 409 || !REFUSED.test(body?.type ?? '')) return
      count += 1
      if (!isCited(body.reasons)) uncited.push(`${what}: ${JSON.stringify(body)}`)
    },
    count: () => count,
    uncited: () => uncited as readonly string[],
  }
}
