/** By how much the quickest that is remembered grows with every batch, so that it is of late. */
const FORGETTING = 1.02

/**
 * How long to rest after a batch that took so many milliseconds: for as long as it took longer than the quickest of late, and at most
 * `mostMs`. On a machine with time to spare nobody waits; the busier it is, the larger the batches and the fewer they are.
 */
export function createRest(mostMs: number) {
  let quickestMs = Number.POSITIVE_INFINITY
  return (tookMs: number) => {
    quickestMs = Math.min(tookMs, quickestMs * FORGETTING)
    return Math.min(tookMs - quickestMs, mostMs)
  }
}
