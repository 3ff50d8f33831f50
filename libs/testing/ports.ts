import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Below the ports that systems give to outgoing connections and to whoever listens on 0 (from 32768 on Linux, from 49152
 * elsewhere), so that nobody is given the port between the moment it was found free and the moment it is used.
 */
const FIRST = 20_000
const LAST = 32_000
const MAX_TRIES = 100
/** Of these each process tries its own first, so that those that start at the same moment do not find the same port free. */
const OWN = 24

/** What this process was given: it may not be in use yet. */
const given = new Set<number>()

/** A port of loopback that was free a moment ago, and that nobody is likely to take. Throws when it finds none. */
export async function freePort() {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const port = tries < OWN ? ownPort(tries) : randomInt(FIRST, LAST)
    if (given.has(port)) continue
    given.add(port)
    if (await isFree(port)) return port
  }
  throw new Error(`No port from ${FIRST} to ${LAST} of 127.0.0.1 is free.`)
}

const ownPort = (n: number) => FIRST + (process.pid % ((LAST - FIRST) / OWN)) * OWN + n

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
