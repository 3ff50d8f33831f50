import { createBell } from '../bell.ts'
import { type createOutageLog, pause } from '../outage-log.ts'
import { isLeaseLost } from './batch.ts'

const POLL_MS = 100
/** Where nothing that waited was found it is looked ever more seldom, down to once in so long: what waits for another process is found then. */
const MOST_POLL_MS = 1_000

/** When it is looked for events that wait and are due: soon after one was stored that waits, and ever more seldom while there is none. */
export function createRetries(outage: ReturnType<typeof createOutageLog>, stopping: AbortSignal) {
  const waiting = createBell()
  stopping.addEventListener('abort', waiting.ring)
  return {
    /** An event was stored that waits for its turn, or for its next try. */
    onWaiting: waiting.ring,
    /** Retries again and again, until it is stopped; `retry` answers how many events were due. */
    async run(retry: () => Promise<number>) {
      let pauseMs = POLL_MS
      while (!stopping.aborted) {
        try {
          const found = await retry()
          pauseMs = found > 0 ? POLL_MS : Math.min(2 * pauseMs, MOST_POLL_MS)
          outage.end('retries')
        } catch (error) {
          if (!isLeaseLost(error)) outage.begin(error, 'retries')
        }
        await pause(POLL_MS, stopping)
        if (await waiting.heard(pauseMs - POLL_MS)) pauseMs = POLL_MS
      }
    },
  }
}
