import type { ProviderName } from '@vilkar/payments/providers.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { placeApprovedOrder } from '../../money/place-approved-order.ts'
import { reopenSession } from '../../money/reopen-session.ts'
import { readSession } from '../../money/session-store.ts'
import { alarm, resolved, tell } from '../alarming.ts'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'
import { stopAll } from '../stop-all.ts'

async function open(t: Test, payAt: ProviderName) {
  const house = await startOrdersForTest(t, { payAt, watch: true })
  await house.stock()
  const sessionOf = async (id: string) => (await readSession(house.db, id))!
  /** An order whose payment can be made, and what the provider calls its session. */
  async function placed() {
    const { body: order } = await house.place()
    const operationId: string = order.payment.url.split('/').at(-1)
    const opened = await eventually('the payment session to be open', async () => (await sessionOf(operationId)).opened)
    return { id: order.id as string, url: order.payment.url as string, operationId, session: opened.id }
  }
  /** The jobs that were asked to look at an order's payment. */
  const checksOf = async (orderId: string) =>
    (
      await sql<{ state: string }>`
        select state from jobs.job where name = 'check-payment' and data ->> 'orderId' = ${orderId}`.execute(house.db)
    ).rows
  /** Another session than this one, to which a customer who follows the link is led. */
  const pageAfter = (url: string, session: string) =>
    eventually('another session', async () => {
      const hop = await fetch(url, { redirect: 'manual' })
      const now = (await sessionOf(url.split('/').at(-1)!)).opened?.id
      return hop.status === 303 && now !== session && now
    })
  return { ...house, ...paying(house), placedAt: placed, sessionOf, checksOf, pageAfter }
}

type Approval = { authorization_token: string }

t.test('a widget of Klarna Payments on the storefront’s own page', async (t) => {
  t.test(
    'is told with the order, and its approval becomes one order at Klarna, however often and by whom it is told',
    async (t) => {
      const house = await open(t, 'klarna-payments')
      const { id, url, session } = await house.placedAt()
      const { payment } = await house.read(id)
      t.strictSame(payment.widget, { kind: 'client_token', value: `simulated-${session}` })
      const page = await fetch(url, { redirect: 'manual' })
      t.match(page.headers.get('location')!, /^http:\/\/127\.0\.0\.1:9\/orders\/[^/]+\/pay$/)

      // Klarna calls back with the same approval as the browser brings, and again.
      const { authorization_token: approvalToken } = house.klarna.authorize(session) as Approval
      const say = () => house.call('nobody', 'POST', `${new URL(url).pathname}/approval`, { approvalToken })
      const answers = await Promise.all([say(), say(), say()])
      for (const { status } of answers) t.ok(status === 202 || status === 409)
      const formed = await house.reaches(id, 'formed')
      t.strictSame(
        house.klarna.orders().map((order) => order.merchant_reference1),
        [formed.number],
      )
      t.equal((await house.payments(id)).accounts[0].provider, 'klarna-payments')
      t.equal((await house.read(id)).payment.widget, undefined)
      await house.dispatch(id)
      await house.paymentsWhen('the capture', id, ({ accounts }) => accounts[0].captured > 0)
      t.strictSame(house.klarna.violations(), [])
    },
  )

  t.test('whose answer was lost is one order, found by the same approval', async (t) => {
    const house = await open(t, 'klarna-payments')
    const { id, session } = await house.placedAt()
    const match = { method: 'POST', path: '/authorizations/.*/order$' }
    house.klarna.faults.add({ match, phase: 'after', action: { type: 'reset' } })
    house.klarna.authorize(session)
    await house.reaches(id, 'formed')
    t.equal(house.klarna.orders().length, 1)
  })

  t.test('whose approval Klarna says was used already waits for the notification that names the order', async (t) => {
    const house = await open(t, 'klarna-payments')
    const { id, session } = await house.placedAt()
    const match = { method: 'POST', path: '/authorizations/.*/order$' }
    const used = { type: 'status', status: 403, code: 'INVALID_OPERATION' } as const
    house.klarna.faults.add({ match, phase: 'after', action: used, times: 100 })
    house.klarna.authorize(session)
    await house.reaches(id, 'formed')
    t.equal(house.klarna.orders().length, 1)
  })

  t.test('another approval while the order is under review places no second one', async (t) => {
    const house = await open(t, 'klarna-payments')
    const { id, operationId, session } = await house.placedAt()
    house.klarna.authorize(session, 'PENDING')
    const start = () => house.sessionOf(operationId)
    const before = { ...(await start()) }
    const remembered = await eventually('the payment to be remembered', async () => {
      const row = await start()
      return row.paymentId !== undefined && row
    })
    t.equal(remembered.request, undefined)
    t.equal((await house.read(id)).status, 'awaiting-payment')
    // As a job would that had read the order before the first approval was told.
    const approved = await placeApprovedOrder(house.deps, house.deps.providers.current, before, 'another', {
      state: 'waiting',
      placed: true,
    })
    t.strictSame(approved, { kind: 'needs-new-approval' })
    t.equal(house.klarna.orders().length, 1)
    house.klarna.portal.review(house.klarna.orders()[0]!.order_id, 'ACCEPTED')
    await house.reaches(id, 'formed')
  })

  t.test('that Klarna turns down ends the order', async (t) => {
    const house = await open(t, 'klarna-payments')
    const { id, session } = await house.placedAt()
    house.klarna.authorize(session, 'REJECTED')
    const { cancelled } = await house.reaches(id, 'cancelled')
    t.equal(cancelled.reason, 'payment-declined')
    t.strictSame(house.klarna.orders(), [])
  })

  t.test('an approval that ran out is asked for anew', async (t) => {
    const house = await open(t, 'klarna-payments')
    const { id, url, session } = await house.placedAt()
    house.klarna.faults.add({
      match: { path: '/approval|/notifications/' },
      phase: 'after',
      action: { type: 'drop_push' },
      times: 20,
    })
    const { authorization_token: approvalToken } = house.klarna.authorize(session) as Approval
    house.klarna.advance('PT61M')
    const approval = `${new URL(url).pathname}/approval`
    t.equal((await house.call('nobody', 'POST', approval, { approvalToken })).status, 202)
    await eventually('Klarna to refuse it', async () =>
      house.klarna.journal().some(({ path, status }) => path.includes(approvalToken) && status === 404),
    )
    t.equal((await house.read(id)).status, 'awaiting-payment')
    house.klarna.faults.clear()
    house.klarna.authorize(session)
    await house.reaches(id, 'formed')
  })

  t.test('that Klarna never got, and then refuses, makes room for the next', async (t) => {
    const house = await open(t, 'klarna-payments')
    const { id, url, session } = await house.placedAt()
    const busy = { type: 'status', status: 429 } as const
    house.klarna.faults.add({ match: { method: 'POST', path: '/order$' }, phase: 'before', action: busy })
    const say = (approvalToken: string) =>
      house.call('nobody', 'POST', `${new URL(url).pathname}/approval`, { approvalToken })
    t.equal((await say('made-up')).status, 202)
    await eventually('Klarna to turn it away', async () => house.klarna.journal().some(({ status }) => status === 429))
    house.klarna.authorize(session)
    await house.reaches(id, 'formed')
  })

  t.test('whose refusal was lost ends the order when Klarna says it again', async (t) => {
    const house = await open(t, 'klarna-payments')
    const { id, session } = await house.placedAt()
    const lost = { type: 'reset' } as const
    house.klarna.faults.add({ match: { method: 'POST', path: '/order$' }, phase: 'after', action: lost })
    house.klarna.authorize(session, 'REJECTED')
    const { cancelled } = await house.reaches(id, 'cancelled')
    t.equal(cancelled.reason, 'payment-declined')
  })

  t.test('that became an order which nobody ever names calls a person once the time for paying is over', async (t) => {
    const house = await open(t, 'klarna-payments')
    const { id, operationId, session } = await house.placedAt()
    const used = { type: 'status', status: 403, code: 'INVALID_OPERATION' } as const
    house.klarna.faults.add({ match: { method: 'POST', path: '/order$' }, phase: 'after', action: used, times: 1_000 })
    const calls = { path: '/notifications/.*order_id' }
    const loseCalls = () =>
      house.klarna.faults.add({ match: calls, phase: 'after', action: { type: 'drop_push' }, times: 1_000 })
    loseCalls()
    house.klarna.authorize(session)
    await eventually('an order at Klarna', async () => house.klarna.orders().length === 1)
    house.clock.advance('PT25H')
    const called = await alarm(house, 'payment-stuck-operation')
    t.hasStrict(called, { orderId: id, detail: { operation: 'start', operationId } })
    // Klarna forgets the session, and with it whether it became an order: a refusal proves nothing then.
    house.clock.advance('P2D')
    house.klarna.faults.clear()
    loseCalls()
    const gone = { type: 'status', status: 404, code: 'NOT_FOUND' } as const
    house.klarna.faults.add({ match: { method: 'POST', path: '/order$' }, phase: 'before', action: gone, times: 1_000 })
    const refusals = () => house.klarna.journal().filter(({ path, status }) => /order$/.test(path) && status === 404)
    await eventually('a second look after the refusal', async () => refusals().length > 1)
    t.equal((await house.read(id)).status, 'awaiting-payment')
    // A person who finds its name in the portal tells it as Klarna would have.
    const named = `/payments/klarna-payments/notifications/${operationId}?order_id=${house.klarna.orders()[0]!.order_id}`
    t.equal((await house.call('nobody', 'POST', named)).status, 202)
    await house.reaches(id, 'formed')
    await resolved(house, 'payment-stuck-operation')
  })

  t.test('a notification that names somebody else’s payment, or none, pays nothing', async (t) => {
    const house = await open(t, 'klarna-payments')
    const [mine, other] = [await house.placedAt(), await house.placedAt()]
    // Paid at Klarna, of the same amount, and not heard of: no ledger knows it.
    house.klarna.faults.add({ match: {}, phase: 'after', action: { type: 'drop_push' }, times: 1_000 })
    const { authorization_token: approvalToken } = house.klarna.authorize(other.session) as Approval
    const start = await house.sessionOf(other.operationId)
    const intent = { intentId: start.id, attempt: 1, idempotencyKey: start.id, firstSentAt: null }
    const request = start.request!
    t.equal((await house.deps.providers.current.authorise({ intent, approvalToken, request })).kind, 'ok')
    const foreign = house.klarna.orders()[0]!.order_id
    const reads = () => house.klarna.journal().filter(({ path }) => path.endsWith(foreign)).length
    for (const named of [foreign, crypto.randomUUID()]) {
      const url = `/payments/klarna-payments/notifications/${mine.operationId}?order_id=${named}`
      t.equal((await house.call('nobody', 'POST', url)).status, 202)
    }
    await eventually('the payment to be read', async () => reads() > 0)
    await eventually('the checks to be over', async () =>
      (await house.checksOf(mine.id)).every(({ state }) => state === 'completed'),
    )
    t.equal((await house.read(mine.id)).status, 'awaiting-payment')
    t.strictSame((await house.payments(mine.id)).entries, [])
  })

  t.test('needs an approval that looks like one, for a payment that waits for it', async (t) => {
    const house = await open(t, 'klarna-payments')
    const { url } = await house.placedAt()
    const approval = `${new URL(url).pathname}/approval`
    const say = async (path: string, body: unknown) => (await house.call('nobody', 'POST', path, body)).body
    const nobodys = `/payments/${crypto.randomUUID()}/approval`
    t.equal((await say(nobodys, { approvalToken: 'a' })).type, '/problems/payment-unknown')
    await sql`update payment_session set status = 'planned', provider = null, provider_session_id = null, url = null`.execute(
      house.db,
    )
    t.equal((await say(approval, { approvalToken: 'a' })).type, '/problems/payment-page-not-ready')
    for (const body of [{}, { approvalToken: '' }, { approvalToken: '../x' }, { approvalToken: 7 }])
      t.equal((await say(approval, body)).type, '/problems/invalid-input')
  })
})

t.test('a checkout of Kustom is told with the order as HTML, and Kustom places the order itself', async (t) => {
  const house = await open(t, 'kustom')
  const { id, url, session } = await house.placedAt()
  const { widget } = (await house.read(id)).payment
  t.equal(widget.kind, 'html')
  const refused = await house.call('nobody', 'POST', `${new URL(url).pathname}/approval`, { approvalToken: 'a' })
  t.strictSame([refused.status, refused.body.type], [409, '/problems/approval-not-needed'])
  await house.klarna.completeCheckout(session.split('/').at(-1)!)
  await house.reaches(id, 'formed')
  t.equal((await house.payments(id)).accounts[0].provider, 'kustom')
})

t.test('a payment at Vipps MobilePay', async (t) => {
  t.test('is told of by a signed webhook, captured at shipment and refunded', async (t) => {
    const house = await open(t, 'vipps')
    const { id, session } = await house.placedAt()
    house.vipps.approve(session)
    const { totals } = await house.reaches(id, 'formed')
    await house.dispatch(id)
    await house.paymentsWhen('the capture', id, ({ accounts }) => accounts[0].captured === totals.total)
    await house.refund(id, 4_000)
    const { accounts, documents } = await house.paymentsWhen('the refund', id, (view) => view.accounts[0].refunded > 0)
    t.hasStrict(accounts[0], { provider: 'vipps', paymentId: session, refunded: 4_000, left: 0 })
    t.strictSame(
      documents.map(({ series }: { series: string }) => series),
      ['invoice', 'credit-note'],
    )
    t.strictSame(house.vipps.violations(), [])
  })

  t.test(
    'can be approved for ten minutes, after which the link leads to another while there is something to pay',
    async (t) => {
      const house = await open(t, 'vipps')
      const { id, url, session } = await house.placedAt()
      house.clock.advance('PT11M')
      t.throws(() => house.vipps.approve(session))
      const again = await house.pageAfter(url, session)
      t.equal((await house.read(id)).status, 'awaiting-payment')
      house.vipps.approve(again)
      await house.reaches(id, 'formed')
      t.strictSame(house.vipps.violations(), [])
    },
  )

  t.test('that is aborted ends the order; one that is not paid in time cannot be paid later', async (t) => {
    const house = await open(t, 'vipps')
    const [aborted, late] = [await house.placedAt(), await house.placedAt()]
    house.vipps.abort(aborted.session)
    await house.reaches(aborted.id, 'cancelled')
    house.clock.advance('PT24H')
    await house.reaches(late.id, 'cancelled')
    t.throws(() => house.vipps.approve(late.session))
  })

  t.test('is let go when the order is cancelled before its goods leave', async (t) => {
    const house = await open(t, 'vipps')
    const { id, session } = await house.placedAt()
    house.vipps.approve(session)
    await house.call('storefront', 'PUT', `/orders/${id}/cancellation`, { by: 'customer' })
    await eventually('all of it to be let go', async () => {
      const [payment] = house.vipps.payments()
      return payment!.sums.cancelled === payment!.amount.value
    })
  })

  t.test('is not moved by a webhook that nobody signed, and no stranger learns what is ours', async (t) => {
    const house = await open(t, 'vipps')
    // No signed webhook comes, not even of the page being made; and the customer did pay, so that whoever believed the call
    // would have something to find.
    house.vipps.faults.add({ match: {}, phase: 'after', action: { type: 'drop_push' }, times: 1_000 })
    const { id, session } = await house.placedAt()
    house.vipps.approve(session)
    const body = { msn: '123456', reference: session, name: 'AUTHORIZED' }
    for (const reference of [session, crypto.randomUUID()]) {
      const answer = await house.call('nobody', 'POST', '/payments/vipps/notifications', { ...body, reference })
      t.strictSame([answer.status, answer.body], [202, undefined])
    }
    // Whatever is to be read is asked for before the call is answered.
    t.strictSame(await house.checksOf(id), [])
    t.equal((await house.read(id)).status, 'awaiting-payment')
  })
})

t.test('what was paid at one provider is settled there after customers pay at another', async (t) => {
  const house = await open(t, 'vipps')
  const { id, session } = await house.placedAt()
  house.vipps.approve(session)
  await house.reaches(id, 'formed')
  const klarna = house.deps.providers.named('klarna')
  Object.assign(house.deps.providers, { current: klarna, currentFor: () => klarna })
  await house.dispatch(id)
  await house.paymentsWhen('the capture', id, ({ accounts }) => accounts[0].captured > 0)
  const next = await house.formed()
  t.equal((await house.payments(next.id)).accounts[0].provider, 'klarna')
})

t.test('a page that the queue gave up on opening is opened when the customer comes again', async (t) => {
  const house = await startOrdersForTest(t)
  await house.stock()
  const down = { type: 'status', status: 503 } as const
  const path = '/payments/v1/sessions'
  house.klarna.faults.add({ match: { method: 'POST', path }, phase: 'before', action: down, times: 1_000 })
  const { body: order } = await house.place()
  await eventually('the provider to be asked', async () => house.klarna.journal().some(({ status }) => status === 503))
  await eventually('the queue to give up', async () => {
    const { numAffectedRows } = await sql`
      delete from jobs.job where name = 'start-payment' and state = 'retry'`.execute(house.db)
    return numAffectedRows === 1n
  })
  house.klarna.faults.clear()
  const follow = () => fetch(order.payment.url, { redirect: 'manual' })
  // Nobody is left who would open it but the link itself.
  t.equal((await follow()).status, 303)
})

t.test('a payment that nobody tells of is found by looking, in minutes and not at the deadline', async (t) => {
  for (const payAt of ['klarna', 'vipps'] as const) {
    const house = await open(t, payAt)
    const { id, url, session } = await house.placedAt()
    const lost = { phase: 'after', action: { type: 'drop_push' }, times: 1_000 } as const
    house.klarna.faults.add({ match: {}, ...lost })
    house.vipps.faults.add({ match: {}, ...lost })
    const hop = await fetch(url, { redirect: 'manual' })
    t.equal(hop.status, 303)
    if (payAt === 'klarna') house.klarna.approve(session)
    else house.vipps.approve(session)
    house.clock.advance('PT2M')
    await house.reaches(id, 'formed')
  }
})

t.test('the link to pay again, after what was held ran out', async (t) => {
  const approve = {
    'klarna-payments': (house: House, session: string) => void house.klarna.authorize(session),
    kustom: (house: House, session: string) => void house.klarna.completeCheckout(session.split('/').at(-1)!),
    vipps: (house: House, session: string) => void house.vipps.approve(session),
  }
  for (const [payAt, pay] of Object.entries(approve))
    t.test(`leads to a session that lives, at ${payAt}, however long it takes`, async (t) => {
      const house = await open(t, payAt as ProviderName)
      const { id, session } = await house.placedAt()
      pay(house, session)
      await house.reaches(id, 'formed')
      const { url, session: first } = await ranOut(house, id)
      house.clock.advance('P3D')
      const second = await house.pageAfter(url, first)
      if (payAt === 'vipps') house.vipps.abort(second)
      pay(house, payAt === 'vipps' ? await house.pageAfter(url, second) : second)
      await eventually('the new payment', async () => (await house.read(id)).payment.expiredAt === undefined)
      t.strictSame([...house.klarna.violations(), ...house.vipps.violations()], [])
    })

  t.test('leads to another page when the payment is turned down in the review, and the customer is told', async (t) => {
    const house = await open(t, 'klarna')
    const { id, url: firstUrl, session } = await house.placedAt()
    t.equal((await fetch(firstUrl, { redirect: 'manual' })).status, 303)
    house.klarna.approve(session)
    await house.reaches(id, 'formed')
    const { url, operationId, session: first } = await ranOut(house, id)
    const { order_id } = house.klarna.approve(first, 'PENDING') as { order_id: string }
    await remembered(house, operationId)
    house.klarna.portal.review(order_id, 'REJECTED')
    house.klarna.approve(await house.pageAfter(url, first))
    await eventually('the new payment', async () => (await house.read(id)).payment.expiredAt === undefined)
    await eventually('both mails', async () => mailsToPayAgain(house) >= 2)
    t.equal(mailsToPayAgain(house), 2)
    t.strictSame(house.klarna.violations(), [])
  })

  t.test('is not shaken by who tells again and again of a payment that was turned down', async (t) => {
    const house = await open(t, 'klarna-payments')
    const { id, session } = await house.placedAt()
    house.klarna.authorize(session)
    await house.reaches(id, 'formed')
    const { url, operationId, session: first } = await ranOut(house, id)
    house.klarna.authorize(first, 'PENDING')
    const noted = await remembered(house, operationId)
    t.strictSame((await house.call('nobody', 'GET', new URL(url).pathname)).body.type, '/problems/payment-noted')
    const start = await house.sessionOf(operationId)
    const reopened = await transact(house.deps, (trx) => reopenSession(trx, house.deps, start))
    t.equal(reopened, false, 'a session of which a payment came is kept')
    house.klarna.portal.review(noted, 'REJECTED')
    const second = await house.pageAfter(url, first)
    const told = `/payments/klarna-payments/notifications/${operationId}?order_id=${noted}`
    for (const _ of [1, 2, 3]) {
      t.equal((await house.call('nobody', 'POST', told)).status, 202)
      await eventually('the checks to be over', async () =>
        (await house.checksOf(id)).every(({ state }) => state === 'completed'),
      )
    }
    t.equal((await house.sessionOf(operationId)).opened!.id, second)
    await eventually('both mails', async () => mailsToPayAgain(house) >= 2)
    t.equal(mailsToPayAgain(house), 2)
  })

  t.test('leads to a page for the right amount after a payment of another was taken back', async (t) => {
    const house = await open(t, 'klarna')
    const { id, url: firstUrl, session } = await house.placedAt()
    t.equal((await fetch(firstUrl, { redirect: 'manual' })).status, 303)
    house.klarna.approve(session)
    const { totals } = await house.reaches(id, 'formed')
    const { url, operationId, session: first } = await ranOut(house, id)
    // The customer pays, and before anybody hears of it less is held than is due.
    house.klarna.faults.add({ match: {}, phase: 'after', action: { type: 'drop_push' }, times: 1_000 })
    const { order_id } = house.klarna.approve(first) as { order_id: string }
    const paid = house.klarna.portal.lower(order_id, totals.total - 100)
    t.equal(paid.order_amount, totals.total - 100)
    await house.call('nobody', 'POST', `/payments/klarna/notifications/${operationId}`)
    await alarm(house, 'payment-amount-differs')
    // Somebody lets it go in the portal, in two steps and without telling; then the customer comes back.
    house.klarna.portal.lower(order_id, totals.total - 200)
    house.klarna.portal.cancel(order_id)
    // The next page is for what is due, whatever the one before was for.
    await sql`update payment_session set amount = amount - 50 where id = ${operationId}`.execute(house.db)
    house.klarna.approve(await house.pageAfter(url, first))
    await house.call('nobody', 'POST', `/payments/klarna/notifications/${operationId}`)
    await eventually('the new payment', async () => (await house.read(id)).payment.expiredAt === undefined)
    const { accounts } = await house.payments(id)
    t.equal(accounts[0].left, totals.total)
    t.strictSame(house.klarna.violations(), [])
  })

  t.test(
    'leads nowhere once the order is cancelled: its session is closed, and what would place the order is forgotten',
    async (t) => {
      const house = await open(t, 'klarna-payments')
      const { id, session } = await house.placedAt()
      house.klarna.authorize(session)
      await house.reaches(id, 'formed')
      const { url, operationId, session: open_ } = await ranOut(house, id)
      const lost = { type: 'drop_push' } as const
      house.klarna.faults.add({ match: {}, phase: 'after', action: lost, times: 1_000 })
      // Nor does anybody hear of it by asking, before the order is cancelled.
      house.klarna.faults.add({
        match: { method: 'GET', path: `/payments/v1/sessions/${open_}` },
        phase: 'before',
        action: { type: 'status', status: 503, code: 'NOT_NOW' },
        times: 1_000,
      })
      const { authorization_token: token } = house.klarna.authorize(open_) as Approval
      // The clock of shipping, which says that it was cancelled, may be ahead of ours.
      const data = { orderId: id, at: house.clock.now().add({ minutes: 5 }).toString() }
      await tell(house, {
        type: 'CancelOrder',
        data: { requestId: crypto.randomUUID(), ...data, by: 'customer', reason: 'customer-wish' },
      })
      await stopAll(house, data.orderId, data.at)
      house.klarna.faults.clear()
      await eventually('the approval to be given back', async () =>
        house.klarna.journal().some(({ method, path }) => method === 'DELETE' && path.includes(token)),
      )
      await eventually(
        'personal data to be gone',
        async () => (await house.sessionOf(operationId)).request === undefined,
      )
      t.equal((await fetch(url, { redirect: 'manual' })).status, 409)
    },
  )
})

type House = Awaited<ReturnType<typeof open>>

/** What was held for an order has run out, and the customer is asked to pay again. */
async function ranOut(house: House, id: string) {
  house.klarna.faults.add({
    match: { method: 'POST', path: '/extend-authorization-time' },
    phase: 'before',
    action: { type: 'status', status: 403, code: 'NOT_ALLOWED' },
    times: 100,
  })
  house.clock.advance('P190D')
  const { payment } = await eventually('the page to pay again', async () => {
    const seen = await house.read(id)
    return seen.payment.expiredAt !== undefined && seen.payment.url !== undefined && seen
  })
  const operationId: string = payment.url.split('/').at(-1)
  const opened = await eventually('its session', async () => (await house.sessionOf(operationId)).opened)
  return { url: payment.url as string, operationId, session: opened.id }
}

/** The payment that the start of an order knows of, once it does. */
const remembered = (house: House, operationId: string) =>
  eventually('the payment to be remembered', async () => (await house.sessionOf(operationId)).paymentId)

const mailsToPayAgain = (house: House) =>
  house.mailbox.to('kari@example.com').filter(({ subject }) => /approved again/.test(subject ?? '')).length
