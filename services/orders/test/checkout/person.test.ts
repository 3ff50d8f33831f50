import { told } from '@vilkar/contracts/test/told.ts'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { compose } from '../../order/mails/compose.ts'
import { order } from '../../order/order.ts'
import type { PlacedOrder } from '../../order/state.ts'
import { orderId, place } from '../an-order.ts'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const { call, db, orderOf, quote, stock, address } = house
await stock('SENSOR-1', { stock: 1_000 })
const post = (body: unknown) => call('storefront', 'POST', '/orders', body, { 'idempotency-key': crypto.randomUUID() })
const consumer = { kind: 'consumer', name: 'Kari Eksempel' }
const business = { kind: 'business', name: 'Bedrift AS', organisationNumber: '999615147' }

t.test('what no person would call a name, an address or a number is refused in words', async (t) => {
  const quoted = await quote()
  const ofBusiness = await quote({ customerKind: 'business' })
  const inside = (changes: object) => ({ shippingAddress: { ...address, ...changes } })
  for (const [changes, words] of [
    [{ customer: { ...consumer, name: '   ' } }, /body\.customer\.name must be a name on one line, with a letter/],
    [{ customer: { ...consumer, name: '\u200b' } }, /body\.customer\.name must be a name on one line/],
    [{ customer: { ...consumer, name: 'Ola\n\nPay at https://evil.example' } }, /body\.customer\.name must be a name/],
    [inside({ name: 'Ola \u202eirak' }), /body\.shippingAddress\.name must be a name/],
    [inside({ street: '\t\n' }), /body\.shippingAddress\.street must be a street and number/],
    [inside({ city: 'Oslo\nwww.evil.example' }), /body\.shippingAddress\.city must be a place/],
    [inside({ postalCode: ' ' }), /body\.shippingAddress\.postalCode must be a postal code/],
    [inside({ postalCode: 'ABCDE' }), /body\.shippingAddress\.postalCode is not a postal code of Norway/],
    [inside({ postalCode: '99999' }), /body\.shippingAddress\.postalCode is not a postal code of Norway/],
    [inside({ country: 'ZZ' }), /body\.shippingAddress\.country must be a country as ISO 3166-1/],
    [inside({ phone: '+47 12 34 56 78 ext. 9' }), /body\.shippingAddress\.phone must be a telephone number/],
    [{ billingAddress: { ...address, country: 'DE' } }, /body\.billingAddress\.postalCode is not .* of Germany/],
    [{ email: 'root@127.0.0.1' }, /body\.email must be an e-mail address/],
    [{ email: `${'a'.repeat(65)}@example.com` }, /body\.email must be an e-mail address/],
  ] as const)
    await changesNothing(db, async () =>
      assertProblem(await post(orderOf(quoted, changes)), 400, 'invalid-input', words),
    )
  for (const organisationNumber of ['000000000', '999615148', '556703-7485', 'MVA', '   '])
    await changesNothing(db, async () =>
      assertProblem(
        await post(orderOf(ofBusiness, { customer: { ...business, organisationNumber } })),
        400,
        'invalid-input',
        /body\.customer\.organisationNumber is not an organisation number or VAT id of Norway/,
      ),
    )
  t.equal((await call('storefront', 'POST', '/quotes', { country: 'ZZ' })).status, 400)
})

t.test('a business gives the number as its letterhead has it, of any country (case L09)', async (t) => {
  for (const [written, kept] of [
    ['NO 999 615 147 MVA', '999615147'],
    ['DE 136695976', 'DE136695976'],
  ]) {
    const quoted = await quote({ customerKind: 'business' })
    const { status, body } = await post(orderOf(quoted, { customer: { ...business, organisationNumber: written } }))
    t.equal(status, 201)
    t.equal(body.customer.organisationNumber, kept)
  }
})

t.test('a mail domain with æøå is kept in ASCII, reached, and found under either name', async (t) => {
  const { status, body } = await post(orderOf(await quote(), { email: 'kari.unik@blåbær.no' }))
  t.equal(status, 201)
  t.equal(body.customer.email, 'kari.unik@xn--blbr-roah.no')
  // The mail server of the tests tells addresses in Unicode again; what it was sent was ASCII, or it would have said so.
  await eventually('the acknowledgement', async () => house.mailbox.to('kari.unik@blåbær.no').length === 1)
  for (const email of ['kari.unik@blåbær.no', 'kari.unik@xn--blbr-roah.no']) {
    const { items } = (await call('support', 'GET', `/orders?email=${encodeURIComponent(email)}`)).body
    t.strictSame(
      items.map(({ id }: { id: string }) => id),
      [body.id],
    )
  }
})

t.test('names are kept without the blanks around them', async (t) => {
  const shippingAddress = { ...address, name: '  Kari Eksempel ', postalCode: ' 0155 ' }
  const { body } = await post(orderOf(await quote(), { shippingAddress }))
  t.hasStrict(body.shippingAddress, { name: 'Kari Eksempel', postalCode: '0155' })
})

t.test('a name that was taken before names were checked cannot write lines of a mail', async (t) => {
  const name = 'Ola\n\nURGENT: your payment failed. Pay at https://evil.example/pay now\u202e'
  const placing = place()
  const state = told(order, placing).reduce(order.evolve, order.initial) as PlacedOrder
  const { personal } = placing.data
  const stored = {
    ...{ id: orderId, version: 1, state },
    personal: { ...personal, shippingAddress: { ...personal.shippingAddress, name } },
  }
  const { text } = await compose('acknowledgement', stored, { at: Temporal.Instant.from('2026-06-01T08:02:00Z') })
  t.notMatch(text, /^URGENT/m)
  t.notMatch(text, /https:\/\/evil\.example/)
  t.match(text, /^Ola URGENT: your payment failed\./m)
})
