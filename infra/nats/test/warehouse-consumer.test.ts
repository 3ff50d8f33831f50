import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type ConsumerConfig, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, usernamePasswordAuthenticator } from '@nats-io/transport-node'
import { startOperator } from '@vilkar/messaging/wire/nats-operator.ts'
import { createLog } from '@vilkar/server/log.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { startNats } from '@vilkar/testing/nats.ts'
import { temporaryFolder } from '@vilkar/testing/temporary-folder.ts'
import t, { type Test } from 'tap'

/** The durable of the warehouse, as `nats consumer add --config` makes it of the file that the how-to names. */

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const config = JSON.parse(read('infra/nats/warehouse-consumer.json')) as ConsumerConfig

/** A broker with the operator's streams, and whoever asks it under a user's own password. */
async function openBroker(t: Test) {
  const nats = await startNats({ directory: fileURLToPath(await temporaryFolder()) })
  if (nats === undefined) return undefined
  t.teardown(nats.stop)
  async function as(user: string) {
    const { host, username, password } = new URL(nats!.url(user))
    const authenticator = usernamePasswordAuthenticator(username, password)
    const connection = await connect({ servers: host, authenticator, inboxPrefix: `_INBOX_${username}` })
    t.teardown(() => connection.close())
    return connection
  }
  const log = createLog('operator', 'silent')
  const operator = startOperator({ servers: nats.url('operator'), log, checkMs: 100 })
  t.teardown(operator.stop)
  await eventually('the streams are made', async () => operator.isDone())
  const connection = await as('operator')
  return { as, operator, manager: await jetstreamManager(connection, { checkAPI: false }) }
}

t.test('the durable of the file is the one that the operator makes and the Node example finds', async (t) => {
  const broker = await openBroker(t)
  if (broker === undefined) return void t.pass('There is no nats-server on the PATH.', { skip: true })
  const { operator, manager, as } = broker
  const durable = async () => {
    for await (const { name, config: found } of manager.consumers.list('SHIPPING'))
      if (name === 'warehouse') return found
    return undefined
  }
  const named = (found: Partial<ConsumerConfig>) =>
    Object.fromEntries(Object.keys(config).map((key) => [key, found[key as keyof ConsumerConfig]]))
  const byOperator = (await durable())!
  t.strictSame(named(byOperator), { ...config, description: undefined })

  await operator.stop()
  await manager.consumers.delete('SHIPPING', 'warehouse')
  await manager.consumers.add('SHIPPING', config)
  const byFile = (await durable())!
  t.strictSame(named(byFile), config)
  const { description: _, metadata: __, ...rest } = byFile
  const { metadata: ___, ...wanted } = byOperator
  t.strictSame(rest, wanted, 'nor does it differ in what the file leaves out')

  const warehouse = await as('warehouse')
  const consumer = await jetstream(warehouse, { apiPrefix: 'BROKER.API' }).consumers.get('SHIPPING', 'warehouse')
  t.equal((await consumer.info()).config.filter_subject, config.filter_subject)
})

t.test('the how-to names the file, the stream and the prefix that the Node example uses', async (t) => {
  const recipe = read('docs/how-to/warehouse.md')
  const example = read('infra/warehouse-example/main.ts')
  for (const word of ['SHIPPING', 'warehouse', 'BROKER.API']) {
    t.ok(recipe.includes(word), word)
    t.ok(example.includes(word), word)
  }
  t.ok(recipe.includes('--config infra/nats/warehouse-consumer.json'))
})
