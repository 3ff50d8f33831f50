import type { Random } from '../random.ts'
import type { Stage } from '../stage.ts'
import { type Insist, until } from './persist.ts'

/** Less than any shipment or return comes to, so that it is a part of one. */
const MOST_BY_HAND = 900

/** The orders of which something was moved by hand, and that movement's name once the ledger knows it. */
export type MovedByHand = Map<string, { kind: string; providerId?: string }>

/** Somebody takes or gives back a little in the provider's portal, once there is something, and says nothing of it. */
export const createPortalUser =
  ({ urls, simulator }: Pick<Stage, 'urls' | 'simulator'>, insist: Insist, byHand: MovedByHand) =>
  async (kind: 'capture' | 'refund', id: string, random: Random) => {
    const amount = random.between(100, MOST_BY_HAND)
    const moved = await until('there is something to move by hand', async () => {
      const { body } = await insist('support', 'GET', `${urls.orders}/orders/${id}/payments`)
      const [account] = body.accounts
      if (account?.left === 0 && kind === 'capture') return false
      try {
        simulator.moveByHand(kind, account.paymentId, amount)
        return true
      } catch {
        return undefined
      }
    })
    if (moved) byHand.set(id, { kind })
  }

/** The provider ends an authorisation before its time, and tells nobody. */
export const createEarlyEnd =
  ({ books, simulator }: Pick<Stage, 'books' | 'simulator'>) =>
  async (id: string) => {
    const { rows } = await books.query<{ payment_id: string }>(
      'select payment_id from payment_account where order_id = $1',
      [id],
    )
    for (const { payment_id } of rows) simulator.endEarly(payment_id)
  }
