import type { About } from './routes.ts'

const IS_UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Of which order an alarm is: the order that it names, or that of the thing which it is about. `orderOf` finds it by the id of any thing of
 * the service that may have alarms. Undefined of an alarm that is about no order.
 */
export async function orderOfAlarm<Db>(
  db: Db,
  { order_id, about }: About,
  orderOf: (db: Db, id: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  if (order_id !== null) return order_id
  return about !== null && IS_UUID.test(about) ? await orderOf(db, about) : undefined
}
