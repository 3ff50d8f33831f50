import type { EntitlementQuery, LineRights } from './line-entitlements.ts'

/** Who pays for the way back. What a business agreed to pay it pays; a consumer pays no more than the law lets them (angrerettloven § 25). */
export function costsOf({
  facts,
  terms,
  agreed: { returnCost: agreed },
}: Pick<EntitlementQuery, 'facts' | 'terms' | 'agreed'>) {
  const disclosed = facts.disclosures.returnCost || (agreed?.value === 'customer' && facts.customerKind === 'business')
  const sellerAgreedToBear = agreed?.value === 'seller'
  const because = (cost: LineRights['returnCost']) => ({
    bearer: cost.bearer,
    reasons: agreed?.value === cost.bearer ? [...cost.reasons, agreed.reason] : cost.reasons,
  })
  const ofOffer = terms.voluntaryRefund({ lines: [] }).returnCost
  return {
    withdrawalCost: because(terms.returnCost({ disclosed, sellerAgreedToBear })),
    voluntaryCost: because(sellerAgreedToBear ? { bearer: 'seller', reasons: [] } : ofOffer),
  }
}
