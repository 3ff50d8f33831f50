import { JetStreamApiCodes, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { API_PREFIX, streamOf } from '../wire/topology.ts'

/** Every message of a service's stream from the first sequence on, as the broker has it: subject, headers, bytes. `url`: with that service's user. */
export async function storedMessages(service: ServiceName, url: string): Promise<string[]> {
  const { username, password, host } = new URL(url)
  const nc = await connect({ servers: host, user: username, pass: password, inboxPrefix: `_INBOX_${username}` })
  try {
    const manager = await jetstreamManager(nc, { apiPrefix: API_PREFIX, checkAPI: false })
    const { state } = await manager.streams.info(streamOf(service))
    const texts = []
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq += 1) {
      const message = await manager.streams.getMessage(streamOf(service), { seq }).catch(orNone)
      if (message === null) continue
      const headers = message.header.keys().map((name) => `${name}: ${message.header.get(name)}`)
      texts.push([message.subject, ...headers, message.string()].join('\n'))
    }
    return texts
  } finally {
    await nc.close()
  }
}

/** Where one was taken out there is none. */
const orNone = (error: { code?: number }) => {
  if (error.code === JetStreamApiCodes.NoMessageFound) return null
  throw error
}
