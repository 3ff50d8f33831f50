import { httpError } from '@vilkar/server/problems.ts'
import { isForAddress, linkUnknown, ORDER_LINK } from '@vilkar/server/signed-links.ts'
import { Type } from 'typebox'
import { type ListedCase, readCase } from '../cases/list.ts'
import type { Deps } from '../deps.ts'
import { orderUnknown } from '../order-facts/http/visible-to.ts'
import type { PlacedOrder } from '../order-facts/projection.ts'
import { readOrder } from '../order-facts/store.ts'

/** What stands behind `link=` in a mail. */
export const Link = Type.String({
  minLength: 1,
  maxLength: 1_000,
  description: 'The signed link of a mail: what stands behind `link=`.',
})
export const LinkQuery = Type.Object({ link: Link }, { additionalProperties: false })

/** The order of a link. Throws a 404 problem for a link that is none, or was mailed to an address that is the order's no more. */
export async function orderOf({ links, pool }: Pick<Deps, 'links' | 'pool'>, link: string): Promise<PlacedOrder> {
  const { subject, content } = await links.read(link, ORDER_LINK)
  const order = (await readOrder(pool, subject)) ?? orderUnknown()
  if (!isForAddress(content, subject, order.personal.email)) throw linkUnknown()
  return order
}

/** Cases that are the customer's to follow; what staff proposes is told by mail once it is decided. */
const SHOWN: readonly string[] = ['withdrawal', 'voluntary-return', 'complaint', 'loss', 'exchange']
export const isShown = ({ kind }: ListedCase) => SHOWN.includes(kind)

/** A case of the order of a link. Throws a 404 problem as `orderOf` does, and for a case of another order or of none. */
export async function caseOf(deps: Deps, link: string, id: string): Promise<{ order: PlacedOrder; found: ListedCase }> {
  const order = await orderOf(deps, link)
  const found = await readCase(deps.db, id)
  if (found?.order_id !== order.facts.orderId || !isShown(found))
    throw httpError(404, 'case-unknown', 'There is no such case.')
  return { order, found }
}
