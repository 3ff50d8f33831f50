import type { DeliveryDayAgreed } from '@vilkar/contracts/orders-agreement.ts'
import { accept } from '@vilkar/decider/decider.ts'
import { standing } from '@vilkar/terms/order/agreements.ts'
import type { AgreementFacts } from '@vilkar/terms/ruling/agreed.ts'
import type { DataOf, PlacedOrder } from './state.ts'

/** What was agreed in writing about the day of delivery after checkout, and the day that was agreed there, if one was. */
export type AgreedDays = { atCheckout?: string; agreements: AgreementFacts[] }

type Heard = { agreementId: string; agreedAt: string; deliverBy?: string; ends?: string[] }

/** The agreements of an order with one more. They may be heard in any order: of those that hold, the latest counts. */
function withOne({ agreedDays, placed }: PlacedOrder, { agreementId, agreedAt, deliverBy, ends }: Heard): AgreedDays {
  const { deliverBy: atCheckout } = placed
  const before = agreedDays ?? { ...(atCheckout && { atCheckout }), agreements: [] }
  const one = { agreementId, agreedAt, changes: { ...(deliverBy && { deliverBy }) }, ...(ends && { ends }) }
  return { ...before, agreements: [...before.agreements, one] }
}

/** The last day that is agreed; undefined where that of the law holds. */
const lastDayOf = ({ atCheckout, agreements }: AgreedDays) =>
  standing(agreements).findLast(({ changes }) => changes.deliverBy !== undefined)?.changes.deliverBy ?? atCheckout

/** Something was agreed in writing about the day of delivery, once per agreement. */
export function agreeDay({ orderId, at: _, ...heard }: DataOf<'AgreeDeliveryDay'>, state: PlacedOrder) {
  const known = state.agreedDays?.agreements.some(({ agreementId }) => agreementId === heard.agreementId)
  if (known || state.status === 'cancelled') return accept()
  const lastDay = lastDayOf(withOne(state, heard))
  const data = { orderId, ...heard, ...(lastDay && { lastDay }) }
  return accept({ type: 'DeliveryDayAgreed', data } satisfies DeliveryDayAgreed)
}

/** The order after it: a promise that was told to have passed is told anew, should the other day pass too. */
export function withAgreedDay(state: PlacedOrder, agreed: DeliveryDayAgreed['data']): PlacedOrder {
  const agreedDays = withOne(state, agreed)
  const { deliverBy: _, ...placed } = state.placed
  const lastDay = lastDayOf(agreedDays)
  const told = state.delayTold && { delayTold: 'estimate' as const }
  return { ...state, ...told, agreedDays, placed: { ...placed, ...(lastDay && { deliverBy: lastDay }) } }
}
