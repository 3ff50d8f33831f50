import { type Caller, maySee } from '@vilkar/server/auth.ts'
import { httpError } from '@vilkar/server/problems.ts'
import type { OrderPersonal } from '../projection.ts'

/** The order, if there is one that the caller may see. Throws a 404 problem otherwise: for anybody else there is none. */
export function visibleTo<Order extends { personal: Pick<OrderPersonal, 'placedBy'> }>(
  caller: Caller,
  order: Order | undefined,
): Order {
  return order !== undefined && maySee(caller, order.personal.placedBy) ? order : orderUnknown()
}

/** Throws: for whoever asks there is no such order. */
export function orderUnknown(): never {
  throw httpError(404, 'order-unknown', 'There is no such order.')
}
