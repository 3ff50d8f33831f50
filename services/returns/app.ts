import type { VerifyToken } from '@vilkar/server/auth.ts'
import { createServer } from '@vilkar/server/http.ts'
import type { Deps } from './deps.ts'
import { eligibility } from './order-facts/http/eligibility.ts'
import { returns } from './withdrawal/http/returns.ts'
import { withdraw } from './withdrawal/http/withdraw.ts'

/** The returns service's doors: what `service.ts` runs and tests inject into. */
export async function createApp(
  deps: Deps & { verifyToken: VerifyToken; rateLimitPerMinute?: number; trustedProxies?: string },
) {
  const server = await createServer({
    title: 'Vilkår returns',
    description: 'What a customer may return, until when and why; withdrawals, and the refunds that they end in.',
    verifyToken: deps.verifyToken,
    log: deps.log,
    rateLimitPerMinute: deps.rateLimitPerMinute,
    trustedProxies: deps.trustedProxies,
  })
  eligibility(server, deps)
  withdraw(server, deps)
  returns(server, deps)
  return server
}
