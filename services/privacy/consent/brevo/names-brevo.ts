import { sharing } from '@vilkar/terms/privacy/sharing.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'

/** Whether a policy lets Brevo have an address, once its owner consented. */
export const namesBrevo = (controller: PolicyId) =>
  sharing(policyOf(controller), { recipients: ['Brevo'], consent: true, fields: ['email'] }).outcome === 'granted'
