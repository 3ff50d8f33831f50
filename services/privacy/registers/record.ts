import type { Keep, Policy } from '@vilkar/terms/privacy/policy.ts'

/** How long something is kept, in words that follow from the rule. */
export function spanOf(keep: Keep): string {
  if ('period' in keep) return said(keep.period)
  if ('hours' in keep) return `${keep.hours} hours`
  if ('min' in keep) return `${said(keep.min)} to ${said(keep.max)}`
  if ('atOnce' in keep) return keep.suppression ? 'gone at once, but for a hash that keeps the wish' : 'gone at once'
  if ('target' in keep) return `without undue delay, within ${said(keep.target)}; backups: ${keep.backups}`
  if ('see' in keep) return `as the ${keep.see} says`
  return 'as long as duties of law say'
}

const said = (period: object) =>
  Object.entries(period)
    .map(([unit, count]) => `${count} ${unit}`)
    .join(', ')

/**
 * What a controller processes, as the record of it has to say: made of the policy that is kept, so that the two cannot differ.
 * Source: GDPR Art. 30(1)(a), (c), (d) and (f).
 */
export const recordOf = (policy: Policy) => ({
  activities: Object.entries(policy.retention).map(([category, rules]) => ({
    category,
    kept: rules.map(({ from, keep, duties = [], cites }) => {
      return { from: [...from], for: spanOf(keep), duties: [...duties], cites: [...cites] }
    }),
  })),
  roles: Object.entries(policy.roles).map(([purpose, { controller, processor, cites }]) => {
    return { purpose, controller, processor, cites: [...cites] }
  }),
  recipients: policy.recipients.map(({ kind, names, basis, minimum, cites }) => {
    return { kind, names: [...names], basis, minimum: [...minimum], cites: [...cites] }
  }),
})
