import type {
  ReturnClosed,
  ReturnReceived,
  ReturnSent,
  ReturnUnitsKnown,
  WithdrawalEvent,
} from '@vilkar/contracts/returns.ts'
import { accept, type Decider, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { inTheFuture } from '../order-facts/notice-moments.ts'
import { decideDelivery, decideRefund, deliveryBack } from '../refund/decide-refund.ts'
import { offerCollection } from './collection.ts'
import type { CommandData, ReturnCommand } from './commands.ts'
import { declareWithdrawal } from './declare-withdrawal.ts'
import { whyNotFit } from './fit-for-sale.ts'
import { assessReturn, isContested, recordInspection } from './inspection.ts'
import { hearScan, isProven, judgeProof, notThere, recordSending } from './proof-of-sending.ts'
import { restoreDeduction } from './restore-deduction.ts'
import { awaitsUnits, comingBack, type DeclaredReturn, overdueFrom, type Return, remindFrom } from './state.ts'

/** How a return lives: declared → (sent) → received, or sending confirmed or believed → refund decided → closed when the money is back. */
export const decider: Decider<Return, ReturnCommand, WithdrawalEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'DeclareWithdrawal') return state.status === 'new' ? declareWithdrawal(command.data) : accept()
    if (state.status === 'new') return refuse({ code: 'return-unknown', detail: 'There is no such return.' })
    const { returnId, at } = command.data
    const ids = { returnId, orderId: state.declared.orderId }

    switch (command.type) {
      case 'AskUnits':
        return askUnits(command.data, state)
      case 'RefundDelivery':
        return accept(...decideDelivery(state.declared, command.data))
      case 'RecordUnits':
        return recordUnits(command.data, state)
      case 'RecordSending':
        return withRefund(recordSending(command.data, state), state, command.data)
      case 'HearScan':
        return withRefund(hearScan(command.data, state), state, command.data)
      case 'JudgeProof':
        return withRefund(judgeProof(command.data, state), state, command.data)
      case 'BelieveProof':
        return withRefund(accept(), state, command.data)
      case 'RecordReceipt': {
        const { receivedAt, facts, fitForSale = [] } = command.data
        const unfit = whyNotFit(fitForSale, state)
        if (unfit) return refuse(unfit)
        if (state.receivedAt !== undefined) return accept()
        const wrong = inTheFuture('receivedAt', receivedAt, at) ?? notThere(state, receivedAt, facts, 'handed-over')
        if (wrong) return refuse(wrong)
        const data = { ...ids, receivedAt, ...(fitForSale.length > 0 && { fitForSale }) }
        const received = { type: 'ReturnReceived', data } satisfies ReturnReceived
        return withRefund(accept<WithdrawalEvent>(received), state, command.data)
      }
      case 'RemindToSend':
        return remindToSend(command.data, state)
      case 'OfferCollection':
        return withRefund(offerCollection(command.data, state), state, command.data)
      case 'RecordInspection':
        return withRefund(recordInspection(command.data, state), state, command.data)
      case 'AssessReturn':
        return withRefund(assessReturn(command.data, state), state, command.data)
      case 'RestoreDeduction':
        return restoreDeduction(command.data, state)
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
      case 'ReturnUnitsAsked':
        return { ...state, declared: { ...state.declared, lines: withUnsent(state.declared.lines, data.lines) } }
      case 'ReturnUnitsKnown':
        return { ...state, known: { stopped: data.stopped, left: data.left } }
      case 'ReturnSent':
        return { ...state, status: state.status === 'declared' ? 'sent' : state.status, ...shownBy(data) }
      case 'ProofOfSendingJudged':
        return data.verdict === 'rejected' ? withoutProof(state) : withVerdict(state, data.verdict)
      case 'ReturnReceived': {
        const { receivedAt, fitForSale } = data
        return { ...state, receivedAt, ...(fitForSale && { fitForSale }) }
      }
      case 'SendBackReminded':
        return { ...state, remindedAt: data.remindedAt }
      case 'SendBackOverdue':
        return { ...state, overdueAt: data.decidedAt }
      case 'CollectionOffered': {
        const { offeredAt, collectOn, lastDay } = data
        return { ...state, collection: { offeredAt, ...(collectOn && { collectOn }), lastDay } }
      }
      case 'ReturnInspected': {
        const { inspectedAt, units, missing, plain } = data
        return { ...state, inspection: { inspectedAt, units, missing, plain } }
      }
      case 'ReturnAssessed': {
        const { assessedAt, deductions, heardUntil } = data
        return { ...state, assessment: { assessedAt, deductions, ...(heardUntil && { heardUntil }) } }
      }
      case 'RefundDecided': {
        const { deliveryRefundId, overrideId, amount, dueOn, decidedAt, reasons, deductions } = data
        if (overrideId) return { ...state, restored: [...(state.restored ?? []), { overrideId, amount, decidedAt }] }
        if (deliveryRefundId)
          return { ...state, deliveryRefund: { deliveryRefundId, amount, dueOn, decidedAt, reasons } }
        return {
          ...state,
          status: 'refund-decided',
          refund: { amount, dueOn, decidedAt, reasons, ...(deductions && { deductions }) },
        }
      }
      case 'ReturnClosed': {
        const { outcome, amount, closedAt } = data
        return { ...state, status: 'closed', closed: { outcome, amount, closedAt } }
      }
    }
  },
}

/** What was decided, and the refund that follows of it, if one does. */
function withRefund(
  { events, refusal }: Decision<WithdrawalEvent>,
  before: DeclaredReturn,
  { at, facts }: { at: string; facts: OrderFacts },
): Decision<WithdrawalEvent> {
  if (refusal) return refuse(refusal)
  const after = events.reduce<Return>(decider.evolve, before) as DeclaredReturn
  return accept(...events, ...refundOf(after, at, facts))
}

/** What is paid back is decided once it is known what comes back, and that it does. */
function refundOf(state: DeclaredReturn, at: string, facts: OrderFacts): WithdrawalEvent[] {
  const { receivedAt: goodsReceivedAt, sentAt } = state
  const proofOfSendingAt = state.proof?.shownAt ?? sentAt
  const left = comingBack(state)
  if (state.refund || state.status === 'closed' || awaitsUnits(state)) return []
  const collectionOfferedAt = state.collection?.offeredAt
  const isWithheld = (goodsReceivedAt ?? collectionOfferedAt) === undefined && !isProven(state, at)
  if (left.length > 0 && isWithheld) return []
  if (isContested(state, at)) return []
  if (left.length === 0 && deliveryBack(state.declared, left, facts) === 0) return [neverSent(state.declared, at)]
  const { deductions } = state.assessment ?? {}
  const back = { goodsReceivedAt, proofOfSendingAt, collectionOfferedAt }
  return [decideRefund(state.declared, at, { facts, left, back, deductions })]
}

/**
 * Orders says which units never left. When none did, the return is over without money, unless it leaves nothing of the order
 * with the customer: then its delivery goes back.
 */
function recordUnits({ returnId, at, facts, stopped, left }: CommandData<'RecordUnits'>, state: DeclaredReturn) {
  if (state.known || state.status === 'closed') return accept<WithdrawalEvent>()
  const { orderId } = state.declared
  const data = { returnId, orderId, stopped, left, knownAt: at }
  const known = { type: 'ReturnUnitsKnown', data } satisfies ReturnUnitsKnown
  return accept<WithdrawalEvent>(known, ...refundOf({ ...state, known: { stopped, left } }, at, facts))
}

/**
 * The withdrawal stands, and the seller goes on waiting for the goods (angrerettloven §§ 23–25): the customer is reminded once, and then
 * told, for good, that the duty to send them stays and that nothing is paid back before.
 */
function remindToSend({ returnId, at, facts }: CommandData<'RemindToSend'>, state: DeclaredReturn) {
  const due = remindFrom(state) ?? overdueFrom(state)
  if (due === undefined || Temporal.Instant.compare(at, due) < 0) return accept<WithdrawalEvent>()
  const { orderId, declaredAt, sendBackBy, terms } = state.declared
  const noticeAt = Temporal.Instant.from(declaredAt)
  const { reasons } = termsOf(terms.edition).sentBack({
    ...{ noticeAt, sentAt: Temporal.Instant.from(at), country: facts.country },
  })
  if (state.remindedAt === undefined)
    return accept<WithdrawalEvent>({
      type: 'SendBackReminded',
      data: { returnId, orderId, sendBackBy, remindedAt: at, reasons },
    })
  const withheld = termsOf(terms.edition).refundDue({ noticeReceivedAt: noticeAt }).reasons
  return accept<WithdrawalEvent>({
    type: 'SendBackOverdue',
    data: { returnId, orderId, sendBackBy, decidedAt: at, reasons: [...reasons, ...withheld] },
  })
}

/** Withdrawals that know how much had not left have asked, or need not. */
function askUnits({ returnId, at }: CommandData<'AskUnits'>, { declared, known, refund, status }: DeclaredReturn) {
  const asked = declared.lines.some(({ unsent }) => unsent !== undefined)
  if (asked || known || refund || status === 'closed') return accept<WithdrawalEvent>()
  const lines = declared.lines.map(({ lineId, quantity }) => ({ lineId, quantity, unsent: quantity }))
  const data = { returnId, orderId: declared.orderId, lines, askedAt: at }
  return accept<WithdrawalEvent>({ type: 'ReturnUnitsAsked', data })
}

const withUnsent = (lines: DeclaredReturn['declared']['lines'], asked: { lineId: string; unsent: number }[]) =>
  lines.map((line) => ({ ...line, unsent: asked.find(({ lineId }) => lineId === line.lineId)!.unsent }))

const neverSent = ({ returnId, orderId }: DeclaredReturn['declared'], at: string): ReturnClosed => ({
  type: 'ReturnClosed',
  data: { returnId, orderId, outcome: 'never-sent', amount: 0, closedAt: at },
})

const shownBy = ({ sentAt, shownAt, paysFrom, carrier, trackingNumber }: ReturnSent['data']) => ({
  sentAt,
  ...(shownAt && { proof: { shownAt, ...(paysFrom && { paysFrom }), carrier, trackingNumber } }),
})

const withVerdict = (state: DeclaredReturn, verdict: 'confirmed' | 'carrier-scanned'): DeclaredReturn => ({
  ...state,
  proof: { ...state.proof!, verdict },
})

/** A rejected proof is as if it had not been shown. */
function withoutProof({ sentAt: _, proof: __, ...state }: DeclaredReturn): DeclaredReturn {
  return { ...state, status: state.status === 'sent' ? 'declared' : state.status, proofRejected: true }
}
