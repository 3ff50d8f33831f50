import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import { countOf } from '@vilkar/terms/order/price-back.ts'
import { acceptComplaint, rejectComplaint } from './assess.ts'
import { hearScan, letTimePass } from './goods-awaited.ts'
import { narrowByRight } from './narrow.ts'
import { receiveComplaint } from './receive.ts'
import { chooseRemedy, recordCure, recordFailure, recordReturn, reducePrice } from './remedy.ts'
import type { Complaint, ComplaintCommand, OpenComplaint } from './state.ts'

/** What each choice waits for. */
const WAITS = {
  repair: 'curing',
  replacement: 'curing',
  'price-reduction': 'reducing',
  rescission: 'returning',
} as const
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
        return accept({ type: 'ComplaintEnded', data: { ...ids, outcome: 'given-up', endedAt: at } })
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

type Later = Exclude<ComplaintEvent, { type: 'ComplaintReceived' }>

function after(state: OpenComplaint, { type, data }: Later): OpenComplaint {
  switch (type) {
    case 'ComplaintAssessed': {
      const { outcome, by, assessedAt, repairMonths, reasons, choices } = data
      const assessment = { outcome, by, assessedAt, ...(repairMonths && { repairMonths }), reasons }
      return { ...state, status: outcome, assessment, choices }
    }
    case 'RemedyChosen': {
      const { remedy, chosenAt, doneBy, reasons } = data
      // What went back for another remedy came back to the customer since.
      const { sentAt: _, ...before } = state
      return {
        ...before,
        status: WAITS[remedy],
        choices: [],
        chosen: { remedy, chosenAt, ...(doneBy && { doneBy }), reasons },
      }
    }
    case 'CureDone':
      return { ...state, status: 'cured', curedAt: data.doneAt }
    case 'CureFailed': {
      const { failedAt, failedCures, choices, reasons } = data
      const assessment = { ...state.assessment!, reasons }
      return { ...state, status: 'accepted', assessment, choices, failedCures, failedAt }
    }
    case 'ComplaintNarrowed':
      return { ...state, received: { ...state.received, lines: linesLeft(state, data.left) } }
    case 'ReturnSent':
      return { ...state, sentAt: data.sentAt }
    case 'SendBackReminded':
      return { ...state, remindedAt: data.remindedAt }
    case 'SendBackOverdue':
      return { ...state, overdueAt: data.decidedAt }
    case 'ReturnReceived':
      return { ...state, goodsReceivedAt: data.receivedAt }
    case 'RefundDecided': {
      const { amount, dueOn, decidedAt, reasons } = data
      return { ...state, status: 'refund-decided', refund: { amount, dueOn, decidedAt, reasons } }
    }
    case 'ReturnClosed':
      return { ...state, status: 'closed', closed: { amount: data.amount, closedAt: data.closedAt } }
    case 'ComplaintEnded':
      return { ...state, status: 'ended', endedAt: data.endedAt }
  }
}

const linesLeft = ({ received }: OpenComplaint, left: LinePart[]) =>
  received.lines.flatMap((line) => {
    const quantity = countOf(left, line.lineId)
    return quantity > 0 ? [{ ...line, quantity }] : []
  })
