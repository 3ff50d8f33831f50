import { createProgress } from '@vilkar/messaging/progress.ts'
import { createPool } from '@vilkar/server/postgres.ts'
import Fastify from 'fastify'
import t from 'tap'
import { createMetrics } from '../metrics.ts'
import { alarmGauge, eventGauges } from '../service-gauges.ts'

const NOWHERE = 'postgres://nobody:none@127.0.0.1:9/none'

t.test('while the database is away the rest is told, and that it is; old figures are not', async (t) => {
  const pool = createPool(NOWHERE)
  t.teardown(() => pool.end())
  const silent = { info() {}, warn() {}, error() {} }
  const metrics = createMetrics({
    ...{ service: 'orders', pool, server: Fastify(), progress: createProgress() },
    ...{ databaseUrl: NOWHERE, gauges: [...eventGauges, alarmGauge(['dead-letter'])] },
    ...{ now: () => '2026-06-01T00:00:00Z', log: silent },
  })
  t.teardown(() => metrics.close())
  const text = await metrics.text()
  t.match(text, 'vilkar_database_readable{service="orders"} 0')
  t.match(text, /^vilkar_pool_connections\{/m)
  t.notMatch(text, /^vilkar_(outbox|inbox|alarms)\w*\{/m)
  t.notMatch(text, /^vilkar_(outbox|inbox|alarms)\w* \d/m)
})
