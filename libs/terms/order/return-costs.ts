import type { LineFacts } from './facts.ts'
import type { EntitlementQuery, LineRights } from './line-entitlements.ts'

type Bulky = Pick<LineFacts, 'bulky'>

/**
 * What `returnCost` of the terms asks of goods that go back together: whether some of them cannot normally be returned by post, and whether
 * the cost of sending each such thing back was told as an amount. Source: angrerettloven § 8 første ledd bokstav i.
 */
export const bulkyAmong = (lines: readonly Bulky[]) => ({
  bulky: lines.some(({ bulky }) => bulky !== undefined),
  amountDisclosed: lines.every(({ bulky }) => bulky === undefined || bulky.returnCost !== undefined),
})

/**
 * Who pays for the way back of lines that go back together: of a withdrawal the seller as soon as they pay for one of them. What a business
 * agreed to pay it pays; a consumer pays no more than the law lets them (angrerettloven §§ 8, 9 and 25).
 */
export function costsOf({
  facts,
  terms,
  agreed: { returnCost: agreed },
}: Pick<EntitlementQuery, 'facts' | 'terms' | 'agreed'>) {
  const byAgreement = agreed?.value === 'customer' && facts.customerKind === 'business'
  const sellerAgreedToBear = agreed?.value === 'seller'
  const because = (cost: LineRights['returnCost']) => ({
    bearer: cost.bearer,
    reasons: agreed?.value === cost.bearer ? [...cost.reasons, agreed.reason] : cost.reasons,
  })
  const ofOffer = terms.voluntaryRefund({ lines: [] }).returnCost
  return {
    withdrawalCost: (lines: readonly Bulky[]) => {
      const told = byAgreement ? { disclosed: true } : { disclosed: facts.disclosures.returnCost, ...bulkyAmong(lines) }
      return because(terms.returnCost({ ...told, sellerAgreedToBear }))
    },
    voluntaryCost: because(sellerAgreedToBear ? { bearer: 'seller', reasons: [] } : ofOffer),
  }
}
