import { type ProviderName, providerNames } from '@vilkar/payments/providers.ts'
import { outgoing } from '@vilkar/privacy/registers/outgoing.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { readSession } from '../../services/orders/money/session-store.ts'
import { onAddressChangeAnswered } from '../../services/orders/order/reactions/on-address-change-answered.ts'
import { historyOf } from '../../services/orders/test/alarming.ts'
import { type OrdersForTest, startOrdersForTest } from '../../services/orders/test/orders-service.ts'
import { paying } from '../../services/orders/test/paying.ts'
import { kindsIn, needlesOf, PERSON, untrueOf } from './a-needle.ts'

/** Like nothing else that is sent, in øre and in kroner. */
const PRICE = 7_654_300
const AMOUNTS = ['7654300', '76543', '76 543']
const NEW = { ...PERSON.address, street: 'Høystakkveien 4712' }

type House = OrdersForTest
const approve: Partial<Record<ProviderName, (house: House, session: string) => unknown>> = {
  klarna: (house, session) => house.klarna.approve(session),
  'klarna-payments': (house, session) => house.klarna.authorize(session),
  kustom: (house, session) => house.klarna.completeCheckout(session.split('/').at(-1)!),
  vipps: (house, session) => house.vipps.approve(session),
}

/** The goods go elsewhere, as shipping answers. */
async function move(house: House, id: string) {
  await house.call('support', 'PUT', `/orders/${id}/shipping-address`, { shippingAddress: NEW, why: 'Hun har flyttet' })
  const asked = (await historyOf(house, id)).findLast(({ type }: { type: string }) => type === 'AddressChangeRequested')
  const { requestId } = asked.data
  const answer = { orderId: id, requestId, changed: true, left: [], answeredAt: house.clock.now().toString() }
  await transact(house.deps, (trx) => onAddressChangeAnswered(trx, house.deps, answer as never))
  await eventually('whoever holds the money to be told', async () => {
    const { rows } = await house.pool.query(`select state from jobs.job where name = 'tell-address'`)
    return rows.length > 0 && rows.every(({ state }) => state === 'completed')
  })
}

/** An order with all that a customer may say of themselves is paid, redirected, sent and partly refunded. */
async function lived(t: Test, payAt: ProviderName) {
  const house = await startOrdersForTest(t, { payAt, watch: true })
  const { reaches, dispatch, paymentsWhen, refund } = paying(house)
  await house.stock('SENSOR-1', { priceNok: PRICE })
  const { body: order } = await house.place({
    ...{ email: PERSON.email, customer: { kind: 'consumer', name: PERSON.name } },
    ...{ shippingAddress: PERSON.address, billingAddress: PERSON.address },
  })
  const operationId: string = order.payment.url.split('/').at(-1)
  const { id: session } = await eventually(
    'the payment session',
    async () => (await readSession(house.db, operationId))!.opened,
  )
  await approve[payAt]!(house, session)
  const { number } = await reaches(order.id, 'formed')
  await move(house, order.id)
  await dispatch(order.id)
  await paymentsWhen('the capture', order.id, ({ accounts }) => accounts[0].captured > 0)
  await refund(order.id, PRICE)
  await paymentsWhen('the refund', order.id, ({ accounts }) => accounts[0].refunded > 0)
  const journal = [...house.klarna.journal(), ...house.vipps.journal()]
  return { house, needles: needlesOf([number, order.id], AMOUNTS), sent: journal.map(({ path, body }) => [path, body]) }
}

const WAYS = { klarna: 'Klarna', 'klarna-payments': 'Klarna', kustom: 'Kustom', vipps: 'Vipps MobilePay' } as const

t.test('every way to pay is looked at', async (t) => t.strictSame(Object.keys(WAYS).sort(), [...providerNames].sort()))

for (const [payAt, way] of Object.entries(WAYS))
  t.test(`${payAt} is told of a customer what the register of ways out says, no more and no less`, async (t) => {
    const { sent, needles, house } = await lived(t, payAt as ProviderName)
    t.ok(sent.length > 3)
    const found = kindsIn(sent, needles)
    t.strictSame(untrueOf(way, found), [])
    t.test('and so is the mail server, as far as it may be', async (t) => {
      const mails = kindsIn(house.mailbox.mails(), needles)
      t.ok(mails.includes('name') && mails.includes('order'))
      t.strictSame(untrueOf('The mail server', mails), [])
    })
    t.test('a telephone number among it, or a name that is not sent, would be found', async (t) => {
      const telling = kindsIn([...sent, { shopper: { tel: '+4791827364' } }], needles)
      t.strictSame(untrueOf(way, telling), [`${way} is told the phone, and is not said to be`])
      const claims = outgoing.map((each) => ({ ...each, fields: [...each.fields, 'photos'] }))
      t.match(untrueOf(way, found, claims), [`${way} is said to be told the photos, and is not`])
    })
  })
