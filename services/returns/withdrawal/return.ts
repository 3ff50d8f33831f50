import type { LinePart } from '@vilkar/contracts/parts.ts'
import type {
  RefundDecided,
  ReturnClosed,
  ReturnReceived,
  ReturnSent,
  ReturnsEvent,
  WithdrawalDeclared,
} from '@vilkar/contracts/returns.ts'
import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { eligibility, type LineEntitlements } from '@vilkar/terms/order/entitlements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'

/** The facts of a return. Money in minor units of the order's currency. */
export type DeclaredReturn = {
  status: 'declared' | 'sent' | 'refund-decided' | 'closed'
  declared: Omit<WithdrawalDeclared['data'], 'personal'>
  sentAt?: string
  receivedAt?: string
  refund?: Pick<RefundDecided['data'], 'amount' | 'dueOn' | 'decidedAt' | 'reasons'>
  closed?: Pick<ReturnClosed['data'], 'outcome' | 'amount' | 'closedAt'>
}
export type Return = { status: 'new' } | DeclaredReturn

type Command<Type extends string, Data> = { type: Type; data: { returnId: string; at: string } & Data }
export type ReturnCommand =
  | Command<'DeclareWithdrawal', { facts: OrderFacts; lines?: LinePart[]; statement?: string }>
  | Command<'RecordSending', { edition: string; carrier: string; trackingNumber: string; sentAt: string }>
  | Command<'RecordReceipt', { edition: string; receivedAt: string }>
  | Command<'CloseReturn', { outcome: 'refunded' | 'order-cancelled'; amount: number }>

type DataOf<Type extends ReturnCommand['type']> = Extract<ReturnCommand, { type: Type }>['data']

/** How a return lives: declared → (sent) → received or proven → refund decided → closed when the money is back. */
export const decider: Decider<Return, ReturnCommand, ReturnsEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'DeclareWithdrawal') return state.status === 'new' ? declare(command.data) : accept()
    if (state.status === 'new') return refuse({ code: 'return-unknown', detail: 'There is no such return.' })
    const { returnId, at } = command.data
    const ids = { returnId, orderId: state.declared.orderId }

    switch (command.type) {
      case 'RecordSending': {
        const { edition, carrier, trackingNumber, sentAt } = command.data
        if (state.sentAt !== undefined || state.status === 'closed') return accept()
        const wrong = outOfTime('sentAt', sentAt, state, at)
        if (wrong) return refuse(wrong)
        const sent = { type: 'ReturnSent', data: { ...ids, carrier, trackingNumber, sentAt } } satisfies ReturnSent
        return state.refund
          ? accept<ReturnsEvent>(sent)
          : accept<ReturnsEvent>(sent, decideRefund(state, edition, at, { proofOfSendingAt: sentAt }))
      }
      case 'RecordReceipt': {
        const { edition, receivedAt } = command.data
        if (
          state.receivedAt !== undefined ||
          (state.status === 'closed' && state.closed?.outcome === 'order-cancelled')
        )
          return accept()
        const wrong = outOfTime('receivedAt', receivedAt, state, at)
        if (wrong) return refuse(wrong)
        const received = { type: 'ReturnReceived', data: { ...ids, receivedAt } } satisfies ReturnReceived
        return state.refund
          ? accept<ReturnsEvent>(received)
          : accept<ReturnsEvent>(received, decideRefund(state, edition, at, { goodsReceivedAt: receivedAt }))
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
      const { personal: _, ...declared } = data
      return { status: 'declared', declared }
    }
    if (state.status === 'new') throw new Error(`${type} came before WithdrawalDeclared`)
    switch (type) {
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

/** Judges every line by the edition and the law, at the moment when the customer says it. `review` counts as granted. */
function declare({ returnId, at, facts, lines: asked, statement }: DataOf<'DeclareWithdrawal'>) {
  const now = Temporal.Instant.from(at)
  const { lines: ruled } = eligibility(facts, now)
  const wanted =
    asked ??
    ruled.filter(({ returnable }) => returnable > 0).map(({ lineId, returnable }) => ({ lineId, quantity: returnable }))
  const chosen = wanted.map((part) => ({ part, ruling: ruled.find(({ lineId }) => lineId === part.lineId) }))
  const strange = chosen.find(({ ruling }) => ruling === undefined)
  if (strange) return refuse({ code: 'line-unknown', detail: `The order has no line ${strange.part.lineId}.` })
  const known = chosen as { part: LinePart; ruling: LineEntitlements }[]

  const refused = known.filter(({ ruling }) => ruling.withdrawal.outcome === 'refused')
  if (refused.length > 0 || known.length === 0)
    return refuseWithdrawal(facts, known.length > 0 ? refused.map(({ ruling }) => ruling) : ruled)
  const tooMany = known.find(({ part, ruling }) => part.quantity > ruling.returnable)
  if (tooMany) {
    const { part, ruling } = tooMany
    return refuse({
      code: 'quantity-exceeded',
      detail: `Of line ${part.lineId} ${ruling.returnable} can still go back, not ${part.quantity}.`,
    })
  }
  return accept(declaration({ returnId, at, facts, statement, now }, known, ruled))
}

function refuseWithdrawal({ customerKind }: OrderFacts, ruled: LineEntitlements[]) {
  const reasons = distinct(ruled.flatMap(({ withdrawal }) => withdrawal.reasons))
  const detail =
    customerKind === 'business'
      ? 'The right of withdrawal is for consumers.'
      : 'There is no right to withdraw from this, or not any more.'
  return refuse({ code: 'withdrawal-refused', detail, reasons })
}

type Declaring = { returnId: string; at: string; facts: OrderFacts; statement?: string; now: Temporal.Instant }

function declaration(
  { returnId, at, facts, statement, now }: Declaring,
  chosen: { part: LinePart; ruling: LineEntitlements }[],
  all: LineEntitlements[],
): WithdrawalDeclared {
  const terms = termsOf(facts.terms.edition)
  const going = new Map(chosen.map(({ part }) => [part.lineId, part.quantity]))
  const wholeOrder = all.every(({ lineId, returnable }) => (going.get(lineId) ?? 0) === returnable)
  const { bearer, reasons: costReasons } = chosen[0]!.ruling.returnCost
  const {
    amount,
    parts,
    reasons: refundReasons,
  } = terms.refund({
    lines: chosen.map(({ part, ruling }) => {
      const { total, quantity } = facts.lines.find(({ lineId }) => lineId === part.lineId)!
      return { total, quantity, returning: part.quantity, returnedBefore: quantity - ruling.returnable }
    }),
    deliveryPaid: facts.delivery.paid,
    standardDeliveryPrice: facts.delivery.standardPrice,
    emptiesOrder: wholeOrder && !facts.returns.some(({ deliveryRefunded }) => deliveryRefunded),
  })
  const { until } = chosen[0]!.ruling.withdrawal
  return {
    type: 'WithdrawalDeclared',
    data: {
      returnId,
      orderId: facts.orderId,
      lines: chosen.map(({ part: { lineId, quantity } }, i) => ({ lineId, quantity, amount: parts.lines[i]! })),
      wholeOrder,
      goodsSent: facts.parcels.some(({ handedOverAt }) => handedOverAt !== undefined),
      declaredAt: at,
      ...(until && { lastDay: until }),
      sendBackBy: terms.sendBackBy(now, facts.country).lastDay.toString(),
      returnCostBearer: bearer,
      refundEstimate: amount,
      deliveryAmount: parts.delivery,
      currency: facts.currency,
      reasons: distinct([
        ...chosen.flatMap(({ ruling }) => ruling.withdrawal.reasons),
        ...costReasons,
        ...refundReasons,
      ]),
      personal: { ...(statement !== undefined && { statement }) },
    },
  }
}

/** The refund is due at the latest fourteen days after the notice, or when withholding ends if that is later (§ 24). */
function decideRefund(
  { declared }: DeclaredReturn,
  edition: string,
  at: string,
  back: { goodsReceivedAt?: string; proofOfSendingAt?: string },
): RefundDecided {
  const { returnId, orderId, refundEstimate: amount, deliveryAmount, currency, lines, declaredAt } = declared
  const { dueOn, reasons } = termsOf(edition).refundDue({
    noticeReceivedAt: Temporal.Instant.from(declaredAt),
    ...(back.goodsReceivedAt && { goodsReceivedAt: Temporal.Instant.from(back.goodsReceivedAt) }),
    ...(back.proofOfSendingAt && { proofOfSendingAt: Temporal.Instant.from(back.proofOfSendingAt) }),
  })
  return {
    type: 'RefundDecided',
    data: {
      returnId,
      orderId,
      amount,
      deliveryAmount,
      currency,
      lines,
      decidedAt: at,
      dueOn: dueOn!.toString(),
      reasons,
    },
  }
}

function outOfTime(field: string, when: string, { declared }: DeclaredReturn, now: string) {
  if (Temporal.Instant.compare(when, now) > 0)
    return { code: 'moment-in-the-future', detail: `${field} (${when}) is later than now (${now}).` }
  if (declared.goodsSent || Temporal.Instant.compare(when, declared.declaredAt) >= 0) return undefined
  return { code: 'goods-not-sent', detail: 'The goods had not left the seller when the customer withdrew.' }
}

/** Reasons once each: lines of one order mostly share them. */
const distinct = (reasons: readonly Reason[]): Reason[] => [
  ...new Map(reasons.map((reason) => [reason.code, reason])).values(),
]
