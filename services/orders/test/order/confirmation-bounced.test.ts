import t, { type Test } from 'tap'
import { alarm, alarmsOf, dispatch, formed, resolved, tell as tellOrder } from '../alarming.ts'
import { stopAll } from '../stop-all.ts'

/** A house whose contract stands, and what the mail provider tells of its newest confirmation. */
async function confirmed(t: Test) {
  const house = await formed(t)
  const tell = async (event: string) => {
    const newest = house.house.mailbox.mails().findLast(({ subject }) => /confirmation/i.test(subject))!
    const said = { event, 'message-id': newest.messageId }
    t.equal((await house.house.call('mailer', 'POST', '/mail/events', said)).status, 204)
  }
  return { ...house, tell }
}
const KIND = 'confirmation-bounced'

t.test('when a confirmation comes back, a person', async (t) => {
  t.test('is called, and no longer once the confirmation reached the corrected address', async (t) => {
    const { house, id, tell } = await confirmed(t)
    await tell('hard_bounce')
    t.match((await alarm(house, KIND)).detail, { status: 'unformed', cause: 'hard_bounce' })
    const email = { email: 'riktig@example.com', why: 'It was misspelt.' }
    t.equal((await house.call('support', 'PUT', `/orders/${id}/email`, email)).status, 200)
    await resolved(house, KIND)
  })
  t.test('is called also when the goods have left, since nobody else looks for the customer then', async (t) => {
    const { house, id, tell, read } = await confirmed(t)
    await dispatch(house, id)
    await tell('hard_bounce')
    t.match((await alarm(house, KIND)).detail, { status: 'dispatched' })
    t.equal((await read()).status, 'dispatched')
  })
  t.test('is called no longer when the order is over', async (t) => {
    const { house, id, tell } = await confirmed(t)
    await tell('hard_bounce')
    await alarm(house, KIND)
    const at = house.clock.now().toString()
    const asked = { requestId: crypto.randomUUID(), orderId: id, at, by: 'customer', reason: 'customer-wish' } as const
    await tellOrder(house, { type: 'CancelOrder', data: asked })
    await stopAll(house, id, at)
    t.match(await resolved(house, KIND), { resolution: /cancelled/ })
  })
  t.test('is not called for a bounce that is told before the one that was taken, nor twice for one', async (t) => {
    const { house, tell } = await confirmed(t)
    await tell('delivered')
    t.strictSame(await alarmsOf(house, KIND), [])
    await tell('soft_bounce')
    await tell('hard_bounce')
    t.equal((await alarmsOf(house, KIND)).length, 1)
  })
})
