import { readFileSync } from 'node:fs'
import { type Decider, fold } from '@vilkar/decider/decider.ts'
import t from 'tap'
import { type OperationCommand, operation } from '../../money/operation.ts'
import { WHAT_HAPPENS } from '../../money/said.ts'
import { type SessionCommand, session } from '../../money/session.ts'
import { aRefund, aSession, inStatus, sessionIn } from './an-operation.ts'

const text = readFileSync(new URL('../../money/LIFECYCLE.md', import.meta.url), 'utf8')

/** The table under a heading: by row and column. */
function tableUnder(heading: string) {
  const section = text.slice(text.indexOf(`## ${heading}`)).split('\n## ')[0]!
  const [head, , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  return Object.fromEntries(
    rows.map(([is, ...cells]) => [is, Object.fromEntries(cells.map((cell, i) => [head![i + 1], cell]))]),
  )
}

/** The same table, made by letting every command happen in every status. */
const tableOf = <State extends { status: string }, Command, Event>(
  decider: Decider<State, Command, Event>,
  states: Record<string, State>,
  columns: Record<string, Command>,
) =>
  Object.fromEntries(
    Object.entries(states).map(([is, state]) => [
      is,
      Object.fromEntries(
        Object.entries(columns).map(([column, command]) => {
          const { events, refusal } = decider.decide(command, state)
          const after = refusal ? 'refused' : events.length === 0 ? '' : fold(decider, state, events).status
          return [column, after]
        }),
      ),
    ]),
  )

const result = { kind: 'unknown' }
const answer = { attempt: 1, result }
const portion = { lines: [], deliveryAmount: 0 }
const operationColumns: Record<string, OperationCommand> = {
  'wait for capture': { type: 'WaitForCapture', data: { at: '2026-06-02T10:00:00Z' } },
  send: { type: 'SendOperation', data: { at: '2026-06-02T10:00:00Z', paymentId: 'p' } },
  'turned away': { type: 'RecordTurnedAway', data: answer },
  unanswered: { type: 'RecordUnanswered', data: answer },
  declined: { type: 'RecordDeclined', data: answer },
  ambiguous: { type: 'RecordAmbiguous', data: answer },
  executed: { type: 'RecordExecuted', data: { providerId: 'r-1', paymentId: 'p' } },
  'order cancelled': { type: 'DropOperation', data: { because: 'order_cancelled' } },
  'nothing taken': { type: 'DropOperation', data: { because: 'nothing_taken' } },
  retry: { type: 'RetryOperation', data: {} },
  deny: { type: 'DenyOperation', data: {} },
  claim: { type: 'ClaimOperation', data: {} },
  'take by hand': {
    type: 'TakeByHand',
    data: { movement: { operationId: 'm', providerId: 'r-2', amount: aRefund.amount }, portion },
  },
}
const sessionColumns: Record<string, SessionCommand> = {
  opened: {
    type: 'RecordOpened',
    data: { attempt: 1, opened: { provider: 'klarna', id: 's', url: 'u', expiresAt: null } },
  },
  'refused by the provider': { type: 'RecordRefused', data: { attempt: 1, result } },
  ended: { type: 'RecordEnded', data: { sessionId: 's', at: '2026-06-02T10:00:00Z' } },
  approved: { type: 'ClaimApproval', data: { approvalToken: 'a' } },
  'approval forgotten': { type: 'ForgetApproval', data: { approvalToken: 'a' } },
  paid: { type: 'RecordPayment', data: { sessionId: 's', paymentId: 'p' } },
  reopened: { type: 'Reopen', data: { sessionId: 's', amount: aSession.amount, portion } },
  dropped: { type: 'Reopen', data: { sessionId: 's', amount: aSession.amount, portion, dropped: 'p' } },
  retried: { type: 'RetrySession', data: {} },
}

t.test('the tables of LIFECYCLE.md are what the code does:', async (t) => {
  t.test('a payment session', async (t) => {
    t.strictSame(tableUnder('A payment session'), tableOf(session, sessionIn, sessionColumns))
  })
  t.test('a money operation', async (t) => {
    t.strictSame(tableUnder('A money operation'), tableOf(operation, inStatus, operationColumns))
  })
  t.test('what a person says', async (t) => {
    t.strictSame(tableUnder('What a person says'), WHAT_HAPPENS)
  })
})
