/** The orders of one customer: those of before they asked to be erased, and since. */
type Entry = { name: string; email: string; orders: string[]; ordersSince: string[]; isErased: boolean }

/** What customers did that nobody can read anywhere once they are erased: kept by their number. */
export function createDiary() {
  const entries = new Map<number, Entry>()
  const of = (n: number) => entries.get(n)
  return {
    of,
    bought(n: number, { id, name, email }: { id: string; name: string; email: string }) {
      const entry = entries.getOrInsertComputed(n, () => ({
        name,
        email,
        orders: [],
        ordersSince: [],
        isErased: false,
      }))
      ;(entry.isErased ? entry.ordersSince : entry.orders).push(id)
    },
    /** Asked again, it is about what was bought in between as well. */
    askedForErasure(n: number) {
      const entry = of(n)!
      Object.assign(entry, { isErased: true, orders: [...entry.orders, ...entry.ordersSince], ordersSince: [] })
    },
    erased: () => [...entries.values()].filter(({ isErased }) => isErased),
  }
}
export type Diary = ReturnType<typeof createDiary>
