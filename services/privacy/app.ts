import { serviceAlarmKinds } from '@vilkar/alarms/kinds.ts'
import { alarmRoutes } from '@vilkar/alarms/routes.ts'
import { createServer, type Doors } from '@vilkar/server/http.ts'
import { webhookRoutes } from '@vilkar/webhooks/routes.ts'
import type { Deps } from './deps.ts'
import { erasures } from './erasure/http/erasures.ts'
import { policies } from './policies/http/policies.ts'

/** All that people are called for here. */
export const alarmKinds = [...serviceAlarmKinds] as const

/** The privacy service's doors: what `service.ts` runs and tests inject into. */
export async function createApp(deps: Deps & { doors: Doors }) {
  const server = await createServer({
    title: 'Vilkår privacy',
    description: 'What the privacy policies promise, and how that is kept: erasure, requests, consent and registers.',
    log: deps.log,
    ...deps.doors,
  })
  policies(server)
  erasures(server, deps)
  alarmRoutes(server, deps, alarmKinds)
  webhookRoutes(server, { db: deps.db, clock: deps.clock, service: 'privacy', insecure: deps.insecureWebhooks })
  return server
}
