import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { choiceOf } from './choice-awaited.ts'
import type { OpenComplaint } from './state.ts'

/** What is told of a complaint that waits for its customer: for a choice, or for goods. */
export type Waited = Extract<
  ComplaintEvent,
  {
    type:
      | 'CureGoodsReceived'
      | 'CureGoodsWaived'
      | 'ChoiceReminded'
      | 'ChoiceOverdue'
      | 'ComplaintRested'
      | 'ReturnSent'
      | 'SendBackReminded'
      | 'SendBackOverdue'
  }
>

/** A complaint after something was said of what it waits for. */
export function afterWaiting(state: OpenComplaint, { type, data }: Waited): OpenComplaint {
  switch (type) {
    case 'CureGoodsReceived': {
      if (state.cure?.cureId !== data.cureId) return withoutDefective(state)
      const cure = { ...state.cure!, goodsReceivedAt: data.receivedAt }
      const isNext = cure.step === 'goods'
      const here = { ...state, cure: isNext ? { ...cure, step: 'repair' as const, since: data.receivedAt } : cure }
      return state.defective?.cureId === data.cureId ? withoutDefective(here) : here
    }
    case 'CureGoodsWaived': {
      const { cure } = state
      const kept = cure?.cureId === data.cureId ? { ...state, cure: { ...cure, goodsWaivedAt: data.waivedAt } } : state
      return withoutDefective(kept)
    }
    case 'ChoiceReminded':
      return { ...state, choice: { ...choiceOf(state), remindedAt: data.remindedAt } }
    case 'ChoiceOverdue':
      return { ...state, choice: { ...choiceOf(state), overdueAt: data.decidedAt } }
    case 'ComplaintRested':
      return { ...state, choice: { ...choiceOf(state), restedAt: data.restedAt } }
    case 'ReturnSent': {
      const { defective, status } = state
      const { sentAt } = data
      return defective && status !== 'returning'
        ? { ...state, defective: { ...defective, sentAt } }
        : { ...state, sentAt }
    }
    case 'SendBackReminded': {
      const { cureId, remindedAt } = data
      return cureId ? { ...state, defective: { ...state.defective!, remindedAt } } : { ...state, remindedAt }
    }
    case 'SendBackOverdue': {
      const { cureId, decidedAt: overdueAt } = data
      return cureId ? { ...state, defective: { ...state.defective!, overdueAt } } : { ...state, overdueAt }
    }
  }
}

/** The defective goods are here, may be kept, or are not to go back after all. */
export function withoutDefective({ defective: _, ...state }: OpenComplaint): OpenComplaint {
  return state
}
