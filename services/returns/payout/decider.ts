import type { PayoutEvent } from '@vilkar/contracts/returns-payout.ts'
import { accept, type Decider, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { offerInterest, setInterest } from './interest.ts'
import { decided, UNKNOWN } from './parts.ts'
import { proposeGoodwill } from './propose-goodwill.ts'
import type { CommandData, OpenPayout, Payout, PayoutCommand } from './state.ts'

/** How a payout lives: proposed, or decided at once → approved by a second person, or declined → paid. */
export const decider: Decider<Payout, PayoutCommand, PayoutEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'ProposeGoodwill') return proposeGoodwill(command.data, state)
    if (command.type === 'OfferInterest') return state.status === 'new' ? offerInterest(command.data) : accept()
    if (state.status === 'new') return refuse(UNKNOWN)
    switch (command.type) {
      case 'SetInterest':
        return setInterest(command.data, state)
      case 'SettlePayout':
        return settle(command.data, state)
      case 'ClosePayout': {
        const { payoutId, amount, paidAt } = command.data
        if (state.status !== 'owed') return accept()
        return accept({ type: 'PayoutClosed', data: { payoutId, orderId: state.proposed.orderId, amount, paidAt } })
      }
    }
  },

  evolve(state, { type, data }) {
    if (type === 'PayoutProposed') {
      const { personal, ...proposed } = data
      return { status: 'proposed', proposed, ...(personal.by && { by: personal.by }) }
    }
    if (state.status === 'new') throw new Error(`${type} came before PayoutProposed`)
    switch (type) {
      case 'PayoutDecided': {
        const { amount, decidedAt, dueOn, reasons } = data
        return { ...state, status: 'owed', decided: { amount, decidedAt, dueOn, reasons } }
      }
      case 'PayoutDeclined':
        return { ...state, status: 'declined', declined: { outcome: data.outcome, declinedAt: data.declinedAt } }
      case 'PayoutClosed':
        return { ...state, status: 'paid', paid: { amount: data.amount, paidAt: data.paidAt } }
    }
  },
}

/**
 * A second person says yes or no. Who proposed it cannot approve it, and takes it back by a no; interest is owed by law, so that nobody
 * declines it.
 */
function settle(
  { payoutId, at, verdict, by, why }: CommandData<'SettlePayout'>,
  state: OpenPayout,
): Decision<PayoutEvent> {
  const { orderId, kind, needs } = state.proposed
  if (state.status !== 'proposed') {
    const same = (state.status === 'declined') === (verdict === 'declined')
    return same ? accept() : refuse({ code: 'payout-settled', detail: `It is ${state.status} already.` })
  }
  const personal = { by, ...(why !== undefined && { why }) }
  if (verdict === 'declined') {
    if (kind === 'late-interest')
      return refuse({
        code: 'payout-settled',
        detail: 'Interest is owed by law: it is not declined.',
        reasons: state.proposed.reasons,
      })
    const outcome = by === state.by ? ('withdrawn' as const) : ('declined' as const)
    return accept({ type: 'PayoutDeclined', data: { payoutId, orderId, outcome, declinedAt: at, personal } })
  }
  if (needs === 'rate')
    return refuse({
      code: 'interest-rate-needed',
      detail: 'Somebody has to look the rate up first, and say what it comes to.',
    })
  if (by === state.by)
    return refuse({
      code: 'second-person-needed',
      detail: 'Who proposed it cannot approve it. Somebody else has to look.',
    })
  return accept(decided(state.proposed, at, personal))
}
