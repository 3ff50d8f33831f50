import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream'
import { connect, usernamePasswordAuthenticator } from '@nats-io/transport-node'
import { listensTo, readers } from '@vilkar/contracts/listens-to.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { startNats } from '@vilkar/testing/nats.ts'
import t, { type Test } from 'tap'
import { PARTITIONS } from '../partition.ts'
import { startOperator } from '../wire/nats-operator.ts'
import { services, streamOf } from '../wire/topology.ts'
import { silent } from './rig.ts'

t.test('the operator makes a stream for every service and a durable for everybody who hears it', async (t) => {
  const opened = await open(t)
  if (opened === undefined) return
  await run(t, opened.url)
  for (const service of services) {
    const hearing = services.filter((other) => listensTo[other].includes(service))
    const others = readers.filter(({ producer }) => producer === service)
    const names = await namesOf(opened.manager, streamOf(service))
    t.equal(names.length, hearing.length * PARTITIONS + others.length, service)
    for (const name of hearing) t.ok(names.includes(`${name}-${PARTITIONS - 1}`), `${name} hears ${service}`)
  }
  t.strictSame(
    services.filter((service) => listensTo[service].includes(service)),
    [],
    'nobody hears themselves',
  )
})

t.test('what is not as it must be is made anew, and what is stays', async (t) => {
  const opened = await open(t)
  if (opened === undefined) return
  const { manager, url } = opened
  await manager.streams.add({ name: 'SHIPPING', subjects: ['evt.shipping.>'], ...republished })
  await manager.streams.add({ name: 'ORDERS', subjects: ['evt.orders.>', '_INBOX.>'] })
  await run(t, url)
  const made = await manager.streams.info('SHIPPING')
  t.equal(made.config.republish, undefined)
  t.equal(made.config.deny_purge, true)
  t.strictSame((await manager.streams.info('ORDERS')).config.subjects, ['evt.orders.>'])

  await manager.consumers.add('ORDERS', { durable_name: 'spy', ack_policy: 'none' })
  await manager.consumers.delete('ORDERS', 'shipping-0')
  await manager.consumers.add('ORDERS', {
    durable_name: 'shipping-0',
    ack_policy: 'explicit',
    filter_subject: 'evt.orders.0.x',
  })
  const filters = async () => {
    const found = new Map<string, string | undefined>()
    for await (const { name, config } of manager.consumers.list('ORDERS')) found.set(name, config.filter_subject)
    return found
  }
  await eventually('the spy is gone and the filter is back', async () => {
    const found = await filters()
    return !found.has('spy') && found.get('shipping-0') === 'evt.orders.0.>'
  })
  t.equal((await manager.streams.info('SHIPPING')).created, made.created, 'what was right stays')
})

const republished = { republish: { src: 'evt.shipping.>', dest: 'evt.forged.>' } }

async function namesOf(manager: JetStreamManager, stream: string) {
  const names: string[] = []
  for await (const { name } of manager.consumers.list(stream)) names.push(name)
  return names
}

async function run(t: Test, servers: string) {
  const operator = startOperator({ servers, log: silent, checkMs: 100 })
  t.teardown(operator.stop)
  await eventually('all is made', async () => operator.isDone())
}

/** A broker without an operator, and what the operator's password lets one do there. */
async function open(t: Test) {
  const directory = await mkdtemp(join(tmpdir(), 'vilkar-nats-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  const nats = await startNats({ directory })
  if (nats === undefined) {
    t.pass('There is no nats-server on the PATH.', { skip: true })
    return undefined
  }
  t.teardown(nats.stop)
  const url = nats.url('operator')
  const { host, username, password } = new URL(url)
  const authenticator = usernamePasswordAuthenticator(username, password)
  const connection = await connect({ servers: host, authenticator, inboxPrefix: `_INBOX_${username}` })
  t.teardown(() => connection.close())
  return { url, manager: await jetstreamManager(connection, { checkAPI: false }) }
}
