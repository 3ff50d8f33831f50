/** What people will do, by the day on which they do it. Each does one thing after the other, several people at once. */
const AT_ONCE = 8

type Act = () => Promise<void>

export function createPlan() {
  const days = new Map<number, Map<number, Act[]>>()
  return {
    /** Plans an act of a person; a day that is over never comes. */
    add(day: number, person: number, act: Act) {
      days
        .getOrInsertComputed(day, () => new Map())
        .getOrInsertComputed(person, () => [])
        .push(act)
    },
    has: (day: number) => days.has(day),
    /** Lets everybody do what is planned for a day, and what they plan for it meanwhile. */
    async play(day: number) {
      for (let today = days.get(day); today !== undefined; today = days.get(day)) {
        days.delete(day)
        const people = [...today.values()]
        const hand = async () => {
          for (let acts = people.shift(); acts; acts = people.shift()) for (const act of acts) await act()
        }
        await Promise.all(Array.from({ length: AT_ONCE }, hand))
      }
    },
  }
}
export type Plan = ReturnType<typeof createPlan>
