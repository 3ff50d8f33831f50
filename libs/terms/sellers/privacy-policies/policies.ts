import type { Policy } from '../../privacy/policy.ts'
import { smartgroup } from './smartgroup.ts'
import { smarti } from './smarti.ts'
import { smartorg } from './smartorg.ts'
import { smartphoto } from './smartphoto.ts'

const policies = { smartgroup, smartphoto, smarti, smartorg }

/** The companies whose privacy policies are known. */
export type PolicyId = keyof typeof policies
export const policyIds = Object.keys(policies) as PolicyId[]
export const isPolicyId = (id: string): id is PolicyId => Object.hasOwn(policies, id)

/** A company's privacy policy as data. */
export const policyOf = (id: PolicyId): Policy => policies[id]
