import type { LossEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decider } from '@vilkar/decider/decider.ts'
import { decideDelivery, decideLoss } from '../refund/decide-refund.ts'
import type { Loss, LossCommand } from './state.ts'

/** How a loss is paid back: decided as soon as it and its order are known → closed when the money is back. Said twice it is said once. */
export const decider: Decider<Loss, LossCommand, LossEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'DecideLoss') return state.status === 'new' ? accept(decideLoss(command.data)) : accept()
    if (state.status === 'new') return accept()
    const { returnId, at } = command.data
    const { orderId, currency } = state
    if (command.type === 'RefundDelivery') {
      const { terms } = command.data.facts
      return accept(...decideDelivery({ returnId, orderId, terms, currency }, command.data))
    }
    if (state.status === 'closed') return accept()
    const { amount } = command.data
    return accept({ type: 'ReturnClosed', data: { returnId, orderId, outcome: 'refunded', amount, closedAt: at } })
  },

  evolve(state, { type, data }) {
    if (type === 'RefundDecided') {
      const { orderId, currency, deliveryRefundId, amount, dueOn, decidedAt, reasons } = data
      const refund = { amount, dueOn, decidedAt, reasons }
      if (state.status === 'new') return { status: 'refund-decided', orderId, currency, refund }
      return { ...state, deliveryRefund: { deliveryRefundId, ...refund } }
    }
    if (state.status === 'new') throw new Error(`${type} came before RefundDecided`)
    return { ...state, status: 'closed', closed: { amount: data.amount, closedAt: data.closedAt } }
  },
}
