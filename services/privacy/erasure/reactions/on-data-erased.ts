import type { OrderDataErased } from '@vilkar/contracts/orders-erasure.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { answerErasure } from '../answer.ts'
import type { SHOP_HOLDERS } from '../ask.ts'

type Answer = OrderDataErased['data']

const answeredBy =
  (holder: (typeof SHOP_HOLDERS)[number]) =>
  (trx: Transaction<Database>, { clock }: Deps, { erasureId, erased, postponed, counts }: Answer) => {
    const left = postponed.map(({ orderId, why }) => ({ record: orderId, why }))
    return answerErasure(trx, erasureId, { holder, erased, postponed: left, counts }, clock.now())
  }

/** Each of our services answers with an event of its own. */
export const erasureReactions = {
  OrderDataErased: answeredBy('orders'),
  ShipmentDataErased: answeredBy('shipping'),
  ReturnDataErased: answeredBy('returns'),
}
