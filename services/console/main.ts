import { runService } from '@vilkar/server/run-service.ts'

await runService(async () => {
  const { systemClock } = await import('@vilkar/server/clock.ts')
  const { readConfig } = await import('@vilkar/server/config.ts')
  const { Config } = await import('./config.ts')
  const { startConsole } = await import('./service.ts')

  return startConsole(readConfig(Config, process.env), { clock: systemClock })
})
