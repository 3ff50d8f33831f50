import { PATIENCE_MS } from './patience.ts'

/** It is looked often at first, and more seldom the longer it takes: looking is work that others wait for. */
const POLL_MIN_MS = 10
const POLL_MAX_MS = 100
const POLL_GROWTH = 1.4

/** Waits until `probe` gives something other than undefined, false or an error; fails with what it saw last. */
export async function eventually<T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  let last: unknown
  for (let pause = POLL_MIN_MS; ; pause = Math.min(pause * POLL_GROWTH, POLL_MAX_MS)) {
    try {
      const found = await probe()
      if (found !== undefined && found !== false) return found
      last = found
    } catch (error) {
      last = error
    }
    if (performance.now() > end)
      throw new Error(`Waited ${PATIENCE_MS / 1_000} s in vain: ${what}. Last: ${String(last)}`, { cause: last })
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
