import { mkdir } from 'node:fs/promises'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { createMemoryWire } from '@vilkar/messaging/wire/memory-wire.ts'
import { connectNats } from '@vilkar/messaging/wire/nats-wire.ts'
import { services } from '@vilkar/messaging/wire/topology.ts'
import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import { createLog } from '@vilkar/server/log.ts'
import { startBroker } from '@vilkar/testing/broker.ts'

type WireOptions = { directory: string; port: number; logLevel: string; say: (line: string) => void }

/** A private nats-server and its operator when the binary is on the PATH, else the wire inside this process. */
export async function openWire({ directory, port, logLevel, say }: WireOptions) {
  await mkdir(directory, { recursive: true })
  const log = createLog('wire', logLevel)
  const broker = await startBroker({ directory, port, log })
  if (broker === undefined) {
    say(
      'There is no nats-server on the PATH: events travel inside this process only. Install nats-server for the real thing.',
    )
    const wire = createMemoryWire()
    return {
      name: 'in-process wire',
      isReal: false,
      wireOf: () => wire,
      url: () => 'nats://in-process',
      stop: wire.close,
    }
  }
  const wires = Object.fromEntries(
    services.map((service) => [service, connectNats({ servers: broker.url(service), log })]),
  ) as Record<ServiceName, Wire>
  return {
    name: `NATS JetStream at nats://127.0.0.1:${broker.port}`,
    isReal: true,
    wireOf: (service: ServiceName) => wires[service],
    url: broker.url,
    stop: async () => {
      for (const wire of Object.values(wires)) await wire.close()
      await broker.stop()
    },
  }
}
