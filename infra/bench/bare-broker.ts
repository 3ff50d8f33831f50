import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { eventually } from '@vilkar/testing/eventually.ts'
import { startNats } from '@vilkar/testing/nats.ts'

const CONFIGURATION = 'port: 4222\njetstream: enabled\n'
const SUBJECT = 'bare.event'
const TIMEOUT_MS = 10_000

/** A broker of its own, a stream kept in a file, and nobody but who publishes to it and who consumes: what an event costs at least. */
export async function startBareBroker() {
  await using opening = new AsyncDisposableStack()
  const directory = await mkdtemp(join(tmpdir(), 'vilkar-bare-'))
  opening.defer(() => rm(directory, { recursive: true, force: true }))
  const file = join(directory, 'bare.conf')
  await writeFile(file, CONFIGURATION)
  const nats = await startNats({ directory: join(directory, 'store'), configuration: [file] })
  if (nats === undefined) throw new Error('The bench needs nats-server on the PATH.')
  opening.defer(() => nats.stop())
  const open = async () => {
    const connection = await connect({ servers: `127.0.0.1:${nats.port}`, timeout: TIMEOUT_MS })
    opening.defer(() => connection.close())
    return connection
  }
  const [teller, hearer] = [await open(), await open()]
  const manager = await jetstreamManager(teller, { timeout: TIMEOUT_MS })
  await manager.streams.add({ name: 'BARE', subjects: [SUBJECT] })
  await manager.consumers.add('BARE', { durable_name: 'bare', ack_policy: 'explicit' })
  const told = new Map<string, number>()
  const tooks: number[] = []
  const messages = await (await jetstream(hearer, { timeout: TIMEOUT_MS }).consumers.get('BARE', 'bare')).consume()
  const hearing = (async () => {
    for await (const message of messages) {
      const id = message.string().slice(0, 36)
      tooks.push(performance.now() - told.get(id)!)
      told.delete(id)
      message.ack()
    }
  })()
  opening.defer(async () => {
    await messages.close()
    await hearing
  })
  const publisher = jetstream(teller, { timeout: TIMEOUT_MS })
  const opened = opening.move()
  return {
    /** Publishes an event of so many bytes; resolves when the broker has it. */
    async tell(bytes: number) {
      const id = crypto.randomUUID()
      told.set(id, performance.now())
      await publisher.publish(SUBJECT, id.padEnd(bytes, '.'))
    },
    /** From publish to consume in milliseconds, of all since this was asked before; waits until all were heard. */
    async heard() {
      await eventually('all to be heard', async () => told.size === 0)
      return tooks.splice(0)
    },
    stop: () => opened.disposeAsync(),
  }
}
