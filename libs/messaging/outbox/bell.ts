/** Rings once for whoever waits, or for the next who does; by itself after `ms`. */
export function createBell() {
  let rung = Promise.withResolvers<void>()
  const ring = () => rung.resolve()
  return {
    ring,
    async heard(ms: number) {
      const timer = setTimeout(ring, ms)
      await rung.promise
      clearTimeout(timer)
      rung = Promise.withResolvers()
    },
  }
}
export type Bell = ReturnType<typeof createBell>
