import { PATIENCE_MS } from './patience.ts'

const POLL_MS = 25

/** Waits until `probe` gives something other than undefined, false or an error; fails with what it saw last. */
export async function eventually<T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  let last: unknown
  for (;;) {
    try {
      const found = await probe()
      if (found !== undefined && found !== false) return found
      last = found
    } catch (error) {
      last = error
    }
    if (performance.now() > end)
      throw new Error(`Waited ${PATIENCE_MS / 1_000} s in vain: ${what}. Last: ${String(last)}`, { cause: last })
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
