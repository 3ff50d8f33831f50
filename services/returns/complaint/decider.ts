import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import { after, type Later } from './after.ts'
import { acceptComplaint, rejectComplaint } from './assess.ts'
import { restComplaint } from './choice-awaited.ts'
import {
  goodsBack,
  hearStock,
  hearStop,
  noteUnderway,
  recordDelivery,
  recordGoods,
  sendRepaired,
  stopNewGoods,
} from './cure.ts'
import { waiveGoods } from './defective-awaited.ts'
import { hearScan, letTimePass } from './goods-awaited.ts'
import { narrowByRight } from './narrow.ts'
import { receiveComplaint } from './receive.ts'
import { chooseRemedy, recordCure, recordFailure, recordReturn, reducePrice } from './remedy.ts'
import type { Complaint, ComplaintCommand } from './state.ts'

const CAN_BE_GIVEN_UP: ReadonlySet<string> = new Set([
  'received',
  'accepted',
  'curing',
  'cured',
  'reducing',
  'returning',
])

/** How a complaint lives: received → judged → chosen → put right, or failed and chosen anew → money back in part or whole. */
export const decider: Decider<Complaint, ComplaintCommand, ComplaintEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'ReceiveComplaint') return state.status === 'new' ? receiveComplaint(command.data) : accept()
    if (state.status === 'new') return refuse({ code: 'complaint-unknown', detail: 'There is no such complaint.' })
    const { returnId, at } = command.data
    const ids = { returnId, orderId: state.received.orderId }
    switch (command.type) {
      case 'AcceptComplaint':
        return acceptComplaint(command.data, state)
      case 'RejectComplaint':
        return rejectComplaint(command.data, state)
      case 'ChooseRemedy':
        return chooseRemedy(command.data, state)
      case 'HearStock':
        return hearStock(command.data, state)
      case 'RecordGoods':
        return recordGoods(command.data, state)
      case 'WaiveGoods':
        return waiveGoods(command.data, state)
      case 'RestComplaint':
        return restComplaint(command.data, state)
      case 'SendRepaired':
        return sendRepaired(command.data, state)
      case 'NoteUnderway':
        return noteUnderway(command.data, state)
      case 'RecordDelivery':
        return recordDelivery(command.data, state)
      case 'HearStop':
        return hearStop(command.data, state)
      case 'RecordCure':
        return recordCure(command.data, state)
      case 'RecordFailure':
        return recordFailure(command.data, state)
      case 'ReducePrice':
        return reducePrice(command.data, state)
      case 'RecordReturn':
        return recordReturn(command.data, state)
      case 'LoseUnits':
        return accept(...narrowByRight(command.data, state))
      case 'HearScan':
        return hearScan(command.data, state)
      case 'LetTimePass':
        return letTimePass(command.data, state)
      case 'GiveUp': {
        if (state.status === 'ended') return accept()
        if (!CAN_BE_GIVEN_UP.has(state.status))
          return refuse({ code: 'complaint-settled', detail: `The complaint is ${state.status}.` })
        return accept<ComplaintEvent>(
          ...stopNewGoods(returnId, at, state),
          ...(state.status === 'curing' ? goodsBack(returnId, at, state) : []),
          { type: 'ComplaintEnded', data: { ...ids, outcome: 'given-up', endedAt: at } },
        )
      }
      case 'CloseComplaint': {
        if (state.status !== 'refund-decided') return accept()
        const { amount } = command.data
        return accept({ type: 'ReturnClosed', data: { ...ids, outcome: 'refunded', amount, closedAt: at } })
      }
    }
  },

  evolve(state, { type, data }) {
    if (type === 'ComplaintReceived') {
      const { personal: _, ...received } = data
      return { status: 'received', received, choices: [], failedCures: 0 }
    }
    if (state.status === 'new') throw new Error(`${type} came before ComplaintReceived`)
    return after(state, { type, data } as Later)
  },
}
