import type { ExchangeEnded, ExchangeEvent } from '@vilkar/contracts/returns-exchange.ts'
import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import type { Legs } from './legs.ts'
import type { Exchange, ExchangeCommand } from './state.ts'

/** How an exchange lives: agreed → ended, when both parts were done or one of them will not be. */
export const decider: Decider<Exchange, ExchangeCommand, ExchangeEvent> = {
  initial: { status: 'new' },

  decide({ type, data }, state) {
    if (type === 'AgreeExchange') {
      const { at, ...agreed } = data
      if (state.status !== 'new')
        return state.agreed.newOrderId === data.newOrderId && state.agreed.returnId === data.returnId
          ? accept()
          : refuse({ code: 'exchange-recorded', detail: 'Something else was recorded under this id.' })
      const difference = agreed.newTotal - agreed.refundEstimate
      return accept({ type: 'ExchangeAgreed', data: { ...agreed, difference, agreedAt: at } })
    }
    if (state.status !== 'agreed') return accept()
    const outcome = outcomeOf(data.legs)
    if (outcome === undefined) return accept()
    const { orderId, newOrderId } = state.agreed
    const { paidBack } = data.legs
    const ended = { orderId, newOrderId, outcome, ...(paidBack !== undefined && { paidBack }), endedAt: data.at }
    return accept({ type: 'ExchangeEnded', data: { exchangeId: data.exchangeId, ...ended } })
  },

  evolve(state, { type, data }) {
    if (type === 'ExchangeAgreed') return { status: 'agreed', agreed: data }
    if (state.status === 'new') throw new Error(`${type} came before ExchangeAgreed`)
    const { outcome, paidBack, endedAt } = data
    return { ...state, status: 'ended', ended: { outcome, ...(paidBack !== undefined && { paidBack }), endedAt } }
  },
}

/** What both parts together come to; undefined while one is awaited that still may come. */
function outcomeOf({ goodsBack, newOrder }: Legs): ExchangeEnded['data']['outcome'] | undefined {
  if (newOrder === 'cancelled') return 'new-order-cancelled'
  if (goodsBack === 'over') return 'never-returned'
  return goodsBack === 'paid-back' && newOrder === 'with-customer' ? 'exchanged' : undefined
}
