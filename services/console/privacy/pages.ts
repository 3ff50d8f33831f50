import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { showNoService } from './frame.ts'
import { breachPages } from './http/breaches.ts'
import { erasurePages } from './http/erasures.ts'
import { holdPages } from './http/holds.ts'
import { policyPages } from './http/policies.ts'
import { registerPages } from './http/registers.ts'
import { requestPages } from './http/requests.ts'
import { retentionPages } from './http/retention.ts'

/** All pages of the privacy desk. Where no privacy service is attached, each says so and asks nobody. */
export async function privacyPages(server: FastifyInstance, deps: Pick<Deps, 'db' | 'clock' | 'config'>) {
  await server.register(async (scope) => {
    if (deps.config.PRIVACY_URL === undefined)
      scope.addHook('preHandler', async ({ view }, reply) => showNoService(view, reply))
    requestPages(scope, deps)
    retentionPages(scope, deps)
    holdPages(scope, deps)
    erasurePages(scope, deps)
    registerPages(scope, deps)
    breachPages(scope, deps)
    policyPages(scope)
  })
}
