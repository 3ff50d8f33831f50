import type { Reason } from '@vilkar/terms/ruling/ruling.ts'

const MAX_REASONS = 50

/** All reasons with what they cite that stand anywhere in values of JSON, each once. */
export function reasonsIn(value: unknown): Reason[] {
  const found = new Map<string, Reason>()
  const search = (each: unknown) => {
    if (typeof each !== 'object' || each === null || found.size >= MAX_REASONS) return
    if (isReason(each)) found.set(JSON.stringify(each), { code: each.code, cites: each.cites })
    else for (const part of Object.values(each)) search(part)
  }
  search(value)
  return [...found.values()]
}

const isReason = (value: object): value is Reason =>
  'code' in value &&
  typeof value.code === 'string' &&
  'cites' in value &&
  Array.isArray(value.cites) &&
  value.cites.length > 0
