import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { type OperationCommand, operation } from '../../money/operation.ts'
import { ambiguous, aRefund, at, declined, executed, planned, sent, waits } from './an-operation.ts'

const later = '2026-06-01T12:00:00Z'
const say = <Type extends OperationCommand['type']>(
  type: Type,
  data: Extract<OperationCommand, { type: Type }>['data'],
) => ({ type, data }) as OperationCommand
const send = say('SendOperation', { at: later, paymentId: 'p' })
const answer = { attempt: 1, result: { kind: 'unknown', cause: 'timeout' } }
const portion = { lines: [], deliveryAmount: 400 }
const movedByHand = (amount: number) =>
  say('TakeByHand', { movement: { operationId: 'm', providerId: 'r-2', amount }, portion })
const again = { type: 'OperationRetried', data: { attempt: 2 } } as const

t.test('a money operation', async (t) => {
  t.test('is planned once, however often its purpose comes up', async () => {
    given(operation, planned()).when(say('PlanOperation', aRefund)).thenNothing()
  })
  t.test('that nobody planned is refused', async () => {
    given(operation).when(send).thenRefused('operation-unknown')
  })
  t.test('is about the payment that it is first sent for, also when another takes over', async () => {
    const after = given(operation, planned())
      .when(send)
      .thenHappens({ type: 'OperationSent', data: { paymentId: 'p' } })
    given(operation, planned(), sent).when(say('RecordUnanswered', answer)).thenHappens({ type: 'OperationUnanswered' })
    if (after.status !== 'sent' || after.paymentId !== 'p') throw new Error('It is not about the payment.')
  })
  t.test('that was sent is asked about and not sent again, unless its books show that it did not happen', async () => {
    given(operation, planned(), sent).when(send).thenNothing()
    given(operation, planned(), sent)
      .when(say('SendOperation', { at: later, paymentId: 'p', anew: true }))
      .thenHappens({ type: 'OperationSent', data: { at: later } })
  })
  t.test('hears nothing late of an earlier attempt', async () => {
    const past = [planned(), sent, declined, again]
    for (const type of ['RecordTurnedAway', 'RecordUnanswered', 'RecordDeclined', 'RecordAmbiguous'] as const)
      given(operation, ...past)
        .when(say(type, answer))
        .thenNothing()
  })
  t.test('that is done stays done, whatever is heard of it', async () => {
    const done = [planned(), sent, executed]
    for (const type of ['RecordTurnedAway', 'RecordUnanswered', 'RecordDeclined', 'RecordAmbiguous'] as const)
      given(operation, ...done)
        .when(say(type, answer))
        .thenNothing()
    given(operation, ...done)
      .when(say('RecordExecuted', { providerId: 'r-9', paymentId: 'p' }))
      .thenNothing()
    given(operation, ...done)
      .when(say('RetryOperation', {}))
      .thenRefused('operation-done')
  })
  t.test(
    'that the provider declined is tried again as another attempt, of whichever payment has as much by then',
    async () => {
      const after = given(operation, planned(), sent, declined).when(say('RetryOperation', {})).thenHappens(again)
      if (after.status !== 'planned' || after.paymentId !== undefined || after.firstSentAt !== undefined)
        throw new Error('The next attempt remembers the last.')
    },
  )
  t.test('of another kind than capture or refund is tried again at its own payment', async () => {
    const release = planned({ kind: 'release', purpose: { kind: 'payment', id: 'p' }, paymentId: 'p' })
    const after = given(operation, release, sent, declined).when(say('RetryOperation', {})).thenHappens(again)
    if (after.status !== 'planned' || after.paymentId !== 'p') throw new Error('It is about another payment.')
  })
  t.test('that may have happened is not tried again before a person has said what became of it', async () => {
    given(operation, planned(), sent, ambiguous).when(say('RetryOperation', {})).thenRefused('operation-ambiguous')
    given(operation, planned(), sent, ambiguous).when(say('DenyOperation', {})).thenHappens(again)
    given(operation, planned(), sent, ambiguous)
      .when(say('RecordExecuted', { providerId: 'r-1', paymentId: 'p' }))
      .thenHappens({ type: 'OperationExecuted', data: { providerId: 'r-1' } })
  })
  t.test('is dropped by a cancellation only if it was never sent', async () => {
    const drop = say('DropOperation', { because: 'order_cancelled' })
    given(operation, planned()).when(drop).thenHappens({ type: 'OperationDropped' })
    given(operation, planned(), sent).when(drop).thenNothing()
    const turnedAway = { type: 'OperationTurnedAway', data: { result: answer.result } } as const
    given(operation, planned(), sent, turnedAway).when(drop).thenNothing()
  })
})

t.test('a refund of more than was captured', async (t) => {
  t.test('waits, counted from when it first had to', async () => {
    given(operation, planned(), waits)
      .when(say('WaitForCapture', { at: later }))
      .thenHappens({ type: 'OperationWaits', data: { since: at } })
  })
  t.test('goes on when there is enough', async () => {
    given(operation, planned(), waits).when(send).thenHappens({ type: 'OperationSent' })
  })
  t.test('that was given back by hand in part asks for the rest', async () => {
    const after = given(operation, planned(), waits)
      .when(movedByHand(600))
      .thenHappens({ type: 'PartMovedByHand', data: { amount: 400, movement: { operationId: 'm', amount: 600 } } })
    if (after.status !== 'waiting-for-capture' || after.amount !== 400) throw new Error('The rest is not asked for.')
  })
  t.test(
    'that was given back by hand as a whole is done, and takes no more of the movement than it needs',
    async () => {
      given(operation, planned(), waits)
        .when(movedByHand(1_500))
        .thenHappens(
          { type: 'PartMovedByHand', data: { amount: 0, movement: { operationId: 'm', amount: 1_000 } } },
          { type: 'OperationExecuted', data: { providerId: 'r-2' } },
        )
    },
  )
  t.test('is not settled by hand while its outcome is open', async () => {
    given(operation, planned(), sent).when(movedByHand(600)).thenRefused('operation-not-ambiguous')
  })
})
