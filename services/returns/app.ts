import { alarmRoutes } from '@vilkar/alarms/routes.ts'
import { createServer, type Doors } from '@vilkar/server/http.ts'
import { alarmKinds } from './alarms/kinds.ts'
import type { Deps } from './deps.ts'
import { eligibility } from './order-facts/http/eligibility.ts'
import { proofOfSending } from './withdrawal/http/proof-of-sending.ts'
import { returns } from './withdrawal/http/returns.ts'
import { withdraw } from './withdrawal/http/withdraw.ts'

/** The returns service's doors: what `service.ts` runs and tests inject into. */
export async function createApp(deps: Deps & { doors: Doors }) {
  const server = await createServer({
    title: 'Vilkår returns',
    description: 'What a customer may return, until when and why; withdrawals, and the refunds that they end in.',
    log: deps.log,
    ...deps.doors,
  })
  eligibility(server, deps)
  withdraw(server, deps)
  returns(server, deps)
  proofOfSending(server, deps)
  alarmRoutes(server, deps, alarmKinds)
  return server
}
