import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { jetstreamManager } from '@nats-io/jetstream'
import { startBroker } from '@vilkar/testing/broker.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { DEPLOYED } from '@vilkar/testing/nats.ts'
import t, { type Test } from 'tap'
import { type Abuse, abuses } from './abuses.ts'
import { attack } from './attacker.ts'

/** What is refused is not answered; what is let through is, on a slow machine late. */
const REFUSED_MS = 300
const ANSWERED_MS = 5_000
const OLD = [fileURLToPath(new URL('./old.conf', import.meta.url))]

t.test('whoever has the password of a service', async (t) => {
  for (const abuse of abuses)
    t.test(`is kept from this: ${abuse.name}`, async (t) => {
      const worked = await happens(t, abuse, await withAuditor(t), REFUSED_MS)
      if (worked !== undefined) t.equal(worked, false)
    })
})

t.test('the attempts are real: as long as services made their own streams and durables', async (t) => {
  for (const abuse of abuses)
    t.test(`somebody ${abuse.worked ? 'could have done' : 'was kept from'} this: ${abuse.name}`, async (t) => {
      const worked = await happens(t, abuse, OLD, ANSWERED_MS)
      if (worked !== undefined) t.equal(worked, abuse.worked)
    })
})

/** Tries it at a broker that has an event each of orders and returns; undefined when there is no broker to try it at. */
async function happens(t: Test, { attempt }: Abuse, configuration: string[], timeoutMs: number) {
  const directory = await mkdtemp(join(tmpdir(), 'vilkar-nats-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  const broker = await startBroker({ directory, configuration })
  if (broker === undefined) {
    t.pass('There is no nats-server on the PATH.', { skip: true })
    return undefined
  }
  t.teardown(broker.stop)
  await eventually('the streams are there', async () => broker.isReady())
  // What was made is not made anew while it is tried to be changed.
  await broker.stopOperator()
  const auditor = await attack(broker.url('auditor'), ANSWERED_MS)
  const shipping = await attack(broker.url('shipping'), timeoutMs)
  t.teardown(() => Promise.all([auditor.close(), shipping.close()]))
  for (const service of ['orders', 'returns']) await auditor.ask(`evt.${service}.0.Told.a-1`, service)
  return await attempt({ shipping, manager: await jetstreamManager(auditor.nc) })
}

/** The configuration that is deployed, and somebody who may look at everything. */
async function withAuditor(t: Test) {
  const folder = await mkdtemp(join(tmpdir(), 'vilkar-conf-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const [main, accounts] = DEPLOYED as [string, string]
  const text = await readFile(accounts, 'utf8')
  const file = join(folder, 'accounts.conf')
  const opened = text.replace('users: [{\n', 'users: [{ user: auditor, password: $OPERATOR_NATS_PASSWORD }, {\n')
  if (opened === text) throw new Error('The accounts are written in another way: there is no place for the auditor.')
  await writeFile(file, opened)
  return [main, file]
}
