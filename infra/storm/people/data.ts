import { setTimeout as pause } from 'node:timers/promises'
import { initialSellers } from '@vilkar/terms/sellers/sellers.ts'
import type { Random } from '../random.ts'
import type { Stage } from '../stage.ts'
import type { Insist } from './persist.ts'

/** Who sells, and so answers for the data. */
export const CONTROLLER = initialSellers[0]!.id
/** An order of the storm has begun and ended by then, or is in the midst of it. */
const WITHIN_MS = 9_000

/**
 * What a shopper asks about their data while their order runs, whatever it is about at that moment: to be erased or to see what is held,
 * some twice in one moment, and some once more afterwards. The first of all asks to be erased, for certain. Answers whether they did.
 */
export const createAsker =
  ({ urls }: Pick<Stage, 'urls'>, insist: Insist) =>
  async (n: number, email: string, random: Random) => {
    if (n > 0 && !random.chance(0.4)) return false
    const ask = async (kind: 'erase' | 'access') => {
      const identifiers = [{ kind: 'email', value: email }]
      const body = { controller: CONTROLLER, kind, channel: 'signed-in', identifiers, replyTo: email }
      await insist('storefront', 'PUT', `${urls.privacy}/requests/${crypto.randomUUID()}`, { body })
    }
    const isErased = n === 0 || random.chance(0.6)
    for (let times = random.between(1, 2); times > 0; times -= 1) {
      await pause(random.between(0, WITHIN_MS))
      const kind = isErased ? 'erase' : 'access'
      await Promise.all(
        random.chance(0.4) ? [ask(kind), ask(isErased && random.chance(0.3) ? 'access' : kind)] : [ask(kind)],
      )
    }
    return isErased
  }
