const PLACES = [
  'relay:after-number',
  'relay:before-publish',
  'relay:after-publish',
  'inbox:before-commit',
  'inbox:after-commit',
] as const

/** A place between two effects where a crash would do the most harm. */
export type Place = (typeof PLACES)[number]
export type FailPoint = (place: Place) => void

/**
 * Lets a test kill this process (SIGKILL) the first time that it passes a place with work in hand, named by the
 * variable FAIL_POINT. Does nothing without it. Throws on an unknown name, and in production.
 */
export function createFailPoints(wanted = process.env.FAIL_POINT): FailPoint {
  if (wanted === undefined || wanted === '') return () => {}
  if (process.env.NODE_ENV === 'production') throw new Error('FAIL_POINT kills the process: never in production.')
  if (!PLACES.some((place) => place === wanted)) throw new Error(`FAIL_POINT must be one of ${PLACES.join(', ')}.`)
  return (place) => {
    if (place !== wanted) return
    process.kill(process.pid, 'SIGKILL')
    // The signal may take a moment to arrive, and nothing more may happen until then.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }
}
