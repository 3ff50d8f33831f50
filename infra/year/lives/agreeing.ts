import type { Random } from '@vilkar/storm/random.ts'
import type { World } from '../world.ts'
import type { Bought } from './buying.ts'

type Units = { lineId: string; quantity: number }
type Asking = Pick<World, 'ask' | 'urls'>

/** What is agreed in writing with one customer; the last gives a consumer less than the law does, and is not taken. */
export const AGREED = [
  { withdrawalDays: 30 },
  { withdrawalDays: 60, returnCost: 'seller' },
  { voluntaryReturnDays: 60 },
  { complaintYears: 5 },
  { withdrawalDays: 7, complaintYears: 1 },
] as const

/** Somebody writes to the shop before the goods have left, and it agrees to something else than its terms say. */
export const agree = ({ ask, urls, clock }: World, { id, name }: Bought, changes: (typeof AGREED)[number]) =>
  ask('support', 'PUT', `${urls.returns}/orders/${id}/agreements/${crypto.randomUUID()}`, {
    ...{ changes, text: `We agreed on ${JSON.stringify(changes)}.`, party: name, agreedAt: clock.now().toString() },
  })

/** Somebody of the staff takes all the same what the rules refuse; of what is worth much another one says yes or no. */
export const decideOtherwise = (
  { ask, urls }: Asking,
  { id }: Pick<Bought, 'id'>,
  about: 'withdrawal' | 'voluntary-return' | 'complaint',
  lines: Units[],
) =>
  ask('support', 'PUT', `${urls.returns}/orders/${id}/overrides/${crypto.randomUUID()}`, {
    ...{ about, lines, why: 'They were in hospital.', words: 'I could not write before.' },
  })

/** Somebody of the staff has what was deducted from a refund paid back after all: a little, and then the rest. */
export async function giveBackDeduction({ ask, urls }: Asking, { id }: Pick<Bought, 'id'>, returnId: string) {
  const restore = (more: object) =>
    ask('support', 'PUT', `${urls.returns}/orders/${id}/overrides/${crypto.randomUUID()}`, {
      ...{ about: 'deduction', returnId, why: 'They were not told how to try it.', ...more },
    })
  await restore({ amount: 100 })
  await restore({})
}

/** Asks for the label of a case, twice at the same moment; some lose theirs, and ask for another. */
export async function haveLabel({ ask, urls }: Asking, caseId: string, random: Random) {
  const url = `${urls.returns}/returns/${caseId}/label`
  const isLost = random.chance(0.4)
  const [{ status, body }] = await Promise.all([ask('storefront', 'PUT', url), ask('support', 'PUT', url)])
  if (status !== 200 || !isLost) return
  const another = { labelId: body.id, reason: 'lost' }
  await Promise.all([1, 2].map(() => ask('storefront', 'PUT', `${url}/replacement`, another)))
}
