import { randomInt } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { isAlive } from './processes.ts'

/**
 * Below the ports that systems give to outgoing connections and to whoever listens on 0 (from 32768 on Linux, from 49152
 * elsewhere), so that nobody is given the port between the moment it was found free and the moment it is used.
 */
const FIRST = 20_000
const LAST = 32_000
const MAX_TRIES = 100
/** Of these each process tries its own first, so that those that start at the same moment do not find the same port free. */
const OWN = 24
/**
 * A file for each port that a process was given, with that process's id: it may not be in use yet. All runs of a machine have to see it, those
 * too whose temporary folder is their own: they are told where it is by this variable.
 */
export const CLAIMS = process.env.PORT_CLAIMS ?? join(tmpdir(), `vilkar-ports-${userInfo().uid}`)

const given = new Set<number>()

/** A port of loopback that was free a moment ago, and that no other process is given while this one lives. Throws when it finds none. */
export async function freePort() {
  // One listener, however many ports are asked for at once.
  if (!process.listeners('exit').includes(letGo)) process.once('exit', letGo)
  await mkdir(CLAIMS, { recursive: true })
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const port = tries < OWN ? ownPort(tries) : randomInt(FIRST, LAST)
    if (given.has(port) || !(await claim(port))) continue
    given.add(port)
    if (await isFree(port)) return port
  }
  throw new Error(`No port from ${FIRST} to ${LAST} of 127.0.0.1 is free.`)
}

const ownPort = (n: number) => FIRST + (process.pid % ((LAST - FIRST) / OWN)) * OWN + n
const claimOf = (port: number) => join(CLAIMS, String(port))

function letGo() {
  for (const port of given) rmSync(claimOf(port), { force: true })
}

async function claim(port: number) {
  try {
    await writeFile(claimOf(port), String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const owner = Number(await readFile(claimOf(port), 'utf8').catch(() => ''))
    // Of a process that was killed. It is left to the next who asks, so that no two take it over at once.
    if (owner > 0 && !isAlive(owner)) await rm(claimOf(port), { force: true })
    return false
  }
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
