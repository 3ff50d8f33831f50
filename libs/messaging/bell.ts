/** Rings once for whoever waits, or for the next who does; `heard` gives up waiting after `ms`, and says whether it rang. */
export function createBell() {
  let rung = Promise.withResolvers<boolean>()
  return {
    ring: () => rung.resolve(true),
    async heard(ms: number) {
      const timer = setTimeout(() => rung.resolve(false), ms)
      const rang = await rung.promise
      clearTimeout(timer)
      rung = Promise.withResolvers()
      return rang
    },
  }
}
export type Bell = ReturnType<typeof createBell>
