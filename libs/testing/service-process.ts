import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { eventually } from './eventually.ts'
import { endsWithUs } from './processes.ts'

const MAX_OUTPUT_CHARACTERS = 20_000
/** What a service ends with that got no connection within its time. */
const DATABASE_BUSY = /Connection terminated due to connection timeout/
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/**
 * A service as a process of its own, with exactly the given environment. It can be killed, frozen and started again;
 * `url` stays the same. The end of what it writes is kept for whoever looks into a failed test, and all of it goes to `onOutput`. `root`:
 * the folder of its version, unless it is this.
 */
export function createServiceProcess(
  name: ServiceName | 'console',
  environment: Record<string, string>,
  root = ROOT,
  onOutput: (text: string) => void = () => {},
) {
  const main = join(root, `services/${name}/main.ts`)
  const url = `http://127.0.0.1:${environment.PORT}`
  let child: ChildProcess | undefined
  let output = ''
  let sinceLaunch = ''
  const keep = (text: unknown) => {
    onOutput(String(text))
    sinceLaunch = (sinceLaunch + String(text)).slice(-MAX_OUTPUT_CHARACTERS)
    output = (output + String(text)).slice(-MAX_OUTPUT_CHARACTERS)
  }
  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null

  const { PATH, NODE_COMPILE_CACHE } = process.env
  function launch(changes: Record<string, string> = {}) {
    sinceLaunch = ''
    child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH, NODE_COMPILE_CACHE, ...environment, ...changes },
    })
    // Nobody is left behind when the test run is broken off.
    endsWithUs(child)
    child.stdout!.on('data', keep)
    child.stderr!.on('data', keep)
  }
  async function start(changes?: Record<string, string>) {
    launch(changes)
    const ready = await eventually(`${name} to be ready`, async () => {
      if (isRunning()) return (await fetch(`${url}/health/ready`)).ok
      // As whoever runs it would: a start that found the database too busy is begun again.
      if (!DATABASE_BUSY.test(sinceLaunch)) return 'ended'
      launch(changes)
    })
    if (ready === 'ended') throw new Error(`${name} ended at its start:\n${output}`)
  }
  async function end(signal: NodeJS.Signals) {
    if (!isRunning()) return
    const exited = once(child!, 'exit')
    // A frozen process hears nothing but SIGKILL and SIGCONT.
    child!.kill('SIGCONT')
    child!.kill(signal)
    await exited
  }
  return {
    name,
    url,
    environment,
    isRunning,
    /** Resolves when it answers that it is ready. */
    start,
    /** Begins to start it, and does not wait. */
    launch,
    output: () => output,
    /** Resolves when the process has ended by itself or by a fail-point. */
    ended: async () => void (isRunning() && (await once(child!, 'exit'))),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    freeze: () => void child!.kill('SIGSTOP'),
    thaw: () => void child!.kill('SIGCONT'),
  }
}
export type ServiceProcess = ReturnType<typeof createServiceProcess>
