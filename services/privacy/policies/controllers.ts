import { type PolicyId, policyIds } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'

/** Whose privacy policy something goes by: one of those that are known. */
export const ControllerId = Type.Unsafe<PolicyId>(
  Type.Union(
    policyIds.map((id) => Type.Literal(id)),
    { description: 'Whose privacy policy it goes by.' },
  ),
)
