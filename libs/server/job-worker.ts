import { setTimeout as pause } from 'node:timers/promises'
import type { PgBoss } from 'pg-boss'
import type { Log } from './log.ts'

/** What ends within so many milliseconds is noted together: nobody waits for the note but the next job, if all hands are taken. */
const GATHER_ENDS_MS = 10

type Options = {
  boss: Pick<PgBoss, 'fetch' | 'complete' | 'fail' | 'touch'>
  log: Log
  name: string
  concurrency: number
  /** How often an idle queue is looked at all the same, since other processes ask for jobs too. */
  pollEveryMs: number
  /** How often a process says that it lives: its jobs would be another's otherwise. */
  heartbeatEveryMs: number
  /** How long a run may take: one that never ends would keep its hand for good. */
  giveUpAfterMs: number
  run: (data: object) => Promise<void>
}
type Fetched = { id: string; retryCount: number; data: object }

/**
 * Works on the jobs of one queue, so many at once. As many as there are hands free are fetched by one statement, and what is done
 * while another is noted is noted together, so that the fuller the queue the fewer statements a job takes.
 */
export function startWorker(options: Options) {
  const { boss, log, name, concurrency, pollEveryMs, heartbeatEveryMs, giveUpAfterMs, run } = options
  const running = new Map<string, Fetched>()
  const ended = new Set<Promise<void>>()
  const notes = createNotes({ boss, log, name })
  let fetching = false
  let again = false
  let mayBeMore = false
  let stopped = false

  /** Fetches as long as there is something and a hand free; a call meanwhile has it look once more. */
  async function look() {
    again = true
    if (fetching) return
    fetching = true
    try {
      while (again && !stopped && running.size < concurrency) {
        again = false
        const free = concurrency - running.size
        const fetched = await fetchJobs({ boss, log, name }, free)
        // Where there were as many as there were hands free there may be more: then none is free, and whoever ends looks again.
        mayBeMore = fetched.length === free
        if (mayBeMore) again = true
        for (const job of fetched) begin(job)
      }
    } finally {
      fetching = false
    }
  }

  function begin(job: Fetched) {
    running.set(job.id, job)
    const work = endOf(run(job.data), giveUpAfterMs)
      .then(
        () => notes.done(job),
        (error) => notes.failed(job, error),
      )
      .finally(() => {
        running.delete(job.id)
        ended.delete(work)
        if (mayBeMore) void look()
      })
    ended.add(work)
  }

  const polling = setInterval(() => void look(), pollEveryMs)
  const beating = setInterval(() => {
    if (running.size > 0) void notes.alive([...running.values()])
  }, heartbeatEveryMs)
  void look()

  return {
    look: () => void look(),
    /** Begins nothing more, and waits for what is under way, but no longer than this. */
    async stop(timeoutMs: number) {
      stopped = true
      clearInterval(polling)
      const timer = Promise.withResolvers<void>()
      const timeout = setTimeout(timer.resolve, timeoutMs)
      await Promise.race([Promise.all(ended), timer.promise])
      clearTimeout(timeout)
      clearInterval(beating)
    },
  }
}
/** How a run ends; throws when it has not ended by then, and what becomes of it later is nobody's. */
async function endOf(run: Promise<void>, giveUpAfterMs: number) {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`It has not ended within ${giveUpAfterMs} ms.`)), giveUpAfterMs)
  timer.unref()
  try {
    await Promise.race([run, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

export type Worker = ReturnType<typeof startWorker>

async function fetchJobs({ boss, log, name }: Pick<Options, 'boss' | 'log' | 'name'>, most: number) {
  try {
    return (await boss.fetch<object>(name, { batchSize: most })) as Fetched[]
  } catch (error) {
    log.error({ err: error, job: name }, 'jobs could not be fetched')
    return []
  }
}

/** Notes how jobs ended: what is done while that is being noted of others, together after it. */
function createNotes({ boss, log, name }: Pick<Options, 'boss' | 'log' | 'name'>) {
  let waiting: Fetched[] = []
  let noting: Promise<void> | undefined

  /** A job of which it cannot be noted how it ended is run again, once its heartbeat is missed. */
  async function note(work: () => Promise<unknown>) {
    try {
      await work()
    } catch (error) {
      log.error({ err: error, job: name }, 'it could not be noted how jobs ended: they will be run again')
    }
  }
  async function noteWaiting() {
    await pause(GATHER_ENDS_MS)
    const jobs = waiting
    waiting = []
    await note(() => boss.complete(name, jobs.map(attemptOf)))
    noting = undefined
  }
  return {
    async done(job: Fetched) {
      waiting.push(job)
      while (waiting.includes(job)) {
        noting ??= noteWaiting()
        await noting
      }
      await noting
    },
    failed(job: Fetched, error: unknown) {
      log.warn({ err: error, job: name, data: job.data }, 'a job failed and will be tried again')
      return note(() => boss.fail(name, attemptOf(job), reasonOf(error)))
    },
    alive: (jobs: Fetched[]) => note(() => boss.touch(name, jobs.map(attemptOf))),
  }
}

/** Which try of a job it is about: a worker that lost it to another says nothing of it. */
const attemptOf = ({ id, retryCount }: Fetched) => ({ id, retryCount })

const reasonOf = (error: unknown) =>
  error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) }
