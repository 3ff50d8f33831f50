/** Whatever one is about ends or fails sooner than this: each of its waits does. */
export const STALLED_AFTER_MS = 30_000

/**
 * What a process is about, and since when. A part says `begin` when it has work, as often as it likes, and `end` when that is done or
 * is nobody's any more. What has begun and not ended for long is stalled.
 */
export function createProgress(now = () => performance.now()) {
  const begun = new Map<string, number>()
  const begin = (what: string) => void (begun.has(what) || begun.set(what, now()))
  const end = (what: string) => void begun.delete(what)
  return {
    begin,
    end,
    /** Work that is begun now and has ended when it succeeds, be it at a later try. */
    async during<Result>(what: string, work: () => Promise<Result>) {
      begin(what)
      const result = await work()
      end(what)
      return result
    },
    stalled: () => [...begun].filter(([, since]) => now() - since > STALLED_AFTER_MS).map(([what]) => what),
  }
}
export type Progress = ReturnType<typeof createProgress>
