import type { countAddressAt } from '@vilkar/server/limits.ts'

/** What every door by link has: it is open, and counts who asks. */
export type ByLink = { onRequest: ReturnType<typeof countAddressAt>; config: { access: 'public' } }
