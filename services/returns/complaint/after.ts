import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { countOf } from '@vilkar/terms/order/price-back.ts'
import type { OpenComplaint } from './state.ts'

/** What each choice waits for. */
const WAITS = {
  repair: 'curing',
  replacement: 'curing',
  'price-reduction': 'reducing',
  rescission: 'returning',
} as const
export type Later = Exclude<ComplaintEvent, { type: 'ComplaintReceived' }>

/** A complaint after one more event. */
export function after(state: OpenComplaint, { type, data }: Later): OpenComplaint {
  switch (type) {
    case 'ComplaintAssessed': {
      const { outcome, by, assessedAt, repairMonths, reasons, choices } = data
      const assessment = { outcome, by, assessedAt, ...(repairMonths && { repairMonths }), reasons }
      return { ...state, status: outcome, assessment, choices, offered: choices }
    }
    case 'RemedyChosen': {
      const { remedy, chosenAt, doneBy, cureId, reasons } = data
      // What went back for another remedy came back to the customer since.
      const { sentAt: _, ...before } = state
      const step = remedy === 'replacement' ? ('stock' as const) : ('goods' as const)
      return {
        ...before,
        ...(cureId && { cure: { cureId, step, since: chosenAt } }),
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
      return { ...state, status: 'accepted', assessment, choices, offered: choices, failedCures, failedAt }
    }
    case 'CureGoodsReceived': {
      const cure = { ...state.cure!, goodsReceivedAt: data.receivedAt }
      const isNext = cure.step === 'goods'
      return { ...state, cure: isNext ? { ...cure, step: 'repair', since: data.receivedAt } : cure }
    }
    case 'CureShipmentAsked':
      return { ...state, cure: { ...state.cure!, step: 'shipment', since: data.askedAt, shipmentAsked: true } }
    case 'CureUnderway':
      return { ...state, status: 'curing', cure: { ...state.cure!, step: data.step, since: data.at } }
    case 'CureUnavailable': {
      const assessment = { ...state.assessment!, reasons: data.reasons }
      return { ...state, status: 'accepted', assessment, choices: data.choices, offered: data.choices }
    }
    case 'CureStopAsked':
      return { ...state, stopping: { cureId: data.cureId, since: data.askedAt } }
    case 'CureStopped': {
      const { stopping: _, ...rest } = state
      return rest
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
