import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPool } from '@vilkar/server/postgres.ts'
import t from 'tap'
import { asOwner, freshDatabase } from '../database.ts'

t.test('every test gets a database of its own, with the migrations in it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  await writeFile(
    join(folder, '001-first.sql'),
    'create table thing (id int primary key); insert into thing values (7);',
  )
  const pools = await Promise.all([1, 2].map(async () => createPool(asOwner(await freshDatabase(folder)))))
  try {
    await pools[0]!.query('delete from thing')
    t.equal((await pools[1]!.query('select id from thing where id = $1', [7])).rows[0].id, 7)
  } finally {
    await Promise.all(pools.map((pool) => pool.end()))
  }
})
