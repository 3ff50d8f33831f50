import type { World } from './world.ts'

const AT_ONCE = 8

/** Somebody's year: acts, and says for how many days it does nothing (0: until all is quiet), until it is over. */
export type Life = AsyncGenerator<number, void, undefined>
type Sleeper = { life: Life; wakes: number; isOver: boolean }

type Played = {
  most: number
  /** How often a day the clock is moved and looked at: a divisor of 24. */
  looksADay: number
  everyDay: () => Promise<void>
  isOver: () => Promise<boolean>
}

/**
 * Lets lives act, each when its time has come, a day at a time; after those of a day `everyDay` is done. Between two days all comes to
 * rest, and whoever watches the clock looks. Ends when every life is over and `isOver` says so, or after `most` days; gives the days.
 */
export async function playDays(
  { clock, quiet, carriers }: Pick<World, 'clock' | 'quiet' | 'carriers'>,
  lives: Life[],
  { most, looksADay, everyDay, isOver }: Played,
): Promise<number> {
  let asleep: Sleeper[] = lives.map((life) => ({ life, wakes: 0, isOver: false }))
  for (let day = 0; day < most; day += 1) {
    for (let awake = asleep.filter(({ wakes }) => wakes <= day); awake.length > 0; ) {
      awake = await act(awake, day)
      await quiet()
    }
    asleep = asleep.filter(({ isOver }) => !isOver)
    await everyDay()
    await quiet()
    if (asleep.length === 0 && (await isOver())) return day
    // What is due in the last hours of a day is done on it.
    for (let look = 0; look < looksADay; look += 1) {
      clock.advance(`PT${24 / looksADay}H`)
      await clock.looked()
      await carriers.look()
      await quiet()
    }
  }
  return most
}

/** Lets each act until its next pause; gives those that only wait until all is quiet. */
async function act(sleepers: readonly Sleeper[], today: number): Promise<Sleeper[]> {
  const again: Sleeper[] = []
  const queue = [...sleepers]
  const hand = async () => {
    for (let sleeper = queue.shift(); sleeper; sleeper = queue.shift()) {
      const { value, done } = await sleeper.life.next()
      sleeper.isOver = done === true
      if (done) continue
      sleeper.wakes = today + value
      if (value === 0) again.push(sleeper)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, hand))
  return again
}
