import { sentBytes } from '@vilkar/mail/outgoing.ts'
import { transact } from '@vilkar/server/transact.ts'
import { sha256Of } from '@vilkar/terms/order/told.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { onRefundDecided } from '../../money/reactions/on-refund-decided.ts'
import { handle } from '../../order/handle.ts'
import { pageOf } from '../alarming.ts'
import { type OrdersForTest, startOrdersForTest } from '../orders-service.ts'

/** The order when it has come to a status. */
const reaches = (house: OrdersForTest, id: string, status: string) =>
  eventually(`order to be ${status}`, async () => {
    const { body } = await house.call('storefront', 'GET', `/orders/${id}`)
    return body.status === status && body
  })

async function paid(t: Test) {
  const house = await startOrdersForTest(t)
  await house.stock()
  const { body: order } = await house.place()
  house.klarna.approve(await pageOf(order.payment.url))
  return { house, order: await reaches(house, order.id, 'formed') }
}

t.test('the story of an order', async (t) => {
  t.test(
    'an approved payment leads to a confirmation that carries terms and form, and only then to a contract',
    async (t) => {
      const { house, order } = await paid(t)
      const [acknowledgement, confirmation] = house.mailbox.to('kari@example.com')
      t.match(acknowledgement!.text, /not an order confirmation/)
      t.strictSame(
        confirmation!.attachments.map(({ filename }) => filename),
        ['md', 'pdf'].flatMap((format) =>
          ['terms-2026-01-15', 'withdrawal-form', 'vilkar-2026-01-15', 'angreskjema'].map(
            (name) => `${name}.${format}`,
          ),
        ),
        'a consumer in Norway is informed in Norwegian, whatever else he reads',
      )
      t.match(confirmation!.attachments[0]!.text, /14 days/)
      t.match(confirmation!.text, /We expect the goods to reach you between .* and .*\. By law you are to have them by/)
      t.ok(order.deliveryPromise.to > order.deliveryPromise.from && !order.deliveryPromise.agreed)
      t.match(confirmation!.attachments[2]!.text, /14 dager/)
      t.equal(order.payment.authorised, order.totals.total)
      t.equal(order.payment.captured, 0)
      const kept = await house.db
        .selectFrom('mail')
        .select(['id', 'status'])
        .where('kind', '=', 'confirmation')
        .executeTakeFirstOrThrow()
      t.equal(kept.status, 'accepted')
      t.equal((await sentBytes(house.db, kept.id))!.toString(), confirmation!.raw)
      const documents = await house.db
        .selectFrom('mail_document')
        .innerJoin('mail', 'mail.id', 'mail_document.mail_id')
        .select(['mail.kind as mail', 'mail_document.kind', 'locale', 'sha256'])
        .execute()
      t.ok(documents.every(({ mail }) => mail === 'confirmation'))
      t.strictSame(
        new Set(documents.map(({ sha256 }) => sha256)),
        new Set(confirmation!.attachments.map(({ bytes }) => sha256Of(bytes))),
        'what went out is kept by the hash of what the customer has',
      )
      const { rows } = await house.pool.query(`select data from outbox where type = 'ContractFormed'`)
      t.equal(rows[0].data.documents.length, 4)
      t.equal(documents.length, 8)
      const { body: history } = await house.call('storefront', 'GET', `/orders/${order.id}/history`)
      t.strictSame(
        history.items.map(({ type }: { type: string }) => type),
        ['OrderPlaced', 'PaymentAuthorised', 'ContractFormed'],
      )
      t.ok(history.items[2].reasons[0].cites.some(({ clause }: { clause: string }) => clause === '4.1'))
    },
  )

  t.test('a declined payment ends the order and frees its stock', async (t) => {
    const house = await startOrdersForTest(t)
    await house.stock()
    const { body: order } = await house.place()
    house.klarna.decline(await pageOf(order.payment.url))
    const ended = await reaches(house, order.id, 'cancelled')
    t.equal(ended.cancelled.reason, 'payment-declined')
    t.equal((await house.call('nobody', 'GET', '/products')).body.items[0].stock, 10)
  })

  t.test(
    'an order that nobody pays lapses at its deadline, frees its stock, and cannot be paid any more',
    async (t) => {
      const house = await startOrdersForTest(t, { watch: true })
      await house.stock()
      const { body: order } = await house.place()
      const session = await pageOf(order.payment.url)
      house.clock.advance('PT25H')
      const ended = await reaches(house, order.id, 'cancelled')
      t.equal(ended.cancelled.reason, 'payment-abandoned')
      t.equal((await house.call('nobody', 'GET', '/products')).body.items[0].stock, 10)
      t.throws(() => house.klarna.approve(session))
      t.equal((await house.call('nobody', 'GET', new URL(order.payment.url).pathname)).status, 409)
    },
  )

  t.test('dispatch captures the shipped lines with delivery, once, and a decided refund goes back, once', async (t) => {
    const { house, order } = await paid(t)
    const shipmentId = crypto.randomUUID()
    const returnId = crypto.randomUUID()
    const at = house.clock.now().toString()
    for (const _ of [1, 2]) {
      await transact(house.deps, (trx) =>
        handle(
          trx,
          {
            type: 'RecordDispatch',
            data: { orderId: order.id, shipmentId, at, lines: [{ lineId: '1', quantity: 1 }] },
          },
          house.deps,
        ),
      )
    }
    await eventually(
      'the capture',
      async () =>
        (await house.call('storefront', 'GET', `/orders/${order.id}`)).body.payment.captured === order.totals.total,
    )
    for (const _ of [1, 2])
      await transact(house.deps, (trx) =>
        onRefundDecided(trx, house.deps, {
          orderId: order.id,
          returnId,
          amount: 4_000,
          lines: [{ lineId: '1', quantity: 1, amount: 4_000 }],
          deliveryAmount: 0,
        } as never),
      )
    await eventually(
      'the refund',
      async () => (await house.call('storefront', 'GET', `/orders/${order.id}`)).body.payment.refunded === 4_000,
    )
    const [books] = house.klarna.orders()
    t.equal(books!.captures.length, 1)
    t.equal(books!.refunds.length, 1)
    t.strictSame(house.klarna.violations(), [])
  })

  t.test(
    'a capture whose answer is lost after it took effect is found in the provider’s books and not sent twice',
    async (t) => {
      const { house, order } = await paid(t)
      house.klarna.faults.add({
        match: { method: 'POST', path: '/captures' },
        phase: 'after',
        action: { type: 'reset' },
      } as never)
      const command = {
        type: 'RecordDispatch' as const,
        data: {
          orderId: order.id,
          shipmentId: crypto.randomUUID(),
          at: house.clock.now().toString(),
          lines: [{ lineId: '1', quantity: 1 }],
        },
      }
      await transact(house.deps, (trx) => handle(trx, command, house.deps))
      await eventually(
        'the capture to be reconciled',
        async () =>
          (await house.call('storefront', 'GET', `/orders/${order.id}`)).body.payment.captured === order.totals.total,
      )
      t.equal(house.klarna.orders()[0]!.captures.length, 1)
      t.strictSame(house.klarna.violations(), [])
    },
  )

  t.test(
    'a confirmation that is refused at the door leaves the order unformed, until the address is mended',
    async (t) => {
      const house = await startOrdersForTest(t)
      await house.stock()
      const { body: order } = await house.place({ email: 'bounce@example.com' })
      house.klarna.approve(await pageOf(order.payment.url))
      const unformed = await reaches(house, order.id, 'unformed')
      t.match(unformed.bounced.cause, /550/)
      t.equal(unformed.formedAt, undefined)
      t.equal(
        (await house.call('storefront', 'PUT', `/orders/${order.id}/email`, { email: 'kari@example.com' })).status,
        200,
      )
      t.ok((await reaches(house, order.id, 'formed')).formedAt)
    },
  )

  t.test('a bounce that comes later takes the contract back, and is visible', async (t) => {
    const { house, order } = await paid(t)
    const messageId = house.mailbox.to('kari@example.com')[1]!.messageId
    const answer = await house.call('mailer', 'POST', '/mail/events', {
      event: 'hard_bounce',
      email: 'kari@example.com',
      'message-id': messageId,
      reason: '550 no such user',
    })
    t.equal(answer.status, 204)
    const { body: page } = await house.call('support', 'GET', '/orders?status=unformed')
    t.strictSame(
      page.items.map(({ id }: { id: string }) => id),
      [order.id],
    )
  })

  t.test(
    'cancelling before the contract ends the order at once, releases the payment page and the stock',
    async (t) => {
      const house = await startOrdersForTest(t)
      await house.stock()
      const { body: order } = await house.place()
      const session = await pageOf(order.payment.url)
      const answer = await house.call('storefront', 'PUT', `/orders/${order.id}/cancellation`, { by: 'customer' })
      t.equal(answer.status, 200)
      t.equal(answer.body.status, 'cancelled')
      t.equal((await house.call('nobody', 'GET', '/products')).body.items[0].stock, 10)
      await eventually('the payment page to be closed', async () => {
        try {
          house.klarna.approve(session)
          return false
        } catch {
          return true
        }
      })
    },
  )

  t.test('after the contract a cancellation waits for shipping, then releases what was authorised', async (t) => {
    const { house, order } = await paid(t)
    const asked = await house.call('storefront', 'PUT', `/orders/${order.id}/cancellation`, { by: 'customer' })
    t.equal(asked.status, 202)
    t.equal(asked.body.status, 'cancelling')
    const at = house.clock.now().toString()
    await transact(house.deps, (trx) =>
      handle(
        trx,
        {
          type: 'ConcludeStop',
          data: {
            ...{ orderId: order.id, at, requestId: asked.body.cancellations[0].requestId, shipmentIds: [] },
            lines: [{ lineId: '1', stopped: 1, left: 0 }],
          },
        },
        house.deps,
      ),
    )
    house.deps.wake()
    await eventually(
      'the release',
      async () => (await house.call('storefront', 'GET', `/orders/${order.id}`)).body.payment.released,
    )
    t.equal(house.klarna.orders()[0]!.status, 'CANCELLED')
    t.equal((await house.call('storefront', 'PUT', `/orders/${order.id}/cancellation`, { by: 'customer' })).status, 200)
  })
})
