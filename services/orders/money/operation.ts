import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Portion } from '../order/state.ts'
import { notAmbiguous, notRefused, notRetried } from './operation-words.ts'

/**
 * A money operation: one thing that is asked of the payment provider about an order's payment, and how far it has come.
 * `LIFECYCLE.md` shows its life as a table. This file is pure; `operation-store.ts` holds its SQL.
 */
export type OperationKind = 'capture' | 'refund' | 'release' | 'extend'

/**
 * What an operation is for. It is asked for once per purpose. `id` is that of the shipment, the return, a stop of units that
 * were paid for, the order (`whole-order`: an early capture, or the refund of a cancelled order; a later refund of the same
 * order has an id of its own), the payment, the end that an extension is for, or a movement made by hand.
 */
export type Purpose = {
  kind: 'shipment' | 'return' | 'stop' | 'whole-order' | 'payment' | 'expiry' | 'by-hand'
  id: string
}

export type OperationStatus = 'planned' | 'waiting-for-capture' | 'sent' | 'done' | 'declined' | 'ambiguous' | 'claimed'

/** Part of an operation that a person moved by hand at the provider's: by which operation it is booked. Minor units. */
export type MovedByHand = { operationId: string; amount: number }

export type Operation = {
  id: string
  orderId: string
  kind: OperationKind
  purpose: Purpose
  /** A refund that goes back to several payments has as many parts, from 1. */
  part: number
  /** What is still to be asked for, in minor units: what was moved by hand is taken off. */
  amount: number
  currency: Currency
  /** Of a capture or a refund: what of the order it is about. */
  portion?: Portion
  /** Of a capture: what the goods left with, for the provider to show to the customer. */
  parcel?: { carrier?: string; trackingNumber?: string }
  byHand: MovedByHand[]
  /** The payment that it is about: the order's own until it is first sent, then this one. */
  paymentId?: string
  /** Grows only after a definite no, when a person has it tried again. */
  attempt: number
  status: OperationStatus
  firstSentAt?: string
  lastSentAt?: string
  waitingSince?: string
  /** The provider's name of the movement. */
  providerId?: string
  /** What was last heard of it. */
  lastResult?: LastResult
  createdAt?: string
}

export type LastResult = { kind: string; reason?: string; cause?: string; candidates?: Candidate[] }
/** A movement in the provider's books that may be the operation's. */
export type Candidate = { providerId: string; amount: number }

type State = { status: 'new' } | Operation
type Planned = Pick<
  Operation,
  'id' | 'orderId' | 'kind' | 'purpose' | 'part' | 'amount' | 'currency' | 'portion' | 'parcel' | 'paymentId'
>
type Message<Type extends string, Data = object> = { type: Type; data: Data }

export type OperationCommand =
  | Message<'PlanOperation', Planned>
  /** Says to which payment a refund goes back, or how much of it goes back to this one. */
  | Message<'AllocateRefund', { paymentId: string; amount: number; portion: Portion }>
  /** Less was captured than a refund gives back. */
  | Message<'WaitForCapture', { at: string }>
  /** It is about to be sent. One that was sent before is only asked about, unless `anew`. */
  | Message<'SendOperation', { at: string; paymentId: string; anew?: true }>
  /** The provider turned the call away before it looked at it: nothing was sent. */
  | Message<'RecordTurnedAway', { attempt: number; result: LastResult }>
  | Message<'RecordUnanswered', { attempt: number; result: LastResult }>
  | Message<'RecordDeclined', { attempt: number; result: LastResult }>
  /** The provider's books can be read in two ways, or show what does not fit the ledger. */
  | Message<'RecordAmbiguous', { attempt: number; result: LastResult }>
  | Message<'RecordExecuted', { providerId: string | null; paymentId: string }>
  /** The order ended before it was sent, or there is nothing that it could give back. */
  | Message<'DropOperation', { because: 'order_cancelled' | 'nothing_taken' }>
  /** A person: it may be tried again. */
  | Message<'RetryOperation'>
  /** A person: what was ambiguous did not happen. */
  | Message<'DenyOperation'>
  /** A person: what left and cannot be captured is claimed of the customer. */
  | Message<'ClaimOperation'>
  /** A person: this movement, made by hand and booked since, is a part of it or all of it. */
  | Message<'TakeByHand', { movement: MovedByHand & { providerId: string }; portion: Portion }>

export type OperationEvent =
  | Message<'OperationPlanned', Planned>
  | Message<'RefundAllocated', { paymentId: string; amount: number; portion: Portion }>
  | Message<'OperationWaits', { since: string }>
  | Message<'OperationSent', { at: string; paymentId: string }>
  | Message<'OperationTurnedAway', { result: LastResult }>
  | Message<'OperationUnanswered', { result: LastResult }>
  | Message<'OperationDeclined', { result: LastResult }>
  | Message<'OperationAmbiguous', { result: LastResult }>
  | Message<'OperationExecuted', { providerId: string | null; paymentId?: string }>
  | Message<'OperationDropped', { because: 'order_cancelled' | 'nothing_taken' }>
  | Message<'OperationRetried', { attempt: number }>
  | Message<'OperationClaimed'>
  | Message<'PartMovedByHand', { movement: MovedByHand; amount: number; portion: Portion }>

/** Whether its outcome is still open, so that the provider is to be asked or has been. */
export const isOpen = ({ status }: Pick<Operation, 'status'>) =>
  status === 'planned' || status === 'waiting-for-capture' || status === 'sent'

/** Whether it asks for more than there is, perhaps since some of it was moved by hand. */
export const isHeldUp = ({ status, kind }: Pick<Operation, 'status' | 'kind'>) =>
  status === 'waiting-for-capture' || (status === 'declined' && (kind === 'capture' || kind === 'refund'))

/** The life of a money operation. */
export const operation: Decider<State, OperationCommand, OperationEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'PlanOperation')
      return state.status === 'new' ? accept({ type: 'OperationPlanned', data: command.data }) : accept()
    if (state.status === 'new')
      return refuse({ code: 'operation-unknown', detail: 'There is no such money operation.' })
    switch (command.type) {
      case 'AllocateRefund':
        return isUnsent(state) ? accept({ type: 'RefundAllocated', data: command.data }) : accept()
      case 'WaitForCapture':
        return isUnsent(state)
          ? accept({ type: 'OperationWaits', data: { since: state.waitingSince ?? command.data.at } })
          : accept()
      case 'SendOperation': {
        const { at, paymentId, anew } = command.data
        const sends = isUnsent(state) || (state.status === 'sent' && anew === true)
        return sends ? accept({ type: 'OperationSent', data: { at, paymentId } }) : accept()
      }
      case 'RecordTurnedAway':
      case 'RecordUnanswered':
      case 'RecordDeclined':
      case 'RecordAmbiguous':
        return answered(command, state)
      case 'RecordExecuted':
        return state.status === 'done' ? accept() : accept({ type: 'OperationExecuted', data: command.data })
      case 'DropOperation': {
        const { because } = command.data
        const droppable =
          because === 'order_cancelled' ? isUnsent(state) && state.firstSentAt === undefined : isOpen(state)
        return droppable ? accept({ type: 'OperationDropped', data: { because } }) : accept()
      }
      case 'RetryOperation':
        return retried(state)
      case 'DenyOperation':
        return state.status === 'ambiguous' ? accept(anotherAttempt(state)) : refuse(notAmbiguous(state))
      case 'ClaimOperation':
        if (state.status === 'claimed') return accept()
        return state.status === 'declined' && state.kind === 'capture'
          ? accept({ type: 'OperationClaimed', data: {} })
          : refuse(notRefused)
      case 'TakeByHand': {
        if (!isHeldUp(state)) return refuse(notAmbiguous(state))
        const { movement, portion } = command.data
        const { operationId, providerId } = movement
        const amount = Math.min(movement.amount, state.amount)
        const part = { movement: { operationId, amount }, amount: state.amount - amount, portion }
        const events: OperationEvent[] = [{ type: 'PartMovedByHand', data: part }]
        if (part.amount === 0) events.push({ type: 'OperationExecuted', data: { providerId } })
        return accept(...events)
      }
    }
  },

  evolve(state, { type, data }) {
    if (type === 'OperationPlanned') return { ...data, byHand: [], attempt: 1, status: 'planned' }
    if (state.status === 'new') throw new Error(`${type} came before OperationPlanned`)
    switch (type) {
      case 'RefundAllocated':
        return { ...state, ...data }
      case 'OperationWaits':
        return { ...state, status: 'waiting-for-capture', waitingSince: data.since }
      case 'OperationSent': {
        const sent = { firstSentAt: state.firstSentAt ?? data.at, lastSentAt: data.at, waitingSince: undefined }
        return { ...state, ...sent, status: 'sent', paymentId: data.paymentId }
      }
      case 'OperationTurnedAway':
        return { ...state, status: 'planned', lastResult: data.result }
      case 'OperationUnanswered':
        return { ...state, status: 'sent', lastResult: data.result }
      case 'OperationDeclined':
        return { ...state, status: 'declined', lastResult: data.result }
      case 'OperationAmbiguous':
        return { ...state, status: 'ambiguous', lastResult: data.result }
      case 'OperationExecuted': {
        const { providerId, paymentId = state.paymentId } = data
        return { ...state, paymentId, status: 'done', providerId: providerId ?? undefined, waitingSince: undefined }
      }
      case 'OperationDropped':
        return data.because === 'order_cancelled'
          ? { ...state, status: 'declined', lastResult: { kind: 'declined', reason: 'order_cancelled' } }
          : { ...state, status: 'done', lastResult: { kind: 'nothing_taken' }, waitingSince: undefined }
      case 'OperationRetried': {
        const { firstSentAt: _, lastSentAt: __, ...rest } = state
        // A capture that was refused since its authorisation had run out is asked of the payment that took over, and a
        // refund of whichever payment has that much to give back by now.
        const paymentId = state.kind === 'capture' || state.kind === 'refund' ? undefined : state.paymentId
        return { ...rest, paymentId, status: 'planned', attempt: data.attempt }
      }
      case 'OperationClaimed':
        return { ...state, status: 'claimed' }
      case 'PartMovedByHand': {
        const { movement, amount, portion } = data
        return { ...state, amount, portion, byHand: [...state.byHand, movement] }
      }
    }
  },
}

const isUnsent = ({ status }: Operation) => status === 'planned' || status === 'waiting-for-capture'

type Answer = Extract<OperationCommand, { data: { attempt: number; result: LastResult } }>

/** Only an answer to the current attempt of an open operation says anything: one to an earlier attempt comes too late. */
function answered({ type, data: { attempt, result } }: Answer, state: Operation) {
  if (attempt !== state.attempt || !isOpen(state)) return accept()
  switch (type) {
    case 'RecordTurnedAway':
      return accept<OperationEvent>({ type: 'OperationTurnedAway', data: { result } })
    case 'RecordUnanswered':
      return accept<OperationEvent>({ type: 'OperationUnanswered', data: { result } })
    case 'RecordDeclined':
      return accept<OperationEvent>({ type: 'OperationDeclined', data: { result } })
    case 'RecordAmbiguous':
      return accept<OperationEvent>({ type: 'OperationAmbiguous', data: { result } })
  }
}

/** A definite no may be tried again as a new attempt, under a new key. What is open is only asked about again, under its own. */
function retried(state: Operation) {
  const refusal = notRetried(state.status)
  if (refusal) return refuse(refusal)
  return state.status === 'declined' ? accept(anotherAttempt(state)) : accept()
}

const anotherAttempt = ({ attempt }: Operation): OperationEvent => ({
  type: 'OperationRetried',
  data: { attempt: attempt + 1 },
})
