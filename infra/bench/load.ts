import { Pool } from 'undici'

/** What a stretch of load came to: answers per second, and latencies in milliseconds. */
export type Measured = { perSecond: number; p50Ms: number; p99Ms: number }

/**
 * Keeps `concurrency` calls of `work` under way for `seconds`, after a warm-up that is not counted and `begin`. A call that throws
 * ends the measurement: a figure with errors in it says nothing.
 */
export async function drive(
  work: (worker: number) => Promise<unknown>,
  { concurrency = 32, seconds = 4, warmupSeconds = 1, begin = () => {} } = {},
): Promise<Measured> {
  const latencies: number[] = []
  let phase: 'warm-up' | 'measuring' | 'over' = 'warm-up'
  const worker = async (n: number) => {
    while (phase !== 'over') {
      const begun = performance.now()
      await work(n)
      if (phase === 'measuring') latencies.push(performance.now() - begun)
    }
  }
  const workers = Promise.all(Array.from({ length: concurrency }, (_, n) => worker(n)))
  const raced = (ms: number) => Promise.race([new Promise((resolve) => setTimeout(resolve, ms)), workers])
  await raced(warmupSeconds * 1000)
  phase = 'measuring'
  begin()
  const begun = performance.now()
  await raced(seconds * 1000)
  const elapsed = (performance.now() - begun) / 1000
  phase = 'over'
  await workers
  return { perSecond: Math.round(latencies.length / elapsed), ...percentiles(latencies) }
}

export function percentiles(values: number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  return { p50Ms: at(0.5), p99Ms: at(0.99) }
}

export const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const round = (value: number) => Math.round(value * 100) / 100

/** A client over as many kept-alive connections as there are calls under way. Throws unless the status is expected. */
export function createClient(origin: string, headers: Record<string, string>) {
  const pool = new Pool(origin, { connections: 32, pipelining: 1 })
  return {
    async call(
      method: 'GET' | 'POST',
      path: string,
      status: number,
      body?: string,
      extra: Record<string, string> = {},
    ) {
      const json = body === undefined ? {} : { 'content-type': 'application/json' }
      const response = await pool.request({
        method,
        path,
        headers: { ...headers, ...json, ...extra },
        body: body ?? null,
      })
      if (response.statusCode === status) return response.body
      throw new Error(
        `${method} ${path} answered ${response.statusCode}: ${(await response.body.text()).slice(0, 300)}`,
      )
    },
    close: () => pool.close(),
  }
}
