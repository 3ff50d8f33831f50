import type { Diary } from '../diary.ts'
import type { World } from '../world.ts'
import { kinds, OWN } from './kinds.ts'
import { createShop } from './shop.ts'
import { createSystem, type System, type Tally } from './system.ts'

/** All systems of a play, each found by what it holds. */
export function openSystems({
  world,
  diary,
  controller,
  seed,
}: {
  world: World
  diary: Diary
  controller: string
  seed: number
}) {
  const tally: Tally = { erased: 0, postponed: 0, late: 0, twice: 0, accountsKept: 0 }
  const held = kinds[diary.play]!
  const names = [...new Set(Object.values(held).map(({ system }) => system))]
  const parts = { world, diary, controller, seed, tally }
  const shop = names.includes(OWN) ? createShop(parts) : undefined
  const systems = new Map<string, System>(
    names.map((name) => [name, name === OWN ? shop! : createSystem({ ...parts, name, kinds: held })]),
  )
  return {
    tally,
    of: (kind: string) => systems.get(held[kind]!.system)!,
    /** Whether any of them has such a record. */
    keep: (kind: string) => kind in held,
    /** All that was told by events has arrived. */
    quiet: () => shop?.quiet(),
    /** Each does what it was asked to, as far as it gets to it. */
    async work() {
      // Whoever has nothing to do would fetch an empty list.
      const asked = await world.rows<{ system: string }>('select distinct system from erasure where settled_at is null')
      for (const [name, system] of systems)
        if (name === OWN || system.hasMore() || asked.some((each) => each.system === name)) await system.work()
    },
    close: () => shop?.close(),
  }
}
export type Systems = ReturnType<typeof openSystems>
