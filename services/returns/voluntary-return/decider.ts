import type { VoluntaryEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decider, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { inTheFuture } from '../order-facts/notice-moments.ts'
import { decideGoodsRefund } from '../refund/decide-refund.ts'
import { recordCheck } from './check.ts'
import { endedBy, whyOver } from './ended.ts'
import { requestReturn } from './request-return.ts'
import {
  type CommandData,
  lookedAtUntil,
  type RequestedReturn,
  remindFrom,
  type VoluntaryReturn,
  type VoluntaryReturnCommand,
  waitedForUntil,
} from './state.ts'

const { compare } = Temporal.Instant

/** How goods go back by the offer: requested → received → looked at → paid back, or over without money. */
export const decider: Decider<VoluntaryReturn, VoluntaryReturnCommand, VoluntaryEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'RequestReturn') return state.status === 'new' ? requestReturn(command.data) : accept()
    if (state.status === 'new') return refuse({ code: 'return-unknown', detail: 'There is no such return.' })
    const { returnId, at } = command.data
    const ids = { returnId, orderId: state.requested.orderId }

    switch (command.type) {
      case 'HearScan': {
        const { carrier, trackingNumber, scannedAt } = command.data
        if (state.status !== 'requested' || state.sentAt !== undefined) return accept()
        const wrong = inTheFuture('scannedAt', scannedAt, at)
        const data = { ...ids, carrier, trackingNumber, sentAt: scannedAt }
        return wrong ? refuse(wrong) : accept({ type: 'ReturnSent', data })
      }
      case 'RecordReceipt': {
        const { receivedAt } = command.data
        if (state.receivedAt !== undefined) return accept()
        const wrong = inTheFuture('receivedAt', receivedAt, at) ?? whyOver(state)
        return wrong ? refuse(wrong) : accept({ type: 'ReturnReceived', data: { ...ids, receivedAt } })
      }
      case 'RecordCheck':
        return recordCheck(command.data, state)
      case 'GiveUp':
        return giveUp(command.data, state)
      case 'LetTimePass':
        return letTimePass(command.data, state)
      case 'CloseReturn': {
        if (state.status !== 'refund-decided') return accept()
        const { amount } = command.data
        return accept({ type: 'ReturnClosed', data: { ...ids, outcome: 'refunded', amount, closedAt: at } })
      }
    }
  },

  evolve(state, { type, data }) {
    if (type === 'VoluntaryReturnRequested') {
      const { personal: _, ...requested } = data
      return { status: 'requested', requested }
    }
    if (state.status === 'new') throw new Error(`${type} came before VoluntaryReturnRequested`)
    switch (type) {
      case 'SendBackReminded':
        return { ...state, remindedAt: data.remindedAt }
      case 'ReturnSent':
        return { ...state, sentAt: data.sentAt }
      case 'ReturnReceived':
        return { ...state, status: 'received', receivedAt: data.receivedAt }
      case 'VoluntaryReturnChecked': {
        const { checkedAt, units, accepted, refused, missing } = data
        return { ...state, check: { checkedAt, units, accepted, refused, missing } }
      }
      case 'RefundDecided': {
        const { amount, dueOn, decidedAt, reasons } = data
        return { ...state, status: 'refund-decided', refund: { amount, dueOn, decidedAt, reasons } }
      }
      case 'VoluntaryReturnEnded': {
        const { outcome, endedAt, reasons } = data
        return { ...state, status: 'ended', ended: { outcome, endedAt, reasons } }
      }
      case 'ReturnClosed':
        return { ...state, status: 'closed', closed: { amount: data.amount, closedAt: data.closedAt } }
    }
  },
}

/** The customer keeps the goods, as long as they have them. */
function giveUp(data: CommandData<'GiveUp'>, state: RequestedReturn): Decision<VoluntaryEvent> {
  if (state.status === 'ended') return accept()
  if (state.status !== 'requested')
    return refuse({ code: 'return-received', detail: 'The goods are back with the seller already.' })
  return accept(endedBy(data, state, 'given-up', state.requested.reasons))
}

/**
 * What nobody looked at in time is paid back as if it met the conditions; whoever has not sent the goods is reminded once, and in
 * the end they stay with the customer, whose other rights to them are as they were.
 */
function letTimePass(data: CommandData<'LetTimePass'>, state: RequestedReturn): Decision<VoluntaryEvent> {
  const { returnId, at, facts } = data
  const { orderId, terms, lines, sendBackBy, requestedAt } = state.requested
  const due = (moment: string) => compare(at, moment) >= 0
  if (state.status === 'received' && due(lookedAtUntil(state)))
    return accept(decideGoodsRefund(state.requested, at, { facts, units: lines, receivedAt: state.receivedAt! }))
  if (state.status !== 'requested' || state.sentAt !== undefined) return accept()
  const { reasons } = termsOf(terms.edition).sendBackBy(Temporal.Instant.from(requestedAt), facts.country)
  if (due(waitedForUntil(state))) return accept(endedBy(data, state, 'never-sent', reasons))
  if (state.remindedAt || !due(remindFrom(state))) return accept()
  return accept({ type: 'SendBackReminded', data: { returnId, orderId, sendBackBy, remindedAt: at, reasons } })
}
