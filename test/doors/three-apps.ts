import type { Door } from '@vilkar/server/auth.ts'
import { type Doors, healthRoutes, type Server } from '@vilkar/server/http.ts'
import { inertDeps } from '../../infra/docs/inert.ts'
import { createApp as createOrders } from '../../services/orders/app.ts'
import { createApp as createPrivacy } from '../../services/privacy/app.ts'
import { createApp as createReturns } from '../../services/returns/app.ts'
import { createApp as createShipping } from '../../services/shipping/app.ts'

type App = Server
/** Doors that count who asks before they look at anything are let count. */
const COUNTED = {
  functionRequestsPerMinute: 1_000_000,
  factsRequestsPerMinute: 1_000_000,
  linkRequestsPerMinute: 1_000_000,
}
const create: Record<string, (deps: never) => Promise<App>> = {
  orders: createOrders as never,
  shipping: createShipping as never,
  returns: createReturns as never,
  privacy: createPrivacy as never,
}

/** A door of a service: `name` is the service, method and path as `public-doors.ts` and a test's message write them. */
export type DoorOf = Door & { service: string; app: App; name: string }

/**
 * The services' routes in this process, with nothing behind them: whatever a handler would work with throws, so an
 * answer other than 500 was given before any handler did anything.
 */
export async function openDoors(doors: Doors): Promise<{ doors: DoorOf[]; close: () => Promise<unknown> }> {
  const apps: [string, App][] = []
  for (const [service, createApp] of Object.entries(create)) {
    const app = await createApp(
      inertDeps({ doors, settings: COUNTED, consent: { pageRequestsPerMinute: 1_000_000 } }) as never,
    )
    healthRoutes(app, async () => {})
    await app.ready()
    apps.push([service, app])
  }
  return {
    doors: apps.flatMap(([service, app]) =>
      app.doors.map((door) => ({ ...door, service, app, name: `${service} ${door.method} ${door.url}` })),
    ),
    close: () => Promise.all(apps.map(([, app]) => app.close())),
  }
}

const AN_ID = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'
/** The path of a door with something in the place of each parameter: `id` and the like get a UUID. */
export const pathOf = (url: string, id = AN_ID) => url.replaceAll(/:(\w+)/g, (_, name) => (name === 'id' ? id : 'x'))
