import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import t from 'tap'
import { makeRunFolder } from '../run-folder.ts'

const PLENTY = 1024 ** 4
/** No process has it: Linux numbers them up to four millions. */
const NOBODY = 999_999_999

t.test('what a run writes is in memory where there is plenty, and else on the disk', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'memory-'))
  t.equal(dirname(await makeRunFolder({ folder, free: PLENTY })), folder)
  t.equal(dirname(await makeRunFolder({ folder, free: 1024 ** 3 })), tmpdir())
  t.equal(dirname(await makeRunFolder({ folder: join(folder, 'absent'), free: PLENTY })), tmpdir())
})

t.test('others than root may enter it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'memory-'))
  t.equal((await stat(await makeRunFolder({ folder, free: PLENTY }))).mode & 0o777, 0o755)
})

t.test('what a run left that was killed goes with the next, and that of one that runs stays', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'memory-'))
  const left = join(folder, `vilkar-test-${NOBODY}-abc`)
  const others = ['else', `vilkar-test-${process.pid}-abc`].map((name) => join(folder, name))
  for (const path of [left, ...others]) await mkdir(path)
  await makeRunFolder({ folder, free: PLENTY })
  t.notOk(existsSync(left))
  for (const path of others) t.ok(existsSync(path), path)
})
