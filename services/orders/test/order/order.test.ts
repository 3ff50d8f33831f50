import assert from 'node:assert/strict'
import { told, whyOf } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { order } from '../../order/order.ts'
import type { OrderCommand } from '../../order/state.ts'
import {
  authorise,
  bounce,
  cancelByCustomer,
  capture,
  command,
  confirm,
  correctEmail,
  deliver,
  dispatch,
  orderId,
  place,
  quoteFor,
  refund,
  release,
  shipmentCancelled,
  TOTAL,
  terms,
} from '../an-order.ts'

const after = (...commands: OrderCommand[]) => given(order, ...told(order, ...commands))
const formed = [place(), authorise(), confirm()]
const bounced = [...formed, bounce()]
const cancelled = [place(), authorise(), cancelByCustomer]
const dispatched = [...formed, dispatch()]
const delivered = [...dispatched, deliver]

t.test('placing', async (t) => {
  t.test('a quote becomes an order with its prices, its terms and nothing that only the quote needs', async (t) => {
    const { status } = after()
      .when(place())
      .thenHappens({
        type: 'OrderPlaced',
        data: { orderId, placedAt: '2026-06-01T08:00:00Z', terms, totals: { total: TOTAL } },
      })
    t.equal(status, 'awaiting-payment')
    const [placed] = told(order, place())
    const { lines } = quoteFor()
    t.strictSame(
      placed!.type === 'OrderPlaced' && placed.data.lines,
      lines.map(({ shown: _, available: __, ...line }) => line),
    )
  })
  t.test('who is not informed as the law of his country asks keeps his right to withdraw for longer', async (t) => {
    const informed = (country: string) => {
      const [placed] = told(order, place({ quote: quoteFor({ country }) }))
      return placed!.type === 'OrderPlaced' && placed.data.disclosures.withdrawalInformation
    }
    t.equal(informed('NO'), true)
    t.equal(informed('US'), true)
    const later = { quote: quoteFor({ country: 'DE' }), at: '2026-06-19T08:00:00Z' }
    const [placed] = told(order, place({ ...later, quote: { ...later.quote, expiresAt: '2026-06-19T09:00:00Z' } }))
    t.equal(placed!.type === 'OrderPlaced' && placed.data.disclosures.withdrawalInformation, false)
  })
  t.test('said twice, it is placed once', async () => after(place()).when(place()).thenNothing())
  t.test('the personal part does not enter the state', async (t) => {
    const state = after().when(place()).thenHappens({ type: 'OrderPlaced' })
    t.notMatch(JSON.stringify(state), /kari|Storgata|auth0/i)
  })
  t.test('a used quote is refused', async () =>
    after()
      .when(place({ quoteUsed: true }))
      .thenRefused('quote-used'),
  )
  t.test('a quote is good until its last moment, and not at it', async () => {
    after()
      .when(place({ at: '2026-06-01T08:29:59.999Z' }))
      .thenHappens({ type: 'OrderPlaced' })
    after()
      .when(place({ at: '2026-06-01T08:30:00Z' }))
      .thenRefused('quote-expired')
  })

  const newer = { edition: 'smartgroup/2026-07-01', sha256: 'f'.repeat(64) }
  for (const [rule, changes] of [
    ['terms that changed after the quote are stale', { currentTerms: newer }],
    ['accepting other terms than those of the quote is stale', { acceptedSha256: newer.sha256 }],
    ['accepting new terms does not mend an old quote', { currentTerms: newer, acceptedSha256: newer.sha256 }],
  ] as const)
    t.test(`${rule}: the answer names the edition in force`, async (t) => {
      after().when(place(changes)).thenRefused('terms-stale')
      const { refusal } = order.decide(place(changes), order.initial)
      t.strictSame(refusal?.extra, { currentTerms: 'currentTerms' in changes ? newer : terms })
    })
  t.test('what is not in stock is not sold, and every shortage is told', async (t) => {
    const shortages = [
      { sku: 'SENSOR-1', wanted: 2, available: 1 },
      { sku: 'LOCK-1', wanted: 1, available: 0 },
    ]
    after().when(place({ shortages })).thenRefused('out-of-stock')
    const { refusal } = order.decide(place({ shortages }), order.initial)
    t.strictSame(refusal?.extra, { shortages })
    for (const { sku } of shortages) t.match(refusal!.detail, new RegExp(sku))
  })
})

t.test('nothing but placing can happen to an order that does not exist', async () => {
  for (const it of [...delivered.slice(1), bounce(), correctEmail, cancelByCustomer, shipmentCancelled])
    after().when(it).thenRefused('order-unknown')
  for (const it of [
    capture,
    release,
    refund,
    command('FailPayment', '2026-06-01T09:00:00Z', { cause: 'payment-failed' }),
  ])
    after().when(it).thenRefused('order-unknown')
})

t.test('paying', async (t) => {
  const abandoned = command('FailPayment', '2026-06-02T08:00:00Z', { cause: 'payment-abandoned' })

  t.test('the whole amount is held, and the confirmation can go out', async (t) => {
    const state = after(place())
      .when(authorise())
      .thenHappens({
        type: 'PaymentAuthorised',
        data: {
          amount: TOTAL,
          currency: 'NOK',
          authorisedAt: '2026-06-01T08:02:00Z',
          expiresAt: '2026-06-29T08:02:00Z',
        },
      })
    t.equal(state.status, 'awaiting-confirmation')
  })
  t.test('said twice, it is held once', async () => after(place(), authorise()).when(authorise()).thenNothing())
  for (const change of [{ amount: TOTAL - 1 }, { amount: TOTAL + 1 }, { currency: 'EUR' }])
    t.test(`a payment of ${JSON.stringify(change)} is not the payment of this order`, async () =>
      after(place()).when(authorise(change)).thenRefused('payment-amount-differs'),
    )
  t.test('an order that is not paid is cancelled by nobody in particular', async () => {
    after(place())
      .when(abandoned)
      .thenHappens({ type: 'OrderCancelled', data: { by: 'system', reason: 'payment-abandoned', reasons: [] } })
  })
  t.test('a failure that comes after the payment, or twice, changes nothing', async () => {
    after(place(), authorise()).when(abandoned).thenNothing()
    after(place(), abandoned).when(abandoned).thenNothing()
  })
  t.test('a payment of a cancelled order changes nothing, whatever its amount', async () => {
    after(place(), abandoned).when(authorise()).thenNothing()
    after(place(), cancelByCustomer)
      .when(authorise({ amount: 1 }))
      .thenNothing()
  })
})

t.test('the contract (clause 4.1)', async (t) => {
  const why = (...commands: OrderCommand[]) => whyOf(told(order, ...commands).at(-1)!)

  t.test('is formed when the mail server takes the confirmation', async (t) => {
    const state = after(place(), authorise())
      .when(confirm())
      .thenHappens({ type: 'ContractFormed', data: { formedAt: '2026-06-01T08:02:10Z' } })
    t.equal(state.status, 'formed')
    t.strictSame(why(...formed), ['confirmation-received', '4.1', '§ 12'])
  })
  t.test('is formed once', async () =>
    after(...formed)
      .when(confirm('2026-06-01T08:05:00Z'))
      .thenNothing(),
  )
  t.test('is not formed before the payment is held, nor after a cancellation', async () => {
    after(place()).when(confirm()).thenNothing()
    after(...cancelled)
      .when(confirm())
      .thenNothing()
  })
  t.test('does not come about by a confirmation that bounces', async (t) => {
    const state = after(place(), authorise())
      .when(bounce())
      .thenHappens({ type: 'ConfirmationBounced', data: { wasFormed: false } })
    t.equal(state.status, 'unformed')
    t.strictSame(why(place(), authorise(), bounce()), ['confirmation-bounced', '4.1', '§ 12'])
  })
  t.test('falls when the confirmation bounces after all', async () => {
    const state = after(...formed)
      .when(bounce())
      .thenHappens({ type: 'ConfirmationBounced', data: { wasFormed: true, cause: '550 5.1.1 no such mailbox' } })
    assert.partialDeepStrictEqual(state, { status: 'unformed', formedAt: undefined })
  })
  t.test('falls without telling the address that the mail server quoted', async () => {
    const quoting = command('BounceConfirmation', '2026-06-01T08:10:00Z', {
      cause: '550 5.1.1 <kari@eksempel.example>: Recipient address rejected',
    })
    after(...formed)
      .when(quoting)
      .thenHappens({ type: 'ConfirmationBounced', data: { cause: '550 5.1.1 <…>: Recipient address rejected' } })
  })
  t.test('stands when a bounce is older than what the mail server took', async () =>
    after(...formed)
      .when(bounce('2026-06-01T08:02:09Z'))
      .thenNothing(),
  )
  t.test('does not fall twice, nor once the goods have left or the order is cancelled', async () => {
    after(...bounced)
      .when(bounce('2026-06-01T08:11:00Z'))
      .thenNothing()
    after(...dispatched)
      .when(bounce('2026-06-02T13:00:00Z'))
      .thenNothing()
    after(...cancelled)
      .when(bounce('2026-06-01T11:00:00Z'))
      .thenNothing()
  })
  t.test('comes about after all when the address is mended', async (t) => {
    const mended = after(...bounced)
      .when(correctEmail)
      .thenHappens({
        type: 'EmailCorrected',
        data: { personal: { email: 'kari.ny@eksempel.example' } },
      })
    t.equal(mended.status, 'awaiting-confirmation')
    const state = after(...bounced, correctEmail)
      .when(confirm('2026-06-01T09:00:03Z'))
      .thenHappens({ type: 'ContractFormed', data: { formedAt: '2026-06-01T09:00:03Z' } })
    assert.partialDeepStrictEqual(state, { status: 'formed', bounced: undefined })
    t.notMatch(JSON.stringify(state), /kari/)
  })
  t.test('waits again for the mail when the address is mended a second time, and may fall again', async () => {
    after(...bounced, correctEmail)
      .when(correctEmail)
      .thenHappens({ type: 'EmailCorrected' })
    after(...bounced, correctEmail)
      .when(bounce('2026-06-01T09:00:05Z'))
      .thenHappens({ type: 'ConfirmationBounced', data: { wasFormed: false } })
  })
  t.test('an address that works is not corrected by the customer', async () => {
    for (const past of [formed, dispatched, cancelled])
      after(...past)
        .when(correctEmail)
        .thenRefused('email-settled')
  })
})
