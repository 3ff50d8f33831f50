import type { PgBoss } from 'pg-boss'
import type { Log } from './log.ts'

/** `every`: how often an idle queue is looked at all the same, since other processes ask for jobs too. */
type Options = {
  boss: Pick<PgBoss, 'fetch' | 'complete' | 'fail' | 'touch'>
  log: Log
  name: string
  concurrency: number
  pollEveryMs: number
  /** How often a process says that it lives: its jobs would be another's otherwise. */
  heartbeatEveryMs: number
  run: (data: object) => Promise<void>
}
type Fetched = { id: string; retryCount: number; data: object }

/**
 * Works on the jobs of one queue, so many at once. As many as there are hands free are fetched by one statement, and what is done
 * while another is noted is noted together, so that the fuller the queue the fewer statements a job takes.
 */
export function startWorker({ boss, log, name, concurrency, pollEveryMs, heartbeatEveryMs, run }: Options) {
  const running = new Map<string, Fetched>()
  const ended = new Set<Promise<void>>()
  let done: Fetched[] = []
  let fetching = false
  let again = false
  let mayBeMore = false
  let stopped = false

  /** Fetches as long as there is something and a hand free; a call meanwhile has it look once more. */
  async function look() {
    again = true
    if (fetching) return
    fetching = true
    while (again && !stopped && running.size < concurrency) {
      again = false
      const free = concurrency - running.size
      const fetched = await fetch(free)
      // Where there were as many as there were hands there may be more.
      mayBeMore = fetched.length === free
      if (mayBeMore) again = true
      for (const job of fetched) begin(job)
    }
    fetching = false
  }

  async function fetch(free: number): Promise<Fetched[]> {
    try {
      return (await boss.fetch<object>(name, { batchSize: free })) as Fetched[]
    } catch (error) {
      log.error({ err: error, job: name }, 'jobs could not be fetched')
      return []
    }
  }

  function begin(job: Fetched) {
    running.set(job.id, job)
    const work = run(job.data)
      .then(
        () => void done.push(job),
        (error) => {
          log.warn({ err: error, job: name, data: job.data }, 'a job failed and will be tried again')
          return note(() => boss.fail(name, attemptOf(job), reasonOf(error)))
        },
      )
      .then(noteDone)
      .finally(() => {
        running.delete(job.id)
        ended.delete(work)
        if (mayBeMore) void look()
      })
    ended.add(work)
  }

  let noting: Promise<void> | undefined
  /** Notes all that is done by now; what is done while that is under way, together after it. */
  async function noteDone() {
    while (done.length > 0) {
      noting ??= noteNow().finally(() => {
        noting = undefined
      })
      await noting
    }
  }
  async function noteNow() {
    const jobs = done
    done = []
    await note(() => boss.complete(name, jobs.map(attemptOf)))
  }

  /** A job of which it cannot be noted how it ended is run again, once its heartbeat is missed. */
  async function note(work: () => Promise<unknown>) {
    try {
      await work()
    } catch (error) {
      log.error({ err: error, job: name }, 'it could not be noted how jobs ended: they will be run again')
    }
  }

  const polling = setInterval(() => void look(), pollEveryMs)
  const beating = setInterval(() => {
    if (running.size > 0) void note(() => boss.touch(name, [...running.values()].map(attemptOf)))
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
export type Worker = ReturnType<typeof startWorker>

/** Which try of a job it is about: a worker that lost it to another says nothing of it. */
const attemptOf = ({ id, retryCount }: Fetched) => ({ id, retryCount })

const reasonOf = (error: unknown) =>
  error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) }
