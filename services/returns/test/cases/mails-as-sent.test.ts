import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { call, delivered, clock, mailbox } = await startReturnsForTest()

t.test('mails about the cases of an order are found by the order, and read as they were sent', async (t) => {
  const { id: orderId, email } = await delivered()
  clock.at = '2026-06-10T09:00:00Z'
  const lines = [{ lineId: '1', quantity: 1 }]
  const { body: declared } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, { lines })
  const [got] = await eventually('the receipt to come', async () => {
    const all = mailbox.to(email)
    return all.length > 0 && all
  })
  const listed = await eventually('the mail to be settled', async () => {
    const { items } = (await call('support', 'GET', `/orders/${orderId}/mails`)).body
    return items.every(({ status }: { status: string }) => status === 'accepted') && items
  })
  t.equal(listed.length, 1)
  t.hasStrict(listed[0], { to: email, subject: got!.subject, content: 'kept' })
  const { body } = await call('support', 'GET', `/mails/${listed[0].id}`)
  t.equal(body.text, got!.text.trimEnd())
  t.ok([declared.id, declared.statementId, orderId].includes(body.about))
  const { body: others } = await call('support', 'GET', `/orders/${(await delivered()).id}/mails`)
  t.strictSame(others.items, [])
})
