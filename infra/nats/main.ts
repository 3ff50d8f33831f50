/** The broker's operator as a process: it makes the streams and the durables, and makes them anew when they are gone. */
import { createServer } from 'node:http'
import { startOperator } from '@vilkar/messaging/wire/nats-operator.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { createLog } from '@vilkar/server/log.ts'
import { runService } from '@vilkar/server/run-service.ts'
import { Config } from './config.ts'

await runService(async () => {
  const { NATS_URL, NATS_REPLICAS: replicas, LOG_LEVEL, HOST, PORT } = readConfig(Config, process.env)
  const operator = startOperator({ servers: NATS_URL, replicas, log: createLog('operator', LOG_LEVEL) })
  // Whoever runs it asks GET /health/ready, as of the services; every other path answers the same.
  const health = createServer((_request, response) => response.writeHead(operator.isDone() ? 204 : 503).end())
  health.listen(PORT, HOST)
  return {
    async stop() {
      health.close()
      await operator.stop()
    },
  }
})
