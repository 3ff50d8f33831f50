import type { Msg } from '@nats-io/transport-node'
import { createOutageLog, type Log, pause } from '../outage-log.ts'
import { deleteStream, makeStream } from './make-stream.ts'
import { createConnection } from './nats-connection.ts'
import { type Request, requestSubject, services, streamOf } from './topology.ts'
import { isWireLost } from './wire.ts'

const ACK_WAIT_MS = 30_000
const CHECK_MS = 30_000
const RETRY_MS = 200

type Link = ReturnType<ReturnType<typeof createConnection>['get']>

export type OperatorOptions = {
  /** URL of the broker with the operator's user and password. */
  servers: string
  log: Log
  /** How many servers of a cluster keep each stream: 1, 3 or 5. */
  replicas?: number
  /** How long a message stays with a reader that does not answer. */
  ackWaitMs?: number
  /** How often everything is compared with how it must be. */
  checkMs?: number
}

/**
 * The only one that makes and deletes streams and durables, since services may not: whoever can, can read and forge the
 * events of others. It makes what is absent and makes anew what is not as it must be: at the start, after every loss of
 * the broker, at intervals, and when a service asks for its own stream. What a stream held comes back from the outbox.
 */
export function startOperator({ servers, log, replicas = 1, ackWaitMs, checkMs = CHECK_MS }: OperatorOptions) {
  const connection = createConnection({ servers, log, identity: { name: 'operator' } })
  const outage = createOutageLog(log, 'operator of the broker')
  const workshop = createWorkshop({ log, replicas, ackWaitMs: ackWaitMs ?? ACK_WAIT_MS })
  const stop = new AbortController()
  const stopping = stop.signal
  let isDone = false

  /** Works on one connection, until it is lost or the operator stops. */
  async function serve(link: Link) {
    const ending = new AbortController()
    void link.nc.closed().then(() => ending.abort())
    const ended = AbortSignal.any([stopping, ending.signal])
    link.nc.subscribe(requestSubject('*', '*'), {
      callback: (error, request) => {
        if (error === null) void workshop.answer(link, request)
      },
    })
    while (!ended.aborted) {
      try {
        await workshop.makeAll(link)
        isDone = true
        outage.end()
        await pause(checkMs, ended)
      } catch (error) {
        isDone = false
        if (!link.nc.isClosed()) outage.begin(error)
        await pause(RETRY_MS, ended)
      }
    }
    isDone = false
  }

  async function run() {
    while (!stopping.aborted) {
      try {
        await connection.ready(stopping)
        if (!stopping.aborted) await serve(connection.get())
      } catch (error) {
        // A connection that is lost again at once has said so itself.
        if (!isWireLost(error)) outage.begin(error)
        await pause(RETRY_MS, stopping)
      }
    }
  }

  const running = run()
  return {
    /** Is everything made, as far as is known? */
    isDone: () => isDone,
    async stop() {
      stop.abort()
      await running
      await workshop.rest()
      await connection.close()
    },
  }
}
export type Operator = ReturnType<typeof startOperator>

/** Does one thing at a time: two that make the same stream would get in each other's way. */
function createWorkshop(options: { log: Log; ackWaitMs: number; replicas: number }) {
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<void>) => {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }
  async function carryOut({ jsm }: Link, request: string | undefined, stream: string | undefined) {
    const service = services.find((name) => streamOf(name) === stream)
    if (service === undefined) throw new RangeError(`There is no stream ${stream}.`)
    if (request === ('rebuild' satisfies Request)) {
      options.log.warn({ stream }, 'operator: a stream is made anew, as its service asks')
      await deleteStream(jsm, service)
    }
    await makeStream(jsm, service, options)
  }
  return {
    async makeAll({ jsm }: Link) {
      for (const service of services) await inTurn(() => makeStream(jsm, service, options))
    },
    /** Does what is asked for and says so, or why not. */
    async answer(link: Link, message: Msg) {
      const [, request, stream] = message.subject.split('.')
      const answer = await inTurn(() => carryOut(link, request, stream)).then(
        () => ({}),
        (error: Error) => ({ error: error.message }),
      )
      if (!link.nc.isClosed()) message.respond(JSON.stringify(answer))
    },
    /** Resolves when all that was begun is done. */
    rest: () => turn,
  }
}
