import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { countOf } from '@vilkar/terms/order/price-back.ts'
import { afterWaiting, type Waited, withoutDefective } from './after-waiting.ts'
import { defectiveAfter } from './defective-awaited.ts'
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
      const { outcome, by, assessedAt, repairMonths, guarantees, reasons, choices } = data
      const told = { ...(repairMonths && { repairMonths }), ...(guarantees && { guarantees }) }
      const assessment = { outcome, by, assessedAt, ...told, reasons }
      const choice = { since: assessedAt }
      const judged = { ...state, status: outcome, assessment, choices, offered: choices }
      return outcome === 'accepted' ? { ...judged, choice } : judged
    }
    case 'RemedyChosen': {
      const { remedy, chosenAt, doneBy, cureId, reasons } = data
      // What went back for another remedy came back to the customer since.
      const { sentAt: _, choice: __, ...before } = state
      const step = remedy === 'replacement' ? ('stock' as const) : ('goods' as const)
      return {
        ...before,
        ...(cureId && { cure: { cureId, step, since: chosenAt } }),
        status: WAITS[remedy],
        choices: [],
        chosen: { remedy, chosenAt, ...(doneBy && { doneBy }), reasons },
      }
    }
    case 'CureDone': {
      const defective = defectiveAfter(state, data)
      return { ...state, status: 'cured', curedAt: data.doneAt, ...(defective && { defective }) }
    }
    case 'CureFailed': {
      const { failedAt, failedCures, choices, reasons } = data
      const assessment = { ...state.assessment!, reasons }
      const choice = { since: failedAt }
      return { ...state, status: 'accepted', assessment, choices, offered: choices, choice, failedCures, failedAt }
    }
    case 'CureShipmentAsked':
      return { ...state, cure: { ...state.cure!, step: 'shipment', since: data.askedAt, shipmentAsked: true } }
    case 'CureUnderway': {
      const underway = {
        ...{ ...state, status: 'curing' as const },
        cure: { ...state.cure!, step: data.step, since: data.at },
      }
      // A delivery that never was: nothing goes back before the other goods come.
      return state.defective?.cureId === data.cureId ? withoutDefective(underway) : underway
    }
    case 'CureUnavailable': {
      const assessment = { ...state.assessment!, reasons: data.reasons }
      const { choices, unavailableAt: since } = data
      return { ...state, status: 'accepted', assessment, choices, offered: choices, choice: { since } }
    }
    case 'CureStopAsked':
      return { ...state, stopping: { cureId: data.cureId, since: data.askedAt } }
    case 'CureStopped': {
      const { stopping: _, ...rest } = state
      return rest
    }
    case 'ComplaintNarrowed':
      return { ...state, received: { ...state.received, lines: linesLeft(state, data.left) } }
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
    default:
      return afterWaiting(state, { type, data } as Waited)
  }
}

const linesLeft = ({ received }: OpenComplaint, left: LinePart[]) =>
  received.lines.flatMap((line) => {
    const quantity = countOf(left, line.lineId)
    return quantity > 0 ? [{ ...line, quantity }] : []
  })
