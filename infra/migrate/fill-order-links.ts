import { ERASED } from '@vilkar/contracts/erased.ts'
import type { createPool } from '@vilkar/server/postgres.ts'
import { linkAddress } from '@vilkar/server/signed-links.ts'
import { fillLinkAddresses } from '@vilkar/shipping/shipment/store.ts'

const ORDERS_AT_ONCE = 1_000
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Tells shipping of every order to which address its mails go, as signed links carry it, where it does not know. An address that is corrected
 * meanwhile is told by its event, and counts whichever comes first. Answers how many orders it did not know of.
 */
export async function fillOrderLinks(
  orders: ReturnType<typeof createPool>,
  shipping: Parameters<typeof fillLinkAddresses>[0],
): Promise<number> {
  let filled = 0
  for (let after = FIRST; ; ) {
    const { rows } = await orders.query<{ id: string; email: string }>(
      `select id, personal ->> 'email' as email from orders where id > $1 order by id limit $2`,
      [after, ORDERS_AT_ONCE],
    )
    const last = rows.at(-1)
    if (last === undefined) return filled
    const known = rows
      .filter(({ email }) => email !== ERASED)
      .map(({ id, email }) => ({ orderId: id, address: linkAddress(id, email) }))
    filled += await fillLinkAddresses(shipping, known)
    after = last.id
  }
}
