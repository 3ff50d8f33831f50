import { type OperatorOptions, startOperator } from '@vilkar/messaging/wire/nats-operator.ts'
import { eventually } from './eventually.ts'
import { type NatsOptions, startNats } from './nats.ts'
import { startNatsCluster } from './nats-cluster.ts'

const silent = { info() {}, warn() {}, error() {} }

/** `servers`: three are a cluster, and keep each stream in three copies. */
type BrokerOptions = NatsOptions & Partial<Omit<OperatorOptions, 'servers'>> & { servers?: 1 | 3 }

/**
 * A nats-server of our own and its operator, as in production, with all streams and durables made.
 * Undefined when there is no nats-server on the PATH.
 */
export async function startBroker({
  directory,
  port,
  configuration,
  log = silent,
  servers = 1,
  ...options
}: BrokerOptions) {
  const nats =
    servers === 3 ? await startNatsCluster({ directory }) : await startNats({ directory, port, configuration })
  if (nats === undefined) return undefined
  const start = () => startOperator({ servers: nats.url('operator'), log, replicas: servers, ...options })
  let operator = start()
  await eventually('the operator to have made the streams', async () => operator.isDone())
  return {
    ...nats,
    /** The operator goes, and comes back: nobody makes streams in between. */
    /** Are all streams and durables there? */
    isReady: () => operator.isDone(),
    stopOperator: () => operator.stop(),
    startOperator() {
      operator = start()
    },
    async stop() {
      await operator.stop()
      await nats.stop()
    },
  }
}
export type Broker = NonNullable<Awaited<ReturnType<typeof startBroker>>>
