import { enableCompileCache, flushCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { loggable } from './loggable-error.ts'
import { within } from './within.ts'

/** What hangs for this long when a service stops is left behind: its leases and claims run out by themselves. */
const STOP_WITHIN_MS = 8_000
/** After this what was compiled is kept too if the process is killed; what is compiled later is kept when it ends in order. */
const KEEP_COMPILED_AFTER_MS = 10_000

/**
 * Where Node keeps what it compiled, for all processes of this checkout and their next starts: half of what a start costs. Nobody
 * else may write there, which the folder for temporary files does not promise.
 */
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url))

/**
 * Runs a service as a process: SIGTERM and SIGINT stop it in order, and end it all the same when that takes too long; a
 * wrong environment ends it with one sentence. `start` imports what the service is made of: what is imported before, Node
 * compiles anew in every process.
 */
export async function runService(start: () => Promise<{ stop: () => Promise<void> }>) {
  // Where the folder cannot be written to, what it holds is read, and where there is none it goes without. An environment that
  // names another folder (NODE_COMPILE_CACHE) or none (NODE_DISABLE_COMPILE_CACHE) has its way.
  enableCompileCache(COMPILED)
  setTimeout(flushCompileCache, KEEP_COMPILED_AFTER_MS).unref()
  try {
    const service = await start()
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(
        signal,
        () =>
          void within(STOP_WITHIN_MS, 'what is to be closed', service.stop()).then(
            () => process.exit(0),
            (error: Error) => {
              console.error(`The service did not stop in order: ${error.message}`)
              process.exit(1)
            },
          ),
      )
    }
  } catch (error) {
    console.error(
      (error as Error).message,
      (error as Error).cause === undefined ? '' : loggable((error as Error).cause),
    )
    process.exitCode = 1
    setTimeout(() => process.exit(1), 100).unref()
  }
}
