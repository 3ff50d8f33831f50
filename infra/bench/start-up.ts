import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processorTime } from './processor-time.ts'
import type { TestBed } from './test-bed.ts'

const SERVICES = ['orders', 'shipping', 'returns', 'privacy'] as const
const ROUNDS = 5

/** Processor time in milliseconds, user and system, from the start of the process to its first answer that it is ready. */
type StartUp = {
  /** With an empty folder for what Node compiles: the first start after a deploy. */
  coldMs: number
  /** The least of the starts after it: what others do on the machine only adds to it. */
  warmMs: number
  /** The warm one beside a process of Node that does nothing, which says how fast the machine is. */
  besideNode: number
}

/**
 * What a start of each service costs, on databases that are migrated: in processor time of the whole process, compiling and
 * collecting garbage included, since the clock on the wall says how busy others are.
 */
export async function benchStartUp(bed: TestBed): Promise<Record<string, StartUp>> {
  const folder = await mkdtemp(join(tmpdir(), 'vilkar-compiled-'))
  try {
    const found: Record<string, StartUp> = {}
    const node = await least(spentOnNothing)
    for (const service of SERVICES) {
      const start = async () => {
        const { pid, stop } = await bed.start(service, { NODE_COMPILE_CACHE: join(folder, service) })
        const spent = processorTime(pid)
        await stop()
        return spent
      }
      const coldMs = await start()
      const warmMs = await least(start)
      found[service] = { coldMs, warmMs, besideNode: Math.round((warmMs / node) * 10) / 10 }
    }
    return found
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function least(measure: () => Promise<number>) {
  const measured: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) measured.push(await measure())
  return Math.min(...measured)
}

/** What Node itself costs, with next to nothing to run. */
const spentOnNothing = async () =>
  Number(
    execFileSync(process.execPath, ['-p', '{ const { user, system } = process.cpuUsage(); (user + system) / 1_000 }']),
  )
