import type { countAddressAt } from '@vilkar/server/limits.ts'

/** What every door by link has: it is open, and counts who asks. */
export type ByLink = { config: { access: 'public' }; onRequest: ReturnType<typeof countAddressAt> }
export const tags = ['linked order']
