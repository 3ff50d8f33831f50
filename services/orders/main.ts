import { connectNats } from '@vilkar/messaging/wire/nats-wire.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { createLog } from '@vilkar/server/log.ts'
import { runService } from '@vilkar/server/service.ts'
import { Config } from './config.ts'
import { startOrders } from './service.ts'

await runService(async () => {
  const config = readConfig(Config, process.env)
  const wire = connectNats({ servers: config.NATS_URL, log: createLog('orders', config.LOG_LEVEL) })
  const service = await startOrders(config, { wire, clock: systemClock })
  return { stop: () => service.stop().then(() => wire.close()) }
})
