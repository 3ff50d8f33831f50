import { told } from '@vilkar/contracts/test/told.ts'
import { rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import type { ReturnCommand } from '../../withdrawal/commands.ts'
import { decider } from '../../withdrawal/decider.ts'
import { close, declare, judge, learn, receive, remind, send, unsent } from '../a-return.ts'
import { startReturnsForTest } from '../returns-service.ts'

const after = (...commands: ReturnCommand[]) => given(decider, ...told(decider, ...commands))
const one = [{ lineId: '1', quantity: 1 }]
const PASSED = '2026-06-24T22:00:00Z'

t.test('who has sent nothing by the last day is reminded once, and the withdrawal stands', async () => {
  after(declare()).when(remind('2026-06-24T21:59:59Z')).thenNothing()
  after(declare())
    .when(remind(PASSED))
    .thenHappens({
      type: 'SendBackReminded',
      data: { sendBackBy: '2026-06-24', reasons: [{ code: 'sent-back-late' }] },
    })
  after(declare(), remind(PASSED)).when(remind('2026-07-01T08:00:00Z')).thenNothing()
  after(declare(), remind(PASSED))
    .when(receive('2026-07-10T08:00:00Z'))
    .thenHappens({ type: 'ReturnReceived' }, { type: 'RefundDecided', data: { amount: 239_600 } })
})

t.test('nobody is reminded of goods that are on their way, here, never left, or not known to have left', async () => {
  for (const past of [
    [declare(), send()],
    [declare(), receive()],
    [declare(), close('order-cancelled', 0)],
    [declare({ facts: unsent, lines: one })],
    [declare({ facts: unsent, lines: one }), learn(one, [], unsent)],
  ])
    after(...past)
      .when(remind('2026-07-01T08:00:00Z'))
      .thenNothing()
  after(declare(), send(), judge('rejected')).when(remind(PASSED)).thenHappens({ type: 'SendBackReminded' })
})

t.test('the reminder goes out by itself, once, however many look', async (t) => {
  const { db, clock, mailbox, look, call, delivered } = await startReturnsForTest()
  const { id, email } = await delivered()
  clock.at = '2026-06-10T09:00:00Z'
  await call('storefront', 'POST', `/orders/${id}/withdrawals`, {})
  clock.at = PASSED
  t.strictSame(await rowsAdded(db, () => Promise.all([look(), look(), look()])), { outbox: 1, mail: 1 })
  clock.at = '2026-07-09T21:59:59Z'
  t.strictSame(await rowsAdded(db, look), {})
  const mail = await eventually('the reminder', async () =>
    mailbox.to(email).find(({ subject }) => /ikke fått varene/.test(subject)),
  )
  t.match(mail.text, /senest 24\. juni 2026:[\s\S]*Angringen din står ved lag/)
})
