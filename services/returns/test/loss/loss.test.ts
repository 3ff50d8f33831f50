import { randomUUID } from 'node:crypto'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { returnIdOfLoss } from '../../order-facts/lost.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, mailbox, look, hear, call, ordered } = await startReturnsForTest()
const units = (quantity: number, lineId = '1') => [{ lineId, quantity }]
const ALL = [...units(2), ...units(1, '2')]
const GOODS = 99_800 + 129_900
const DELIVERY = 14_900
const STANDARD = 9_900
const CHOSEN = '2026-06-09T08:00:00Z'

/** An order of two sensors and a lock, these of them on their way. */
async function sent(lines = ALL) {
  const order = await ordered()
  const shipmentId = randomUUID()
  await dispatch(order.id, shipmentId, lines)
  return { ...order, shipmentId }
}
const dispatch = (orderId: string, shipmentId: string, lines: object[]) =>
  hear('ShipmentDispatched', orderId, { shipmentId, lines, handedOverAt: '2026-06-02T12:00:00Z' })
/** What was to be sent instead of lost units was stopped by a withdrawal. */
const INSTEAD = { reportId: randomUUID(), shipmentId: randomUUID() }
const lose = async (
  orderId: string,
  shipmentId: string,
  lines: object[],
  change: { reportId?: string; choice?: string; replacementId?: string; insteadOf?: object } = {},
) => {
  clock.at = CHOSEN
  const { reportId = randomUUID() } = change
  const settled = { shipmentId, choice: 'refund', lines, settledAt: CHOSEN, ...change, reportId }
  await hear('LossSettled', orderId, settled)
  return returnIdOfLoss(reportId)
}
const withdraw = async (orderId: string, lines: object[]) =>
  call('storefront', 'POST', `/orders/${orderId}/withdrawals`, { lines })
type Told = { type: string; data: { amount: number; deliveryAmount: number; lines: object[]; dueOn: string } }
const toldOf = async (orderId: string) =>
  (await db.selectFrom('outbox').select(['type', 'data']).orderBy('seq').execute()).filter(
    ({ data }) => (data as { orderId?: string }).orderId === orderId,
  ) as unknown as Told[]
const refundsOf = async (orderId: string) =>
  (await toldOf(orderId)).flatMap(({ type, data }) => (type === 'RefundDecided' ? [data] : []))
const amountsOf = async (orderId: string) =>
  (await refundsOf(orderId)).map(({ amount, deliveryAmount }) => [amount, deliveryAmount])
const readCase = async (id: string) => (await call('support', 'GET', `/returns/${id}/case`)).body
const alarmsAbout = async (about: string) =>
  (await call('support', 'GET', '/alarms')).body.items.filter((alarm: { about: string }) => alarm.about === about)
const lineOf = async (orderId: string, n = 0) =>
  (await call('storefront', 'GET', `/orders/${orderId}/eligibility`)).body.lines[n]

t.test(
  'a loss of all is all paid back with the delivery, in fourteen days, and over once the money is back',
  async (t) => {
    const { id, email, shipmentId } = await sent()
    const lossId = await lose(id, shipmentId, ALL)
    const [refund, ...more] = await refundsOf(id)
    t.hasStrict(refund, {
      ...{ returnId: lossId, amount: GOODS + DELIVERY, deliveryAmount: DELIVERY, dueOn: '2026-06-23' },
      lines: [
        { lineId: '1', quantity: 2, amount: 99_800 },
        { lineId: '2', quantity: 1, amount: 129_900 },
      ],
      reasons: [{ code: 'never-arrived', cites: [{}, {}] }],
    })
    t.strictSame(more, [])
    t.hasStrict(await readCase(lossId), {
      kind: 'loss',
      status: 'refund-decided',
      awaits: 'refund',
      dueOn: '2026-06-23',
    })
    const { text } = await eventually('the mail', async () =>
      mailbox.to(email).find((mail) => /tilbake/.test(mail.subject)),
    )
    t.match(text, /borte på vei.*Levering.*23\. juni 2026.*§ 23.*§ 49/s)
    await hear('PaymentRefunded', id, {
      returnId: lossId,
      amount: GOODS + DELIVERY,
      refundedAt: '2026-06-10T08:00:00Z',
    })
    t.hasStrict(await readCase(lossId), { status: 'closed', closedAt: '2026-06-10T08:00:00Z' })
  },
)

t.test(
  'of units that were lost these alone are paid back, and the rest arrives and can be withdrawn from',
  async (t) => {
    const { id, shipmentId } = await sent()
    await lose(id, shipmentId, units(1))
    t.strictSame(await amountsOf(id), [[49_900, 0]])
    await hear('ShipmentDelivered', id, { shipmentId, receivedAt: '2026-06-10T10:00:00Z' })
    clock.at = '2026-06-11T08:00:00Z'
    t.hasStrict(await lineOf(id), { returnable: 1, withdrawal: { outcome: 'granted', until: '2026-06-24' } })
    const { status, body } = await withdraw(id, [...units(1), ...units(1, '2')])
    t.equal(status, 201)
    await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, { receivedAt: clock.at })
    t.strictSame((await amountsOf(id))[1], [GOODS - 49_900 + STANDARD, STANDARD], 'nothing is left of the order then')
  },
)

t.test('told twice it is paid back once', async (t) => {
  const { id, shipmentId } = await sent(units(2))
  const reportId = randomUUID()
  await lose(id, shipmentId, units(2), { reportId })
  await lose(id, shipmentId, units(2), { reportId })
  t.strictSame(await amountsOf(id), [[99_800, 0]])
})

t.test('heard before the order it waits, a person is called, and the order decides it', async (t) => {
  const id = randomUUID()
  const shipmentId = randomUUID()
  await dispatch(id, shipmentId, ALL)
  const waiting = await lose(id, shipmentId, ALL)
  t.strictSame(await amountsOf(id), [])
  clock.at = '2026-06-09T09:30:00Z'
  await look()
  t.hasStrict(await alarmsAbout(waiting), [{ kind: 'case-refund-unanswered' }])
  await hear('OrderPlaced', id)
  await hear('OrderPlaced', id)
  t.hasStrict(await refundsOf(id), [{ returnId: waiting, amount: GOODS + DELIVERY, dueOn: '2026-06-23' }])
  await hear('PaymentRefunded', id, { returnId: waiting, amount: GOODS + DELIVERY })
  await look()
  t.hasStrict(await alarmsAbout(waiting), [{ resolution: 'The answer came.' }])
})

t.test('a withdrawal of what was lost is over, and its units and delivery are paid back as lost', async (t) => {
  const { id, shipmentId } = await sent()
  const { body } = await withdraw(id, ALL)
  await lose(id, shipmentId, ALL)
  t.strictSame(await amountsOf(id), [[GOODS + DELIVERY, DELIVERY]])
  t.hasStrict((await call('support', 'GET', `/returns/${body.id}`)).body, { status: 'closed' })
  t.equal((await withdraw(id, ALL)).status, 409, 'nor can anybody withdraw from it later')
  t.equal((await amountsOf(id)).length, 1)
})

t.test('a withdrawal of more than what was lost goes on, and is paid back for the rest', async (t) => {
  const { id, shipmentId } = await sent()
  const { body } = await withdraw(id, ALL)
  await lose(id, shipmentId, units(1))
  t.strictSame(await amountsOf(id), [[49_900, 0]])
  await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, { receivedAt: clock.at })
  t.strictSame((await amountsOf(id))[1], [GOODS - 49_900 + STANDARD, STANDARD])
})

t.test('what was paid back on a withdrawal is not paid back as lost, and that is answered with nothing', async (t) => {
  const { id, email, shipmentId } = await sent(units(1, '2'))
  const { body } = await withdraw(id, units(1, '2'))
  await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, { receivedAt: clock.at })
  const [before] = await amountsOf(id)
  t.strictSame(before, [129_900, 0])
  const mails = mailbox.to(email).length
  const lossId = await lose(id, shipmentId, units(1, '2'))
  t.strictSame((await amountsOf(id))[1], [0, 0])
  await hear('PaymentRefunded', id, { returnId: lossId, amount: 0 })
  t.hasStrict(await readCase(lossId), { status: 'closed', owed: 0 })
  t.equal(mailbox.to(email).filter(({ text }) => /borte på vei/.test(text)).length, 0, `of ${mails} mails`)
})

t.test('what turns up after all changes nothing that was decided', async (t) => {
  const { id, shipmentId } = await sent()
  await lose(id, shipmentId, ALL)
  await hear('ShipmentDelivered', id, { shipmentId, receivedAt: '2026-06-12T10:00:00Z' })
  await hear('DeliveryCorrected', id, { shipmentId, receivedAt: '2026-06-12T11:00:00Z' })
  t.hasStrict(await lineOf(id), { returnable: 0, withdrawal: { outcome: 'refused' } })
  t.equal((await amountsOf(id)).length, 1)
})

t.test(
  'when the rest is cancelled after a loss nothing of the order comes, and the delivery goes back once',
  async (t) => {
    const { id, shipmentId } = await sent(units(2))
    await lose(id, shipmentId, units(2))
    t.strictSame(await amountsOf(id), [[99_800, 0]])
    const stopped = [{ ...units(1, '2')[0], amount: 129_900 }]
    const stop = { requestId: randomUUID(), returnId: undefined, stopped, left: [] }
    await hear('StopConcluded', id, stop)
    t.strictSame((await amountsOf(id))[1], [DELIVERY, DELIVERY])
    await hear('StopConcluded', id, stop)
    t.equal((await amountsOf(id)).length, 2)
  },
)

t.test('a replacement is sent, and nothing is paid back', async (t) => {
  const { id, shipmentId } = await sent()
  await lose(id, shipmentId, ALL, { choice: 'replacement' })
  t.strictSame(await amountsOf(id), [])
})

t.test(
  'a replacement that a withdrawal stopped is paid back as lost, once, and the rest when it comes back',
  async (t) => {
    for (const first of ['LossSettled', 'StopConcluded']) {
      const { id, shipmentId } = await sent()
      await lose(id, shipmentId, units(1), { choice: 'replacement' })
      const { body } = await withdraw(id, ALL)
      const stop = { requestId: randomUUID(), returnId: body.id, stopped: [], left: [...units(1), ...units(1, '2')] }
      const told = [() => lose(id, shipmentId, units(1), { insteadOf: INSTEAD }), () => hear('StopConcluded', id, stop)]
      for (const tell of first === 'LossSettled' ? told : told.reverse()) await tell()
      t.strictSame(await amountsOf(id), [[49_900, 0]], first)
      await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, { receivedAt: clock.at })
      t.strictSame((await amountsOf(id))[1], [GOODS - 49_900 + STANDARD, STANDARD], first)
      t.equal((await amountsOf(id)).length, 2)
    }
  },
)

t.test('of a withdrawal of nothing but units whose replacement it stopped nothing is to come back', async (t) => {
  for (const lines of [ALL, units(1)])
    for (const first of ['LossSettled', 'StopConcluded']) {
      const { id, shipmentId } = await sent()
      await lose(id, shipmentId, lines, { choice: 'replacement' })
      const { body } = await withdraw(id, lines)
      const stop = { requestId: randomUUID(), returnId: body.id, stopped: [], left: [] }
      const told = [() => lose(id, shipmentId, lines, { insteadOf: INSTEAD }), () => hear('StopConcluded', id, stop)]
      for (const tell of first === 'LossSettled' ? told : told.reverse()) await tell()
      const paid = (await amountsOf(id)).reduce((sum, [amount]) => sum + amount!, 0)
      t.equal(paid, lines === ALL ? GOODS + DELIVERY : 49_900, `${first} of ${lines.length} lines`)
      t.hasStrict((await call('support', 'GET', `/returns/${body.id}`)).body, { status: 'closed' })
    }
})

t.test('the period to withdraw from what came waits for what is sent instead of the rest', async (t) => {
  const { id, shipmentId } = await sent()
  const replacementId = randomUUID()
  await lose(id, shipmentId, units(1, '2'), { choice: 'replacement', replacementId })
  await hear('ShipmentDelivered', id, { shipmentId, receivedAt: '2026-06-10T10:00:00Z' })
  clock.at = '2026-06-26T10:00:00Z'
  for (const n of [0, 1])
    t.hasStrict(await lineOf(id, n), {
      withdrawal: { outcome: 'granted', reasons: [{ code: 'period-not-begun' }] },
      cancellable: 0,
    })
  await hear('ShipmentDispatched', id, { shipmentId: replacementId, replaces: shipmentId, lines: units(1, '2') })
  await hear('ShipmentDelivered', id, { shipmentId: replacementId, receivedAt: '2026-06-29T10:00:00Z' })
  for (const n of [0, 1]) t.hasStrict(await lineOf(id, n), { withdrawal: { outcome: 'granted', until: '2026-07-13' } })
  t.equal((await withdraw(id, ALL)).status, 201)
})
