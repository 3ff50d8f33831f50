import type { Caller } from '@vilkar/server/auth.ts'
import { httpError } from '@vilkar/server/problems.ts'

/** What looks into what is held of people, or changes it for them, is for staff. Throws 403. */
export function onlyStaff({ scopes }: Caller) {
  if (!scopes.has('staff')) throw httpError(403, 'scope-missing', 'This needs a token with the scope "staff".')
}
