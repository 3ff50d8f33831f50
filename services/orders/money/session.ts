import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'
import { awaitsNewPayment } from '../order/payment.ts'
import type { PlacedOrder, Portion } from '../order/state.ts'

/**
 * A payment session: what a customer pays an order by. An order has one, and another for each authorisation that ran out.
 * `LIFECYCLE.md` shows its life as a table. This file is pure; `session-store.ts` holds its SQL.
 */
export type SessionStatus = 'planned' | 'open' | 'approving' | 'paid' | 'declined'

/** Where the customer pays: at which provider, its page or our own with the provider's widget on it, and until when. */
export type ProviderSession = {
  provider: string
  id: string
  url: string
  expiresAt: string | null
  widget?: { kind: 'client_token' | 'html'; value: string }
}

export type PaymentSession = {
  id: string
  orderId: string
  /** The payment that ran out, of a session that asks for another. */
  replacesPaymentId?: string
  /** What is to be paid, in minor units. */
  amount: number
  currency: Currency
  /** What of the order is to be paid; absent: all of it. */
  portion?: Portion
  /** Grows with every page that is opened under the same link. */
  attempt: number
  status: SessionStatus
  /** The provider's session, once it is open. */
  opened?: ProviderSession
  /** The customer's approval that the order is being placed with, where that is ours to do. */
  approvalToken?: string
  /** Where the shop places the order: what places it, byte for byte. Holds personal data. */
  request?: string
  /** The payment that came of it. */
  paymentId?: string
  /** Payments that came of it and were worth nothing. */
  droppedPaymentIds: string[]
  lastResult?: object
}

type State = { status: 'new' } | PaymentSession
type Planned = Pick<PaymentSession, 'id' | 'orderId' | 'replacesPaymentId' | 'amount' | 'currency' | 'portion'>
type Message<Type extends string, Data = object> = { type: Type; data: Data }

export type SessionCommand =
  | Message<'PlanSession', Planned>
  | Message<'RecordOpened', { attempt: number; opened: ProviderSession; request?: string }>
  | Message<'RecordRefused', { attempt: number; result: object }>
  /** The provider says that nobody can pay by it any more. */
  | Message<'RecordEnded', { sessionId: string; at: string }>
  /** The customer approved; the approval is kept before it is used, and until its outcome is known no other is. */
  | Message<'ClaimApproval', { approvalToken: string }>
  | Message<'ForgetApproval', { approvalToken: string }>
  /** A payment came of this session of the provider's. */
  | Message<'RecordPayment', { sessionId: string; paymentId: string }>
  /** Another page under the same link, for what is to be paid by now. `dropped`: a payment of it that is worth nothing. */
  | Message<'Reopen', { sessionId: string; amount: number; portion: Portion; dropped?: string }>
  | Message<'RetrySession'>

export type SessionEvent =
  | Message<'SessionPlanned', Planned>
  | Message<'SessionOpened', { opened: ProviderSession; request?: string }>
  | Message<'SessionRefused', { result: object }>
  | Message<'SessionEnded', { at: string }>
  | Message<'ApprovalClaimed', { approvalToken: string }>
  | Message<'ApprovalForgotten'>
  | Message<'SessionPaid', { paymentId: string }>
  | Message<'SessionReopened', { amount: number; portion: Portion; dropped?: string }>
  | Message<'SessionRetried'>

/** The life of a payment session. Whether its order can be paid at all is asked before, by `isSessionPayable`. */
export const session: Decider<State, SessionCommand, SessionEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'PlanSession')
      return state.status === 'new' ? accept({ type: 'SessionPlanned', data: command.data }) : accept()
    if (state.status === 'new') return refuse({ code: 'payment-unknown', detail: 'There is no such payment.' })
    const { status, opened } = state
    switch (command.type) {
      case 'RecordOpened': {
        const { attempt, ...data } = command.data
        return status === 'planned' && attempt === state.attempt ? accept({ type: 'SessionOpened', data }) : accept()
      }
      case 'RecordRefused': {
        const { attempt, result } = command.data
        return status === 'planned' && attempt === state.attempt
          ? accept({ type: 'SessionRefused', data: { result } })
          : accept()
      }
      case 'RecordEnded': {
        const { sessionId, at } = command.data
        return status === 'open' && opened!.id === sessionId ? accept({ type: 'SessionEnded', data: { at } }) : accept()
      }
      case 'ClaimApproval':
        return status === 'open' ? accept({ type: 'ApprovalClaimed', data: command.data }) : accept()
      case 'ForgetApproval':
        return status === 'approving' && state.approvalToken === command.data.approvalToken
          ? accept({ type: 'ApprovalForgotten', data: {} })
          : accept()
      case 'RecordPayment': {
        // What was worth nothing stays dropped, and what came of an earlier page is not this one's, however late it is told.
        const { sessionId, paymentId } = command.data
        const isNew = state.paymentId !== paymentId && !state.droppedPaymentIds.includes(paymentId)
        return isNew && opened?.id === sessionId ? accept({ type: 'SessionPaid', data: { paymentId } }) : accept()
      }
      case 'Reopen': {
        const { sessionId, ...data } = command.data
        // What ends a session leaves nothing behind: no approval of it is in use and no payment of it is known.
        const reopens = opened?.id === sessionId && (status === 'open' || data.dropped !== undefined)
        return reopens ? accept({ type: 'SessionReopened', data }) : accept()
      }
      case 'RetrySession':
        return status === 'declined' ? accept({ type: 'SessionRetried', data: {} }) : accept()
    }
  },

  evolve(state, { type, data }) {
    if (type === 'SessionPlanned') return { ...data, attempt: 1, status: 'planned', droppedPaymentIds: [] }
    if (state.status === 'new') throw new Error(`${type} came before SessionPlanned`)
    switch (type) {
      case 'SessionOpened':
        return { ...state, ...data, status: 'open' }
      case 'SessionRefused':
        return { ...state, status: 'declined', lastResult: data.result }
      case 'SessionEnded':
        return { ...state, opened: { ...state.opened!, expiresAt: data.at } }
      case 'ApprovalClaimed':
        return { ...state, status: 'approving', approvalToken: data.approvalToken }
      case 'ApprovalForgotten':
        return { ...state, status: 'open', approvalToken: undefined }
      case 'SessionPaid':
        return { ...state, status: 'paid', paymentId: data.paymentId, approvalToken: undefined, request: undefined }
      case 'SessionReopened': {
        const { opened: _, approvalToken: __, request: ___, paymentId: ____, ...rest } = state
        const { amount, portion, dropped } = data
        const droppedPaymentIds =
          dropped === undefined ? state.droppedPaymentIds : [...state.droppedPaymentIds, dropped]
        return { ...rest, amount, portion, droppedPaymentIds, status: 'planned', attempt: state.attempt + 1 }
      }
      case 'SessionRetried':
        return { ...state, status: 'planned', attempt: state.attempt + 1 }
    }
  },
}

/** Whether the customer may pay by this session now: the order's first, or the one for the payment that ran out. */
export const isSessionPayable = (
  { replacesPaymentId }: Pick<PaymentSession, 'replacesPaymentId'>,
  order: PlacedOrder,
) => order.status === 'awaiting-payment' || (awaitsNewPayment(order) && replacesPaymentId === order.payment!.paymentId)

/** Whether nobody can pay by it any more: its time is up, or the provider said so. */
export const hasEnded = ({ expiresAt }: ProviderSession, now: Temporal.Instant) =>
  expiresAt !== null && Temporal.Instant.compare(expiresAt, now) <= 0
