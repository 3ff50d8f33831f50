import { pause } from '../outage-log.ts'
import type { Wire } from '../wire/wire.ts'

type Options = { wire: Pick<Wire, 'ready'>; deafMs: number; everyMs: number; signal: AbortSignal }

/** Whether the broker was reached within `deafMs`, as is looked every `everyMs`, until the signal. */
export function watchHearing({ wire, deafMs, everyMs, signal }: Options) {
  let deafSince: number | undefined
  async function watch() {
    while (!signal.aborted) {
      deafSince ??= performance.now()
      await wire.ready(signal)
      deafSince = undefined
      await pause(everyMs, signal)
    }
  }
  return {
    isDeaf: () => deafSince !== undefined && performance.now() - deafSince > deafMs,
    ended: watch(),
  }
}
