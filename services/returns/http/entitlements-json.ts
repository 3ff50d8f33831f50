import type { OrderEntitlements } from '@vilkar/terms/entitlements.ts'
import type { Reason } from '@vilkar/terms/ruling.ts'

// The reasons are constants of the clause files, and nine tenths of an answer's text: each is written once per process.
const written = new WeakMap<Reason, string>()
const reasonsJson = (reasons: readonly Reason[]) =>
  `[${reasons.map((reason) => written.getOrInsertComputed(reason, JSON.stringify)).join(',')}]`

/** `JSON.stringify` of entitlements, several times as fast. */
export const entitlementsJson = (entitlements: Partial<OrderEntitlements>): string => json(entitlements)

function json(value: object): string {
  if (Array.isArray(value)) return `[${value.map(valueJson).join(',')}]`
  let members = ''
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue
    members += `${members && ','}"${key}":${key === 'reasons' ? reasonsJson(member) : valueJson(member)}`
  }
  return `{${members}}`
}

const valueJson = (value: unknown): string =>
  typeof value === 'object' && value !== null ? json(value) : JSON.stringify(value)
