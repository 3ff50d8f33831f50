import { fold } from '@vilkar/decider/decider.ts'
import { type Operation, type OperationEvent, operation } from '../../money/operation.ts'
import { type PaymentSession, type SessionEvent, session } from '../../money/session.ts'

/** Operations and sessions for tests of their deciders. */
export const at = '2026-06-01T10:00:00Z'
const whole = { lines: [{ lineId: '1', quantity: 1, amount: 900 }], deliveryAmount: 100 }

export const aRefund = {
  id: '019e8258-8c00-4a60-8f0e-2f8f9a4d1c11',
  orderId: '019e8258-8c00-7a60-8f0e-2f8f9a4d1c11',
  kind: 'refund',
  purpose: { kind: 'return', id: 'r' },
  part: 1,
  amount: 1_000,
  currency: 'NOK',
  portion: whole,
} as const

export const planned = (changes: object = {}): OperationEvent => ({
  type: 'OperationPlanned',
  data: { ...aRefund, ...changes } as never,
})
export const sent: OperationEvent = { type: 'OperationSent', data: { at, paymentId: 'p' } }
export const waits: OperationEvent = { type: 'OperationWaits', data: { since: at } }
export const declined: OperationEvent = { type: 'OperationDeclined', data: { result: { kind: 'declined' } } }
export const ambiguous: OperationEvent = { type: 'OperationAmbiguous', data: { result: { kind: 'ambiguous' } } }
export const claimed: OperationEvent = { type: 'OperationClaimed', data: {} }
export const executed: OperationEvent = { type: 'OperationExecuted', data: { providerId: 'r-1', paymentId: 'p' } }

const operationAfter = (...events: OperationEvent[]) =>
  fold(operation, operation.initial, [planned(), ...events]) as Operation

/** A refund in each status, and a capture where only one can be in it. */
export const inStatus: Record<Operation['status'], Operation> = {
  planned: operationAfter(),
  'waiting-for-capture': operationAfter(waits),
  sent: operationAfter(sent),
  done: operationAfter(sent, executed),
  declined: operationAfter(sent, declined),
  ambiguous: operationAfter(sent, ambiguous),
  claimed: { ...operationAfter(sent, declined, claimed), kind: 'capture' },
}

export const aSession = {
  id: '019e8258-8c00-4a60-8f0e-2f8f9a4d1c22',
  orderId: aRefund.orderId,
  amount: 1_000,
  currency: 'NOK',
} as const

export const sessionPlanned: SessionEvent = { type: 'SessionPlanned', data: aSession }
export const opened: SessionEvent = {
  type: 'SessionOpened',
  data: { opened: { provider: 'klarna', id: 's', url: 'https://pay.example/s', expiresAt: null }, request: '{}' },
}
export const approved: SessionEvent = { type: 'ApprovalClaimed', data: { approvalToken: 'a' } }
export const paid: SessionEvent = { type: 'SessionPaid', data: { paymentId: 'p' } }
const refused: SessionEvent = { type: 'SessionRefused', data: { result: { kind: 'declined' } } }

const sessionAfter = (...events: SessionEvent[]) =>
  fold(session, session.initial, [sessionPlanned, ...events]) as PaymentSession

/** A session in each status. */
export const sessionIn: Record<PaymentSession['status'], PaymentSession> = {
  planned: sessionAfter(),
  open: sessionAfter(opened),
  approving: sessionAfter(opened, approved),
  paid: sessionAfter(opened, paid),
  declined: sessionAfter(refused),
}
