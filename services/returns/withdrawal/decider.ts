import type { ReturnClosed, ReturnReceived, ReturnSent, ReturnsEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import { decideRefund } from '../refund/decide-refund.ts'
import type { ReturnCommand } from './commands.ts'
import { declareWithdrawal } from './declare-withdrawal.ts'
import type { DeclaredReturn, Return } from './state.ts'

/** How a return lives: declared → (sent) → received or proven → refund decided → closed when the money is back. */
export const decider: Decider<Return, ReturnCommand, ReturnsEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'DeclareWithdrawal') return state.status === 'new' ? declareWithdrawal(command.data) : accept()
    if (state.status === 'new') return refuse({ code: 'return-unknown', detail: 'There is no such return.' })
    const { returnId, at } = command.data
    const ids = { returnId, orderId: state.declared.orderId }

    switch (command.type) {
      case 'RecordSending': {
        const { carrier, trackingNumber, sentAt } = command.data
        if (state.sentAt !== undefined || state.status === 'closed') return accept()
        const wrong = outOfTime('sentAt', sentAt, state, at)
        if (wrong) return refuse(wrong)
        const sent = { type: 'ReturnSent', data: { ...ids, carrier, trackingNumber, sentAt } } satisfies ReturnSent
        return state.refund
          ? accept<ReturnsEvent>(sent)
          : accept<ReturnsEvent>(sent, decideRefund(state.declared, at, { proofOfSendingAt: sentAt }))
      }
      case 'RecordReceipt': {
        const { receivedAt } = command.data
        if (
          state.receivedAt !== undefined ||
          (state.status === 'closed' && state.closed?.outcome === 'order-cancelled')
        )
          return accept()
        const wrong = outOfTime('receivedAt', receivedAt, state, at)
        if (wrong) return refuse(wrong)
        const received = { type: 'ReturnReceived', data: { ...ids, receivedAt } } satisfies ReturnReceived
        return state.refund
          ? accept<ReturnsEvent>(received)
          : accept<ReturnsEvent>(received, decideRefund(state.declared, at, { goodsReceivedAt: receivedAt }))
      }
      case 'CloseReturn': {
        if (state.status === 'closed') return accept()
        const { outcome, amount } = command.data
        return accept({ type: 'ReturnClosed', data: { ...ids, outcome, amount, closedAt: at } } satisfies ReturnClosed)
      }
    }
  },

  evolve(state, { type, data }) {
    if (type === 'WithdrawalDeclared') {
      const { personal: _, terms, ...declared } = data
      // Only events of earlier releases lack the terms, and those are never decided anew.
      return { status: 'declared', declared: { ...declared, terms: terms! } }
    }
    if (state.status === 'new') throw new Error(`${type} came before WithdrawalDeclared`)
    switch (type) {
      case 'ReturnSent':
        return { ...state, status: state.status === 'declared' ? 'sent' : state.status, sentAt: data.sentAt }
      case 'ReturnReceived':
        return { ...state, receivedAt: data.receivedAt }
      case 'RefundDecided': {
        const { amount, dueOn, decidedAt, reasons } = data
        return { ...state, status: 'refund-decided', refund: { amount, dueOn, decidedAt, reasons } }
      }
      case 'ReturnClosed': {
        const { outcome, amount, closedAt } = data
        return { ...state, status: 'closed', closed: { outcome, amount, closedAt } }
      }
    }
  },
}

function outOfTime(field: string, when: string, { declared }: DeclaredReturn, now: string) {
  if (Temporal.Instant.compare(when, now) > 0)
    return { code: 'moment-in-the-future', detail: `${field} (${when}) is later than now (${now}).` }
  if (declared.goodsSent || Temporal.Instant.compare(when, declared.declaredAt) >= 0) return undefined
  return { code: 'goods-not-sent', detail: 'The goods had not left the seller when the customer withdrew.' }
}
