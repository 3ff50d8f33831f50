import { whyNotTaken } from '@vilkar/payments/coverage.ts'
import { providerNames } from '@vilkar/payments/providers.ts'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { placesAbroad } from '../abroad.ts'
import { pageOf } from '../alarming.ts'
import { startOrdersForTest } from '../orders-service.ts'

for (const payAt of providerNames)
  t.test(`at ${payAt} whoever gets a quote can pay, and whoever cannot is told so at the quote`, async (t) => {
    const house = await startOrdersForTest(t, { payAt })
    await house.stock('SENSOR-1', { stock: 1_000 })
    for (const { country, address } of placesAbroad)
      for (const currency of ['NOK', 'EUR'])
        for (const locale of ['nb', 'en']) {
          const body = {
            currency,
            country,
            locale,
            customerKind: 'consumer',
            lines: [{ sku: 'SENSOR-1', quantity: 1 }],
          }
          const quoted = await house.call('storefront', 'POST', '/quotes', body)
          const why = whyNotTaken(payAt, { country, currency, amount: 19_900 })
          if (why !== null) {
            assertProblem(quoted, 409, 'payment-impossible', /takes/)
            t.equal(quoted.body.detail, why)
            continue
          }
          t.equal(quoted.status, 201, `${country} ${currency} ${locale}`)
          const order = house.orderOf(quoted.body, { shippingAddress: address, locale })
          const placed = await house.call('storefront', 'POST', '/orders', order, {
            'idempotency-key': crypto.randomUUID(),
          })
          t.equal(placed.status, 201, placed.text)
          t.ok(await pageOf(placed.body.payment.url), `${country} ${currency} ${locale} has a page to pay on`)
          const { status } = (await house.call('storefront', 'GET', `/orders/${placed.body.id}`)).body
          t.equal(status, 'awaiting-payment')
        }
  })

t.test('an order from Germany is paid and confirmed (case L15)', async (t) => {
  const house = await startOrdersForTest(t)
  await house.stock()
  const { address } = placesAbroad.find(({ country }) => country === 'DE')!
  const quote = await house.quote({ country: 'DE', currency: 'EUR' })
  const order = house.orderOf(quote, { shippingAddress: address })
  const { body } = await house.call('storefront', 'POST', '/orders', order, { 'idempotency-key': crypto.randomUUID() })
  house.klarna.approve(await pageOf(body.payment.url))
  await eventually(
    'the contract',
    async () => (await house.call('storefront', 'GET', `/orders/${body.id}`)).body.status === 'formed',
  )
})

t.test('a quote above what the provider takes, or above every amount, is refused with a sentence', async (t) => {
  const house = await startOrdersForTest(t)
  const { call, db, stock } = house
  await stock('SENSOR-1', { priceNok: 100_000_000, stock: 10 })
  const ask = (quantity: number) =>
    call('storefront', 'POST', '/quotes', {
      ...{ lines: [{ sku: 'SENSOR-1', quantity }], currency: 'NOK', customerKind: 'consumer', country: 'NO' },
    })
  t.equal((await ask(1)).status, 201)
  await changesNothing(db, async () => {
    assertProblem(await ask(2), 409, 'payment-impossible', /at most NOK 2,000,000\.00 .* this is NOK 2,000,099\.00/)
    assertProblem(await ask(10_000), 409, 'payment-impossible', /at most 1,000,000,000\.00/)
  })
})

t.test('what is asked twice, at the quote and at the order, must be the same', async (t) => {
  const house = await startOrdersForTest(t)
  const { call, db, orderOf, quote, stock } = house
  await stock()
  const place = (body: object, role = 'storefront') =>
    call(role, 'POST', '/orders', body, { 'idempotency-key': crypto.randomUUID() })
  const swedish = placesAbroad.find(({ country }) => country === 'SE')!.address
  const quoted = await quote()
  for (const [changes, words] of [
    [{ shippingAddress: swedish }, /The quote is for delivery to NO, the order for delivery to SE\./],
    [{ locale: 'nb' }, /The quote is in en, the order in nb\./],
    [
      { customer: { kind: 'business', name: 'Bedrift AS', organisationNumber: '999615147' } },
      /The quote is for a consumer, the order for a business\./,
    ],
  ] as const)
    await changesNothing(db, async () =>
      assertProblem(await place(orderOf(quoted, changes)), 409, 'quote-differs', words),
    )
  assertProblem(await place(orderOf(quoted), 'customer'), 404, 'quote-unknown', /There is no such quote/)
  t.equal((await place(orderOf(quoted))).status, 201)
})
