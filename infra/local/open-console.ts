import { Config } from '@vilkar/console/config.ts'
import { startConsole } from '@vilkar/console/service.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'

type Told = {
  port: number
  clock: Clock
  services: { orders: string; shipping: string; returns: string; privacy: string }
  issuer: string
  databaseUrl: string
  ownerUrl: string
  logLevel: string
}

/** Pages for people over the services, which are asked as whoever signs in at the issuer; answers where. */
export async function openConsole(opening: AsyncDisposableStack, told: Told) {
  const { port, clock, services, issuer, databaseUrl, ownerUrl, logLevel } = told
  const config = readConfig(Config, {
    ...{ PORT: String(port), DATABASE_URL: databaseUrl, MIGRATION_DATABASE_URL: ownerUrl, LOG_LEVEL: logLevel },
    ...{ ORDERS_URL: services.orders, SHIPPING_URL: services.shipping, RETURNS_URL: services.returns },
    PRIVACY_URL: services.privacy,
    ...{ AUTH_ISSUER: issuer, SHOP_CLIENT_ID: 'shop', SHOP_CLIENT_SECRET: 'local-only' },
    ...{ MY_DATA_CLIENT_ID: 'customer-pages', MY_DATA_CLIENT_SECRET: 'local-only' },
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    RATE_LIMIT_PER_MINUTE: '100000',
    SESSION_SECRETS: 'local-only-local-only-local-only-local',
  })
  const started = await startConsole(config, { clock })
  opening.defer(() => started.stop())
  return started.url
}
