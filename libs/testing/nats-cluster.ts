import { join } from 'node:path'
import { type Nats, type NatsOptions, startNats } from './nats.ts'
import { freePort } from './ports.ts'

const SERVERS = 3

/**
 * Three nats-servers of our own that are one cluster, under the configuration that is deployed. `url` has the addresses of all. Undefined
 * when the binary is not on the PATH.
 */
export async function startNatsCluster({ directory }: Pick<NatsOptions, 'directory'>) {
  const routePorts = await Promise.all(Array.from({ length: SERVERS }, freePort))
  const servers = await Promise.all(
    routePorts.map((_, at) =>
      startNats({ directory: join(directory, String(at + 1)), cluster: { number: at + 1, routePorts } }),
    ),
  )
  if (servers.includes(undefined)) return undefined
  const nodes = servers as Nats[]
  const all = (work: (node: Nats) => unknown) => async () => void (await Promise.all(nodes.map(work)))
  return {
    nodes,
    port: nodes[0]!.port,
    directory,
    url: (user: string) => nodes.map((node) => node.url(user)).join(','),
    /** The server of a name, as JetStream says who leads. */
    named: (name: string) => nodes[Number(name.split('-').at(-1)) - 1]!,
    stop: all((node) => node.stop()),
    kill: all((node) => node.kill()),
    restart: async (options?: Parameters<Nats['restart']>[0]) =>
      void (await Promise.all(nodes.map((node) => node.restart(options)))),
    pause: () => nodes.forEach((node) => void node.pause()),
    resume: () => nodes.forEach((node) => void node.resume()),
    [Symbol.asyncDispose]: all((node) => node.stop()),
  }
}
export type NatsCluster = NonNullable<Awaited<ReturnType<typeof startNatsCluster>>>
