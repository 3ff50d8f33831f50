import { span, traceparent } from '@vilkar/tracing/tracing.ts'
import type { Progress } from './progress.ts'

/**
 * Gathers calls that arrive while others are being worked on and hands them over together, so that one transaction
 * carries many commands. When idle a call goes at once; under load batches grow by themselves.
 *
 * A batch that throws is run again one call at a time, so that one bad call cannot fail its neighbours (`repeatApart`). `run` must
 * therefore leave nothing behind when it throws (one transaction), and answer in the order of its input. A batch that has a name is
 * a span: of the trace of its call, or one that links to the traces of all its calls.
 */
export function createBatcher<Input, Output>({
  run,
  maxSize = 64,
  maxInFlight = 2,
  maxWaiting = 2_000,
  progress,
  name,
  mostRestMs = 0,
  repeatApart = true,
}: BatcherOptions<Input, Output>) {
  type Waiting = { input: Input; trace?: string; resolve: (output: Output) => void; reject: (error: unknown) => void }
  const waiting: Waiting[] = []
  let inFlight = 0
  let scheduled = false
  let batches = 0
  let restUntil = 0

  async function asSpan(batch: Waiting[]) {
    const inputs = batch.map(({ input }) => input)
    if (name === undefined) return run(inputs)
    const traces = batch.map(({ trace }) => trace)
    const of = batch.length === 1 ? { parent: traces[0] ?? null } : { parent: null, links: traces }
    return span({ name, kind: 'internal', attributes: { 'vilkar.batch.size': batch.length }, ...of }, () => run(inputs))
  }

  async function work(batch: Waiting[]) {
    try {
      const outputs = await asSpan(batch)
      for (const [i, { resolve }] of batch.entries()) resolve(outputs[i]!)
    } catch (error) {
      if (batch.length === 1 || !repeatApart) for (const { reject } of batch) reject(error)
      else for (const one of batch) await work([one])
    }
  }

  function flush() {
    scheduled = false
    while (waiting.length > 0 && inFlight < maxInFlight) {
      inFlight += 1
      batches += 1
      const name = `batch ${batches}`
      const begun = performance.now()
      progress?.begin(name)
      void work(waiting.splice(0, maxSize)).finally(() => {
        inFlight -= 1
        progress?.end(name)
        const now = performance.now()
        restUntil = now + Math.min(now - begun, mostRestMs)
        schedule()
      })
    }
  }

  function schedule() {
    if (scheduled || waiting.length === 0 || inFlight >= maxInFlight) return
    scheduled = true
    const restMs = restUntil - performance.now()
    if (restMs < 1) setImmediate(flush)
    else setTimeout(flush, restMs)
  }

  /** Rejects with `Overloaded` when the queue is full: better a quick no than a slow maybe. */
  return (input: Input) =>
    new Promise<Output>((resolve, reject) => {
      if (waiting.length >= maxWaiting) return reject(new Error('Overloaded', { cause: 'overloaded' }))
      waiting.push({ input, trace: traceparent(), resolve, reject })
      schedule()
    })
}

export type BatcherOptions<Input, Output> = {
  run: (inputs: Input[]) => Promise<Output[]>
  maxSize?: number
  maxInFlight?: number
  maxWaiting?: number
  /** Hears of each batch when it begins and when it has ended. */
  progress?: Progress
  name?: string
  /**
   * How long the next batch is put off at most, while it is for as long as the one before took: the busier the machine, the larger the
   * batches and the fewer they are. What comes after a pause goes at once.
   */
  mostRestMs?: number
  /** `false` where no call can be at fault for its neighbours: what fails then fails for all of them at once, rather than for one after the other. */
  repeatApart?: boolean
}
