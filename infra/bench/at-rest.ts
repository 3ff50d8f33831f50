import { setTimeout as pause } from 'node:timers/promises'
import { createPool } from '@vilkar/server/postgres.ts'
import { processorTime } from './processor-time.ts'
import { createStatementCount } from './statements.ts'
import type { TestBed } from './test-bed.ts'

const SETTLING_MS = 10_000
const SECONDS = 20

/**
 * What services, database and broker take while nobody asks for anything: processor time in milliseconds a second, and the statements
 * that are carried out, a second. `perOrder` of a statement is how often a second here.
 */
export async function benchAtRest(bed: TestBed) {
  const partners = await bed.startPartners()
  const changes = { JOBS: 'true', KLARNA_URL: partners.klarna, SMTP_URL: partners.smtp }
  const names = Object.keys(bed.urls) as (keyof typeof bed.urls)[]
  const services = await Promise.all(names.map((name) => bed.start(name, changes)))
  const pool = createPool(bed.postgres.url('orders'), { max: 1 })
  try {
    const counting = await createStatementCount(pool, bed.postgres.url('orders'))
    await pause(SETTLING_MS)
    const spent = () => [
      ...services.map(({ pid }) => processorTime(pid)),
      ...[processorTime('postgres'), processorTime('nats-server')],
    ]
    await counting.begin()
    const before = spent()
    await pause(SECONDS * 1_000)
    const took = spent().map((ms, at) => (ms - before[at]!) / SECONDS)
    const statements = await counting.countedFor(SECONDS)
    const parts = [...names, 'postgres', 'broker']
    return { msPerSecond: Object.fromEntries(parts.map((part, at) => [part, took[at]])), statements }
  } finally {
    await pool.end()
    for (const service of services) await service.stop()
    await partners.stop()
  }
}
