/** What works on the partitions that this process holds: `work` runs for each until its signal. */
export function createPartitionWorkers(
  work: (partition: number, signal: AbortSignal) => Promise<unknown>,
  stopping: AbortSignal,
) {
  const workers = new Map<number, { stop(): void; done: Promise<unknown> }>()

  function start(partition: number) {
    const ending = new AbortController()
    const done = work(partition, AbortSignal.any([stopping, ending.signal]))
    workers.set(partition, { stop: () => ending.abort(), done })
  }

  async function stop(partition: number) {
    const worker = workers.get(partition)
    worker?.stop()
    await worker?.done
    workers.delete(partition)
  }

  return {
    has: (partition: number) => workers.has(partition),
    /** Stops those whose lease is lost and starts those that are new, but none of the surplus, which is to be given back. */
    adjust({ held, surplus }: { held: number[]; surplus: number[] }) {
      for (const partition of workers.keys()) if (!held.includes(partition)) void stop(partition)
      for (const partition of held) if (!workers.has(partition) && !surplus.includes(partition)) start(partition)
    },
    stop,
    /** Stops all and answers which partitions they had. */
    async stopAll() {
      const held = [...workers.keys()]
      await Promise.all(held.map(stop))
      return held
    },
  }
}
