import { asOwner, freshDatabase } from '@vilkar/testing/database.ts'
import t from 'tap'
import { commonMigrations } from '../migrations.ts'
import { createDatabase, createPool } from '../postgres.ts'
import { grantToService } from '../roles.ts'

const AT_ONCE = 6
const TIMES = 10

t.test('instances that start at once may all grant what a service needs', async (t) => {
  const url = asOwner(await freshDatabase(...commonMigrations))
  const pools = Array.from({ length: AT_ONCE }, () => createPool(url, { max: 1 }))
  t.teardown(() => Promise.all(pools.map((pool) => pool.end())))
  for (let time = 0; time < TIMES; time += 1)
    await Promise.all(pools.map((pool) => grantToService(createDatabase<never>(pool))))
  const { rows } = await pools[0]!.query(
    `select has_table_privilege('vilkar_service', 'outbox', 'insert') as tells, has_table_privilege('vilkar_service', 'outbox', 'delete') as forgets`,
  )
  t.strictSame(rows, [{ tells: true, forgets: false }])
})
