import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Policy } from '../../privacy/policy.ts'
import { type PolicyId, policyOf } from './policies.ts'

/**
 * A privacy policy as it was at a time. `since` is its date as printed, or the day on which it was first seen where it bears none.
 * `sha256` is over its text and its rules, lowercase hex; findings are ours and no part of it.
 */
export type PolicyEdition = {
  id: string
  controller: PolicyId
  policy: Policy
  since: string
  dated: 'printed' | 'first-seen'
  sha256: string
}

/** Of policies that bear no date: when each was first seen, ISO 8601. */
const firstSeenOn: Partial<Record<PolicyId, string>> = { smarti: '2026-11-27' }

/** Citations are told by their place: what a law says is no part of a policy. */
const asPlace = (key: string, value: unknown) =>
  key === 'cites' ? (value as { act: string; section: string }[]).map(({ act, section }) => `${act} ${section}`) : value

/** The hash over text and rules: the same for the same promises, however they are written down. */
export function hashOf({ findings: _, ...promised }: Policy): string {
  const rules = JSON.parse(JSON.stringify(promised, asPlace))
  return createHash('sha256').update(canonicalize(rules)!).digest('hex')
}

function editionOf(controller: PolicyId): PolicyEdition {
  const policy = policyOf(controller)
  const since = policy.version ?? firstSeenOn[controller]
  if (since === undefined) throw new RangeError(`The policy of ${controller} has no date and was never seen.`)
  const dated = policy.version === undefined ? 'first-seen' : 'printed'
  return { id: `${controller}/${since}`, controller, policy, since, dated, sha256: hashOf(policy) }
}

const known = new Map<PolicyId, readonly PolicyEdition[]>()

/** The editions of a controller's policy, oldest first: of each controller one is known as yet. */
export const policyEditions = (controller: PolicyId): readonly PolicyEdition[] =>
  known.getOrInsertComputed(controller, () => [editionOf(controller)])

/** The one that is in force. */
export const currentPolicy = (controller: PolicyId): PolicyEdition => policyEditions(controller).at(-1)!
