import { createRandom } from '../random.ts'
import type { Stage } from '../stage.ts'
import type { createCustomer } from './customer.ts'
import type { createWarehouse } from './warehouse.ts'

type Hands = Pick<ReturnType<typeof createCustomer>, 'payAgain' | 'cancelAll'> &
  Pick<ReturnType<typeof createWarehouse>, 'send' | 'receive'> & { unwilling: Set<string> }

/**
 * What people still do when the storm is over, so that all comes to an end: customers whose authorisation ran out pay again, or
 * do not and cancel what they can; what waited for that is sent; what is on its way back arrives. Tells whether anything was done.
 */
export function createWindUp(
  { books, goods }: Pick<Stage, 'books' | 'goods'>,
  { payAgain, cancelAll, send, receive, unwilling }: Hands,
) {
  const received = new Set<string>()
  const random = createRandom(1)
  return async (): Promise<boolean> => {
    const unpaid = await books.query<{ id: string }>(
      `select id from orders where state -> 'payment' ? 'expiredAt' and status <> 'cancelled'`,
    )
    let busy = false
    for (const { id } of unpaid.rows) {
      if (unwilling.has(id)) continue
      busy = true
      // About a third does not pay again.
      if (Number.parseInt(id.at(-1)!, 16) >= 5) await payAgain(id)
      else {
        unwilling.add(id)
        await cancelAll(id)
      }
    }
    const waiting = await goods.shipping.query<{ id: string }>(
      `select distinct order_id as id from shipment where status = 'requested'`,
    )
    for (const { id } of waiting.rows) await send(id, random)
    const coming = await goods.returns.query<{ id: string }>(`select id from return where status <> 'closed'`)
    for (const { id } of coming.rows) if (!received.has(id) && (await receive(id)).status < 400) received.add(id)
    return busy || waiting.rows.length > 0 || coming.rows.length > 0
  }
}
