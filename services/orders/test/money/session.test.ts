import { describe, test } from 'node:test'
import { given } from '@vilkar/testing/given.ts'
import { type SessionCommand, session } from '../../money/session.ts'
import { approved, aSession, opened, paid, sessionPlanned } from './an-operation.ts'

const say = <Type extends SessionCommand['type']>(type: Type, data: Extract<SessionCommand, { type: Type }>['data']) =>
  ({ type, data }) as SessionCommand
const page = { provider: 'klarna', id: 's-2', url: 'https://pay.example/s-2', expiresAt: null }
const portion = { lines: [], deliveryAmount: 100 }
const reopen = (dropped?: string) => say('Reopen', { sessionId: 's', amount: 100, portion, dropped })

describe('a payment session', () => {
  test('is opened once, by the attempt that asked for it', () => {
    given(session, sessionPlanned)
      .when(say('RecordOpened', { attempt: 1, opened: page }))
      .thenHappens({ type: 'SessionOpened' })
    given(session, sessionPlanned)
      .when(say('RecordOpened', { attempt: 2, opened: page }))
      .thenNothing()
    given(session, sessionPlanned, opened)
      .when(say('RecordOpened', { attempt: 1, opened: page }))
      .thenNothing()
  })
  test('goes on with the approval in use, whichever other is told', () => {
    given(session, sessionPlanned, opened)
      .when(say('ClaimApproval', { approvalToken: 'a' }))
      .thenHappens({ type: 'ApprovalClaimed' })
    given(session, sessionPlanned, opened, approved)
      .when(say('ClaimApproval', { approvalToken: 'b' }))
      .thenNothing()
    given(session, sessionPlanned, opened, approved)
      .when(say('ForgetApproval', { approvalToken: 'b' }))
      .thenNothing()
  })
  test('that is paid places no second order', () => {
    given(session, sessionPlanned, opened, paid)
      .when(say('ClaimApproval', { approvalToken: 'b' }))
      .thenNothing()
  })
  test('that is paid forgets what would place the order, since it holds personal data', () => {
    const after = given(session, sessionPlanned, opened, approved)
      .when(say('RecordPayment', { paymentId: 'p' }))
      .thenHappens({ type: 'SessionPaid' })
    if (after.status !== 'paid' || after.request !== undefined || after.approvalToken !== undefined)
      throw new Error('It remembers what would place the order.')
  })
  test('that ended leads to another page, unless somebody may have paid by it', () => {
    given(session, sessionPlanned, opened).when(reopen()).thenHappens({ type: 'SessionReopened' })
    given(session, sessionPlanned, opened, approved).when(reopen()).thenNothing()
    given(session, sessionPlanned, opened, paid).when(reopen()).thenNothing()
  })
  test('whose payment was worth nothing leads to another page, and does not take that payment for a new one', () => {
    const after = given(session, sessionPlanned, opened, paid)
      .when(reopen('p'))
      .thenHappens({ type: 'SessionReopened', data: { dropped: 'p' } })
    if (after.status !== 'planned' || after.attempt !== 2 || after.paymentId !== undefined)
      throw new Error('It is not another attempt.')
    if (after.droppedPaymentIds.join() !== 'p') throw new Error('The payment is forgotten.')
  })
  test('is reopened once by two who saw it end', () => {
    const reopened = { type: 'SessionReopened', data: { amount: 100, portion } } as const
    given(session, sessionPlanned, opened, reopened).when(reopen()).thenNothing()
  })
  test('is planned once', () => {
    given(session, sessionPlanned).when(say('PlanSession', aSession)).thenNothing()
  })
})
