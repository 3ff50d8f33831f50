import assert from 'node:assert/strict'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const { call, db } = house
await house.stock('SENSOR-1', { stock: 1_000 })

const nobodysOrder = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'
/** An order of an email address of its own. */
async function placed() {
  const email = `kari.${crypto.randomUUID()}@example.com`
  const { status, body } = await house.place({ email })
  assert.equal(status, 201)
  return { ...body, email }
}
const reaches = (id: string, status: string) =>
  eventually(`order to be ${status}`, async () => {
    const { body } = await call('storefront', 'GET', `/orders/${id}`)
    return body.status === status && body
  })
async function pageOf(paymentUrl: string) {
  const hop = await call('nobody', 'GET', new URL(paymentUrl).pathname)
  assert.equal(hop.status, 303)
  return new URL(String(hop.headers.location)).pathname.split('/').at(-1)!
}
async function formed() {
  const order = await placed()
  house.klarna.approve(await pageOf(order.payment.url))
  return { ...(await reaches(order.id, 'formed')), email: order.email }
}
const cancel = (id: string, body: object, role = 'storefront') => call(role, 'PUT', `/orders/${id}/cancellation`, body)
const clausesOf = ({ body }: { body: { reasons?: { cites: { clause?: string }[] }[] } }) =>
  (body.reasons ?? []).flatMap(({ cites }) => cites.map(({ clause }) => clause))
const foreign =
  (url: string, method: 'GET' | 'PUT' = 'GET', body?: object) =>
  async () =>
    assertProblem(await call('customer', method, url, body), 404, 'order-unknown', /no such order/)

t.test('reading', async (t) => {
  t.test('an order is for whom it belongs to and for staff; for others it does not exist', async (t) => {
    const { id } = await placed()
    for (const role of ['storefront', 'support']) t.equal((await call(role, 'GET', `/orders/${id}`)).body.id, id)
    await foreign(`/orders/${id}`)()
    await foreign(`/orders/${id}/history`)()
    await foreign(`/orders/${nobodysOrder}`)()
    assertProblem(await call('support', 'GET', `/orders/${nobodysOrder}`), 404, 'order-unknown', /no such order/)
    assertProblem(await call('support', 'GET', '/orders/7'), 400, 'invalid-input', /params\.id .*uuid/)
    assertProblem(await call('nobody', 'GET', `/orders/${id}`), 401, 'token-missing', /bearer/)
    assertProblem(await call('mailer', 'GET', `/orders/${id}`), 403, 'scope-missing', /orders:read/)
  })
  t.test('orders are found by number, by email and name in any case, and by status', async (t) => {
    const order = await placed()
    for (const query of [
      `number=${order.number}`,
      `email=${order.email.toUpperCase()}`,
      `email=${order.email}&status=awaiting-payment`,
      `name=${encodeURIComponent('Kari Eksempel'.toUpperCase())}&email=${order.email}`,
    ])
      t.strictSame(
        (await call('support', 'GET', `/orders?${query}`)).body.items.map(({ id }: { id: string }) => id),
        [order.id],
      )
    for (const query of [
      `email=${order.email}&status=formed`,
      `name=nobody&email=${order.email}`,
      'number=SG-00000-00000',
      `number=${encodeURIComponent("' or 1=1 --")}`,
    ])
      t.strictSame((await call('support', 'GET', `/orders?${query}`)).body, { items: [] })
    t.strictSame((await call('customer', 'GET', `/orders?number=${order.number}`)).body, { items: [] })
  })
  t.test('pages go from the newest to the oldest by cursor, without a gap', async (t) => {
    const ids = [await placed(), await placed(), await placed()].map(({ id }) => id)
    const seen: string[] = []
    let query = ''
    for (let n = 0; n < 3; n++) {
      const { body } = await call('storefront', 'GET', `/orders?limit=1${query}`)
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      query = `&after=${body.next}`
    }
    t.strictSame(seen, ids.toReversed())
  })
  for (const [query, detail] of [
    ['status=lost', /querystring\.status must be one of .*"formed"/],
    ['limit=0', /querystring\.limit/],
    ['after=yesterday', /querystring\.after .*uuid/],
    ['colour=red', /colour/],
    ['email=%00', /querystring\.email .*U\+0000/],
  ] as const)
    t.test(`a search with ${query} is refused`, async () =>
      assertProblem(await call('support', 'GET', `/orders?${query}`), 400, 'invalid-input', detail),
    )
})

t.test('history', async (t) => {
  t.test('tells what happened with the rulings behind it, and what was refused with its clause', async (t) => {
    const order = await formed()
    t.equal((await cancel(order.id, { by: 'seller', reason: 'stock' }, 'support')).status, 409)
    const { body } = await call('storefront', 'GET', `/orders/${order.id}/history`)
    const entries = body.items.map(({ type, version }: { type: string; version?: number }) => [type, version])
    t.strictSame(entries, [
      ['OrderPlaced', 1],
      ['PaymentAuthorised', 2],
      ['ContractFormed', 3],
      ['CancelOrder refused', undefined],
    ])
    t.equal(body.items[3].data.code, 'cancellation-refused')
    for (const n of [2, 3]) t.ok(clausesOf({ body: body.items[n] }).some((clause) => clause?.startsWith('4.')))
  })
})

t.test('cancellation', async (t) => {
  t.test('by the customer before the contract is done at once, and saying it twice happens once', async (t) => {
    const { id } = await placed()
    const added = await rowsAdded(db, async () => {
      const { status, body } = await cancel(id, { by: 'customer' })
      assert.equal(status, 200)
      assert.partialDeepStrictEqual(body, {
        status: 'cancelled',
        cancelled: { by: 'customer', reason: 'customer-wish' },
      })
    })
    t.strictSame(added, { outbox: 1, mail: 1 })
    await changesNothing(db, async () => assert.equal((await cancel(id, { by: 'customer' })).status, 200))
  })
  t.test('is not for a customer to ask in the seller’s name', async () => {
    const { id } = await placed()
    await changesNothing(db, async () =>
      assertProblem(
        await cancel(id, { by: 'seller', reason: 'stock' }),
        403,
        'scope-missing',
        /"staff" speaks for the seller/,
      ),
    )
  })
  t.test('by the seller needs a reason, and one that there is', async (t) => {
    const { id } = await placed()
    await changesNothing(db, async () => {
      assertProblem(await cancel(id, { by: 'seller' }, 'support'), 400, 'invalid-input', /body\.reason is required/)
      assertProblem(
        await cancel(id, { by: 'seller', reason: 'mood' }, 'support'),
        400,
        'invalid-input',
        /body\.reason must be one of .*"stock"/,
      )
      assertProblem(
        await cancel(id, { by: 'cat' }, 'support'),
        400,
        'invalid-input',
        /body\.by must be one of "customer", "seller"/,
      )
      assertProblem(await cancel(id, { by: 'customer', refund: true }), 400, 'invalid-input', /refund/)
    })
    t.equal((await cancel(id, { by: 'seller', reason: 'stock' }, 'support')).body.status, 'cancelled')
  })
  t.test(
    'by the seller after the contract is refused, with the clause and the law, and only the refusal is recorded',
    async (t) => {
      const { id } = await formed()
      const added = await rowsAdded(db, async () => {
        const answer = await cancel(id, { by: 'seller', reason: 'pricing-error' }, 'support')
        assertProblem(
          answer,
          409,
          'cancellation-refused',
          /obvious mistake that a person has approved, or with the customer/,
        )
        assert.ok(clausesOf(answer).some((clause) => clause?.startsWith('4.')))
      })
      t.strictSame(added, { refusal: 1 })
      t.equal((await call('support', 'GET', `/orders/${id}`)).body.status, 'formed')
    },
  )
  t.test('by the customer after the contract waits for shipping', async (t) => {
    const { id } = await formed()
    const answers = [await cancel(id, { by: 'customer' }), await cancel(id, { by: 'customer' })]
    t.strictSame(
      answers.map(({ status, body }) => [status, body.status]),
      [
        [202, 'cancelling'],
        [202, 'cancelling'],
      ],
    )
  })
  t.test('of a foreign order is cancelling nothing', async () => {
    const { id } = await placed()
    await changesNothing(db, foreign(`/orders/${id}/cancellation`, 'PUT', { by: 'customer' }))
  })
})

t.test('the address of the confirmation', async (t) => {
  const correct = (id: string, body: object) => call('storefront', 'PUT', `/orders/${id}/email`, body)
  t.test('is the customer’s to mend until it has arrived', async (t) => {
    const order = await formed()
    const added = await rowsAdded(db, async () =>
      assertProblem(await correct(order.id, { email: 'new@example.com' }), 409, 'email-settled', /order is formed/),
    )
    t.strictSame(added, { refusal: 1 })
    const early = await placed()
    t.equal((await correct(early.id, { email: 'new@example.com' })).body.customer.email, 'new@example.com')
  })
  t.test('must be one, and of one’s own order', async () => {
    const { id } = await placed()
    await changesNothing(db, async () => {
      for (const email of ['kari', 'kari@', '', 7, 'a@b.no\r\nBcc: c@d.no'])
        assertProblem(await correct(id, { email }), 400, 'invalid-input', /body\.email/)
      assertProblem(await correct(id, {}), 400, 'invalid-input', /must have the field email/)
      await foreign(`/orders/${id}/email`, 'PUT', { email: 'thief@example.com' })()
    })
  })
})

t.test('paying', async (t) => {
  t.test('the link leads to the payment page while there is something to pay', async (t) => {
    const { id, payment } = await placed()
    const { pathname } = new URL(payment.url)
    const open = await call('nobody', 'GET', pathname)
    t.equal(open.status, 303)
    t.ok(String(open.headers.location).startsWith(house.klarna.url))
    t.equal(open.headers['cache-control'], 'no-store')
    await cancel(id, { by: 'customer' })
    assertProblem(await call('nobody', 'GET', pathname), 409, 'payment-over', /nothing to pay: the order is cancelled/)
  })
  t.test('a link that nobody was given leads nowhere', async () => {
    assertProblem(await call('nobody', 'GET', `/payments/${nobodysOrder}`), 404, 'payment-unknown', /no such payment/)
    assertProblem(await call('nobody', 'GET', '/payments/1'), 400, 'invalid-input', /params\.id .*uuid/)
  })
  const notify = (id: string, body?: unknown, provider = 'klarna') =>
    call('nobody', 'POST', `/payments/${provider}/notifications/${id}`, body)
  t.test('a notification about an unknown payment or by an unknown provider is turned away', async () => {
    await changesNothing(db, async () => {
      assertProblem(await notify(nobodysOrder), 404, 'payment-unknown', /no such payment/)
      assertProblem(await notify(nobodysOrder, {}, 'cash'), 400, 'invalid-input', /params\.provider/)
    })
  })
  t.test('a forged notification pays nothing, whatever it says', async (t) => {
    const order = await placed()
    const session = await pageOf(order.payment.url)
    const id = order.payment.url.split('/').at(-1)
    const checked = () => house.klarna.journal().filter((entry) => entry.path.endsWith(session)).length
    const before = checked()
    const paid = { session: { session_id: session, status: 'COMPLETED', order_id: nobodysOrder }, amount: 1 }
    await changesNothing(db, async () => {
      assert.equal((await notify(id, paid)).status, 202)
      await eventually('the provider to be asked', async () => checked() > before)
    })
    t.equal((await call('storefront', 'GET', `/orders/${order.id}`)).body.status, 'awaiting-payment')
  })
  t.test('notifications that come early, late and many times over do what one does', async (t) => {
    const order = await placed()
    house.klarna.approve(await pageOf(order.payment.url))
    const id = order.payment.url.split('/').at(-1)
    for (let n = 0; n < 5; n++) t.equal((await notify(id)).status, 202)
    await reaches(order.id, 'formed')
    const { body } = await call('storefront', 'GET', `/orders/${order.id}/history`)
    t.strictSame(
      body.items.map(({ type }: { type: string }) => type),
      ['OrderPlaced', 'PaymentAuthorised', 'ContractFormed'],
    )
    const orders = house.klarna.orders().filter(({ merchant_reference1 }) => merchant_reference1 === order.number)
    t.equal(orders.length, 1)
    t.strictSame(house.klarna.violations(), [])
  })
})

t.test('what the mail provider tells', async (t) => {
  const tell = (body: unknown, role = 'mailer') => call(role, 'POST', '/mail/events', body)
  const about = (messageId: string, event: string) => ({
    event,
    email: 'x@example.com',
    'message-id': messageId,
    ts: 1,
  })
  t.test('about a mail that is none of ours is taken and changes nothing', async () =>
    changesNothing(db, async () => {
      for (const messageId of [
        '<abc@elsewhere.example>',
        `<${nobodysOrder}@shop.example>`,
        '',
        "'; drop table mail; --",
      ])
        assert.equal((await tell(about(messageId, 'hard_bounce'))).status, 204)
    }),
  )
  t.test('about an acknowledgement, or that a mail was opened, changes nothing', async (t) => {
    const order = await formed()
    const [acknowledgement, confirmation] = house.mailbox.to(order.email)
    await changesNothing(db, async () => {
      assert.equal((await tell(about(acknowledgement!.messageId, 'hard_bounce'))).status, 204)
      assert.equal((await tell(about(confirmation!.messageId, 'opened'))).status, 204)
      assert.equal((await tell(about(confirmation!.messageId, 'delivered'))).status, 204)
    })
    t.equal((await call('storefront', 'GET', `/orders/${order.id}`)).body.status, 'formed')
  })
  t.test(
    'a soft bounce unforms the contract, a repeated one not again, and a later delivery forms it anew',
    async (t) => {
      const order = await formed()
      const { messageId } = house.mailbox.to(order.email)[1]!
      const added = await rowsAdded(db, async () => {
        for (const event of ['soft_bounce', 'soft_bounce'])
          assert.equal((await tell(about(messageId, event))).status, 204)
        assert.equal((await call('support', 'GET', `/orders/${order.id}`)).body.status, 'unformed')
        for (const event of ['delivered', 'delivered']) assert.equal((await tell(about(messageId, event))).status, 204)
      })
      t.strictSame(added, { alarm: 1, outbox: 2 })
      const { body } = await call('support', 'GET', `/orders/${order.id}/history`)
      const again = body.items.findLast(({ type }: { type: string }) => type === 'ContractFormed')
      t.equal(`<${again.data.messageId}>`, messageId)
    },
  )
  t.test('a bounce of the old address does not undo what the corrected one confirmed', async (t) => {
    const order = await formed()
    const old = house.mailbox.to(order.email)[1]!.messageId
    await tell(about(old, 'hard_bounce'))
    const email = `new.${order.email}`
    t.equal((await call('storefront', 'PUT', `/orders/${order.id}/email`, { email })).status, 200)
    await reaches(order.id, 'formed')
    await changesNothing(db, async () => assert.equal((await tell(about(old, 'hard_bounce'))).status, 204))
    t.equal((await call('support', 'GET', `/orders/${order.id}`)).body.status, 'formed')
  })
  t.test('is believed of the mail provider only, and must name event and mail', async () =>
    changesNothing(db, async () => {
      const event = about(`<${nobodysOrder}@shop.example>`, 'hard_bounce')
      assertProblem(await tell(event, 'nobody'), 401, 'token-missing', /bearer/)
      assertProblem(await tell(event, 'support'), 403, 'scope-missing', /mail:events/)
      assertProblem(await tell({ event: 'hard_bounce' }), 400, 'invalid-input', /must have the field message-id/)
      assertProblem(await tell({ ...event, event: 7 }), 400, 'invalid-input', /body\.event .*string/)
      assertProblem(await tell({ ...event, reason: 'x'.repeat(2_001) }), 400, 'invalid-input', /body\.reason .*2000/)
    }),
  )
})
