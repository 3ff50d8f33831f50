import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import { startService } from '@vilkar/server/service.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { Deps } from './deps.ts'
import { react } from './shipment/reactions/react.ts'

export const migrations = new URL('./migrations', import.meta.url)

/** The shipping service, wired and listening. */
export const startShipping = (config: Config, { wire, clock }: { wire: Wire; clock: Clock }) =>
  startService<Database>(
    { name: 'shipping', config, wire, clock, migrations },
    async ({ db, log, verifyToken, wakeRelay }) => {
      const deps: Deps = { db, clock, log, wake: wakeRelay }
      const server = await createApp({
        ...deps,
        verifyToken,
        rateLimitPerMinute: config.RATE_LIMIT_PER_MINUTE,
        trustedProxies: config.TRUSTED_PROXIES,
      })
      return { server, listensTo: ['orders'], react, afterCommit: wakeRelay }
    },
  )
