import { jetstreamManager } from '@nats-io/jetstream'
import { connect, type NodeConnectionOptions, usernamePasswordAuthenticator } from '@nats-io/transport-node'
import { createOutageLog, type Log, pause } from '../outage-log.ts'
import { createPublisher } from './nats-publisher.ts'
import { wireLost } from './wire.ts'

const CONNECT_TIMEOUT_MS = 1_000
const REQUEST_TIMEOUT_MS = 2_000
/** A broker that hangs is given up after two pings without an answer. */
const PING_INTERVAL_MS = 1_500
const MAX_PINGS_OUT = 2
const RETRY_MIN_MS = 50
const RETRY_MAX_MS = 500
const DRAIN_TIMEOUT_MS = 1_000

/** Who we are to the broker: credentials, the prefix of our inboxes, TLS. */
export type Identity = Pick<NodeConnectionOptions, 'authenticator' | 'inboxPrefix' | 'tls' | 'name'>

/** `apiPrefix`: where requests to JetStream go, if not to the account's own. */
type ConnectionOptions = { servers: string; log: Log; identity: Identity; apiPrefix?: string }

/**
 * One connection for the process. It never reconnects by itself, so that whoever used it notices the loss and starts
 * over with a look at the broker's state; a new one is opened as soon as somebody is `ready` for it.
 */
export function createConnection({ servers, log, identity, apiPrefix }: ConnectionOptions) {
  const outage = createOutageLog(log, 'broker')
  let link: Awaited<ReturnType<typeof open>> | undefined
  let opening: Promise<void> | undefined
  let sessions = 0
  const closing = new AbortController()
  const who = { ...identityIn(servers), ...identity }

  async function openUntilDone() {
    for (let wait = RETRY_MIN_MS; !closing.signal.aborted; wait = Math.min(wait * 2, RETRY_MAX_MS)) {
      try {
        const opened = await open(servers, who, apiPrefix)
        link = opened
        sessions += 1
        outage.end()
        void opened.nc.closed().then((error) => {
          link = undefined
          sessions += 1
          if (!closing.signal.aborted) outage.begin(error ?? new Error('The broker closed the connection.'))
        })
        return
      } catch (error) {
        outage.begin(error)
        await pause(wait, closing.signal)
      }
    }
  }

  return {
    /** Resolves when there is a connection, or the signal ends the wait. */
    async ready(signal: AbortSignal) {
      if (link !== undefined || closing.signal.aborted) return
      opening ??= openUntilDone().finally(() => {
        opening = undefined
      })
      const { promise, resolve } = Promise.withResolvers<void>()
      const stop = () => resolve()
      signal.addEventListener('abort', stop, { once: true })
      if (!signal.aborted) await Promise.race([opening, promise])
      signal.removeEventListener('abort', stop)
    },
    session: () => sessions,
    /** The open connection. Throws WireLost when there is none. */
    get() {
      if (link === undefined) throw wireLost()
      return link
    },
    /** Sends what is buffered, unless the broker hangs, and closes. */
    async close() {
      closing.abort()
      await opening
      if (link === undefined) return
      const { nc } = link
      await Promise.race([nc.drain(), pause(DRAIN_TIMEOUT_MS, new AbortController().signal)]).catch(() => {})
      await nc.close()
    },
  }
}

async function open(servers: string, who: Identity, apiPrefix?: string) {
  const nc = await connect({
    ...who,
    servers: servers.split(',').map((server) => new URL(server).host),
    reconnect: false,
    timeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_INTERVAL_MS,
    maxPingOut: MAX_PINGS_OUT,
  })
  const jsm = await jetstreamManager(nc, {
    timeout: REQUEST_TIMEOUT_MS,
    checkAPI: false,
    ...(apiPrefix && { apiPrefix }),
  })
  return { nc, jsm, publish: createPublisher(nc, who.inboxPrefix) }
}

/** User and password of the first URL, which the client does not read, and inboxes that only that user may read. */
function identityIn(servers: string): Identity {
  const { username, password } = new URL(servers.split(',')[0]!)
  if (username === '') return {}
  const authenticator = usernamePasswordAuthenticator(decodeURIComponent(username), decodeURIComponent(password))
  return { authenticator, inboxPrefix: `_INBOX_${username}` }
}
