import { runService } from '@vilkar/server/run-service.ts'

await runService(async () => {
  const { connectNats } = await import('@vilkar/messaging/wire/nats-wire.ts')
  const { systemClock } = await import('@vilkar/server/clock.ts')
  const { readConfig } = await import('@vilkar/server/config.ts')
  const { createLog } = await import('@vilkar/server/log.ts')
  const { Config } = await import('./config.ts')
  const { startPrivacy } = await import('./service.ts')

  const config = readConfig(Config, process.env)
  const wire = connectNats({ servers: config.NATS_URL, log: createLog('privacy', config.LOG_LEVEL) })
  const service = await startPrivacy(config, { wire, clock: systemClock })
  return { stop: () => service.stop().then(() => wire.close()) }
})
