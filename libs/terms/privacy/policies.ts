import { smartgroup } from './policies/smartgroup.ts'
import { smarti } from './policies/smarti.ts'
import { smartorg } from './policies/smartorg.ts'
import { smartphoto } from './policies/smartphoto.ts'
import type { Policy, PolicyId } from './policy.ts'

const policies: Readonly<Record<PolicyId, Policy>> = { smartgroup, smartphoto, smarti, smartorg }

/** A seller's privacy policy as data. */
export const policyOf = (id: PolicyId): Policy => policies[id]
