import { example } from '@vilkar/contracts/test/examples.ts'
import { told } from '@vilkar/contracts/test/told.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { order } from '../../order/order.ts'
import { onRecallNoticeAsked } from '../../order/reactions/on-recall-notice-asked.ts'
import type { OrderCommand } from '../../order/state.ts'
import { formed as anOrderFormed, historyOf } from '../alarming.ts'
import { authorise, confirm, place, settleRecall, writeRecall } from '../an-order.ts'

const formed = [place(), authorise(), confirm()]
const after = (...commands: OrderCommand[]) => given(order, ...told(order, ...commands))

t.test('a recall is written of once, and what became of the mail is told when it is news', async (t) => {
  after(...formed, writeRecall())
    .when(writeRecall({ noticeId: crypto.randomUUID() }))
    .thenNothing()
  t.equal(told(order, ...formed, writeRecall(), writeRecall({ recallId: crypto.randomUUID() })).length, 5)
  after(...formed, writeRecall(), settleRecall('told'))
    .when(settleRecall('told'))
    .thenNothing()
  const outcomes = told(order, ...formed, writeRecall(), settleRecall('told'), settleRecall('unreachable'))
  t.strictSame(
    outcomes.flatMap((event) => (event.type === 'RecallNoticeSettled' ? [event.data.outcome] : [])),
    ['told', 'unreachable'],
  )
  after(...formed)
    .when(settleRecall('told'))
    .thenNothing()
})

t.test(
  'the customer is told by mail, once for two at once, and again at another address if it reached nobody',
  async (t) => {
    const { house, id, order } = await anOrderFormed(t)
    const { data } = example('RecallNoticeAsked')
    const ask = (changes: object = {}) =>
      transact(house.deps, (trx) => onRecallNoticeAsked(trx, house.deps, { ...data, orderId: id, ...changes }))
    await Promise.all([ask(), ask({ noticeId: crypto.randomUUID() })])
    const mails = (to: string, times: number) =>
      eventually(`${times} mails of the recall to ${to}`, async () => {
        const found = house.mailbox
          .to(to)
          .filter(({ subject }) => /^Product safety recall|^Tilbakekalling/.test(subject))
        return found.length === times && found
      })
    const { email } = order.customer
    const [mail] = await mails(email, 1)
    for (const part of [/serial number LK-000421/, /LK-000400 to LK-000499/, /may catch fire/, /Take the battery out/])
      t.match(mail!.text, part)
    t.match(mail!.text, /another one or to have your money back/)
    const outcomes = async () =>
      (await historyOf(house, id)).flatMap((event: { type: string; data: { outcome?: string } }) =>
        event.type === 'RecallNoticeSettled' ? [event.data.outcome] : [],
      )
    await eventually('that it was told', async () => (await outcomes()).length === 1)
    const bounced = { event: 'hard_bounce', 'message-id': mail!.messageId, reason: '550 unknown' }
    for (const _ of [1, 2]) await house.call('mailer', 'POST', '/mail/events', bounced)
    t.strictSame(await outcomes(), ['told', 'unreachable'])
    const corrected = { email: 'kari.ny@example.com', why: 'It was misspelt.' }
    t.equal((await house.call('support', 'PUT', `/orders/${id}/email`, corrected)).status, 200)
    await mails(corrected.email, 1)
    await eventually('that it was told anew', async () => (await outcomes()).length === 3)
    await house.call('mailer', 'POST', '/mail/events', { ...bounced, event: 'delivered' })
    t.strictSame(await outcomes(), ['told', 'unreachable', 'told'], 'of the older one nothing is heard any more')
    await ask()
    await mails(email, 1)
  },
)
