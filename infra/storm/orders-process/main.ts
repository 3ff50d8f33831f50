/** The orders service as the storm kills it: as `services/orders/main.ts`, with the storm's clock and short waits. */
import { connectNats } from '@vilkar/messaging/wire/nats-wire.ts'
import { Config } from '@vilkar/orders/config.ts'
import { startOrders } from '@vilkar/orders/service.ts'
import type { ProviderName } from '@vilkar/payments/providers.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { createLog } from '@vilkar/server/log.ts'
import { runService } from '@vilkar/server/run-service.ts'
import { createFastClock } from '../fast-clock.ts'
import { createProvider } from '../provider.ts'

await runService(async () => {
  const { STORM_STARTED_AT_MS, STORM_PROVIDER_URL = '', ...environment } = process.env
  const config = readConfig(Config, environment)
  const clock = createFastClock(Number(STORM_STARTED_AT_MS))
  const log = createLog('orders', config.LOG_LEVEL)
  const wire = connectNats({ servers: config.NATS_URL, log })
  const provider = createProvider(config.PAYMENT_PROVIDER as ProviderName, { url: STORM_PROVIDER_URL, now: clock.now })
  const service = await startOrders(config, { wire, clock, provider })
  return { stop: () => service.stop().then(() => wire.close()) }
})
