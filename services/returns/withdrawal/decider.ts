import type {
  ReturnClosed,
  ReturnReceived,
  ReturnSent,
  ReturnsEvent,
  ReturnUnitsKnown,
} from '@vilkar/contracts/returns.ts'
import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { decideRefund, deliveryBack } from '../refund/decide-refund.ts'
import type { CommandData, ReturnCommand } from './commands.ts'
import { declareWithdrawal } from './declare-withdrawal.ts'
import { awaitsUnits, comingBack, type DeclaredReturn, type Return } from './state.ts'

/** How a return lives: declared → (sent) → received or proven → refund decided → closed when the money is back. */
export const decider: Decider<Return, ReturnCommand, ReturnsEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'DeclareWithdrawal') return state.status === 'new' ? declareWithdrawal(command.data) : accept()
    if (state.status === 'new') return refuse({ code: 'return-unknown', detail: 'There is no such return.' })
    const { returnId, at } = command.data
    const ids = { returnId, orderId: state.declared.orderId }

    switch (command.type) {
      case 'RecordUnits':
        return recordUnits(command.data, state)
      case 'RecordSending': {
        const { carrier, trackingNumber, sentAt } = command.data
        if (state.sentAt !== undefined || state.status === 'closed') return accept()
        const wrong = outOfTime('sentAt', sentAt, state, at)
        if (wrong) return refuse(wrong)
        const sent = { type: 'ReturnSent', data: { ...ids, carrier, trackingNumber, sentAt } } satisfies ReturnSent
        return accept<ReturnsEvent>(sent, ...refundOf({ ...state, sentAt }, at, command.data.facts))
      }
      case 'RecordReceipt': {
        const { receivedAt } = command.data
        // What closed without a refund never left, so that nothing of it is awaited.
        if (state.receivedAt !== undefined || (state.closed && state.closed.outcome !== 'refunded')) return accept()
        const wrong = outOfTime('receivedAt', receivedAt, state, at)
        if (wrong) return refuse(wrong)
        const received = { type: 'ReturnReceived', data: { ...ids, receivedAt } } satisfies ReturnReceived
        return accept<ReturnsEvent>(received, ...refundOf({ ...state, receivedAt }, at, command.data.facts))
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
      case 'ReturnUnitsKnown':
        return { ...state, known: { stopped: data.stopped, left: data.left } }
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

/** What is paid back is decided once it is known what comes back, and that it does. */
function refundOf(state: DeclaredReturn, at: string, facts: OrderFacts): ReturnsEvent[] {
  const { receivedAt: goodsReceivedAt, sentAt: proofOfSendingAt } = state
  const left = comingBack(state)
  if (state.refund || state.status === 'closed' || awaitsUnits(state)) return []
  if (left.length > 0 && goodsReceivedAt === undefined && proofOfSendingAt === undefined) return []
  if (left.length === 0 && deliveryBack(state.declared, left, facts) === 0) return [neverSent(state.declared, at)]
  return [decideRefund(state.declared, at, { facts, left, back: { goodsReceivedAt, proofOfSendingAt } })]
}

/**
 * Orders says which units never left. When none did, the return is over without money, unless it leaves nothing of the order
 * with the customer: then its delivery goes back.
 */
function recordUnits({ returnId, at, facts, stopped, left }: CommandData<'RecordUnits'>, state: DeclaredReturn) {
  if (state.known || state.status === 'closed') return accept<ReturnsEvent>()
  const { orderId } = state.declared
  const data = { returnId, orderId, stopped, left, knownAt: at }
  const known = { type: 'ReturnUnitsKnown', data } satisfies ReturnUnitsKnown
  return accept<ReturnsEvent>(known, ...refundOf({ ...state, known: { stopped, left } }, at, facts))
}

const neverSent = ({ returnId, orderId }: DeclaredReturn['declared'], at: string): ReturnClosed => ({
  type: 'ReturnClosed',
  data: { returnId, orderId, outcome: 'never-sent', amount: 0, closedAt: at },
})

function outOfTime(field: string, when: string, { declared }: DeclaredReturn, now: string) {
  if (Temporal.Instant.compare(when, now) > 0)
    return { code: 'moment-in-the-future', detail: `${field} (${when}) is later than now (${now}).` }
  if (declared.goodsSent || Temporal.Instant.compare(when, declared.declaredAt) >= 0) return undefined
  return { code: 'goods-not-sent', detail: 'The goods had not left the seller when the customer withdrew.' }
}
