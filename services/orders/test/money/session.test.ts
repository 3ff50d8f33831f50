import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { type SessionCommand, session } from '../../money/session.ts'
import { approved, aSession, opened, paid, sessionPlanned } from './an-operation.ts'

const say = <Type extends SessionCommand['type']>(type: Type, data: Extract<SessionCommand, { type: Type }>['data']) =>
  ({ type, data }) as SessionCommand
const page = { provider: 'klarna', id: 's-2', url: 'https://pay.example/s-2', expiresAt: null }
const portion = { lines: [], deliveryAmount: 100 }
const reopen = (dropped?: string) => say('Reopen', { sessionId: 's', amount: 100, portion, dropped })

t.test('a payment session', async (t) => {
  t.test('is opened once, by the attempt that asked for it', async () => {
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
  t.test('goes on with the approval in use, whichever other is told', async () => {
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
  t.test('that is paid places no second order', async () => {
    given(session, sessionPlanned, opened, paid)
      .when(say('ClaimApproval', { approvalToken: 'b' }))
      .thenNothing()
  })
  t.test('that is paid forgets what would place the order, since it holds personal data', async () => {
    const after = given(session, sessionPlanned, opened, approved)
      .when(say('RecordPayment', { sessionId: 's', paymentId: 'p' }))
      .thenHappens({ type: 'SessionPaid' })
    if (after.status !== 'paid' || after.request !== undefined || after.approvalToken !== undefined)
      throw new Error('It remembers what would place the order.')
  })
  t.test('that ended leads to another page, unless somebody may have paid by it', async () => {
    given(session, sessionPlanned, opened).when(reopen()).thenHappens({ type: 'SessionReopened' })
    given(session, sessionPlanned, opened, approved).when(reopen()).thenNothing()
    given(session, sessionPlanned, opened, paid).when(reopen()).thenNothing()
  })
  t.test(
    'whose payment was worth nothing leads to another page, and does not take that payment for a new one',
    async () => {
      const after = given(session, sessionPlanned, opened, paid)
        .when(reopen('p'))
        .thenHappens({ type: 'SessionReopened', data: { dropped: 'p' } })
      if (after.status !== 'planned' || after.attempt !== 2 || after.paymentId !== undefined)
        throw new Error('It is not another attempt.')
      if (after.droppedPaymentIds.join() !== 'p') throw new Error('The payment is forgotten.')
    },
  )
  t.test('does not take up a payment that was worth nothing, however late somebody tells of it', async () => {
    const dropped = { type: 'SessionReopened', data: { amount: 100, portion, dropped: 'p' } } as const
    given(session, sessionPlanned, opened, paid, dropped)
      .when(say('RecordPayment', { sessionId: 's', paymentId: 'p' }))
      .thenNothing()
  })
  t.test('is paid only by the page that is open: what came of an earlier one is none of its own', async () => {
    const reopened = { type: 'SessionReopened', data: { amount: 100, portion } } as const
    const another = { type: 'SessionOpened', data: { opened: page } } as const
    const late = say('RecordPayment', { sessionId: 's', paymentId: 'p' })
    given(session, sessionPlanned, opened, reopened).when(late).thenNothing()
    given(session, sessionPlanned, opened, reopened, another).when(late).thenNothing()
    given(session, sessionPlanned).when(late).thenNothing()
  })
  t.test('is reopened once by two who saw it end', async () => {
    const reopened = { type: 'SessionReopened', data: { amount: 100, portion } } as const
    given(session, sessionPlanned, opened, reopened).when(reopen()).thenNothing()
  })
  t.test('is planned once', async () => {
    given(session, sessionPlanned).when(say('PlanSession', aSession)).thenNothing()
  })
})
