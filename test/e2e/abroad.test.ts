import t from 'tap'
import { sharedHouse } from './house.ts'
import { home } from './shop.ts'

const house = await sharedHouse()
const { shop } = house
const from = (country: string, street: string, postalCode: string, city: string) => ({
  ...home,
  ...{ country, street, postalCode, city },
})
const germany = from('DE', 'Friedrichstraße 1', '10117', 'Berlin')
const france = from('FR', '1 rue de Rivoli', '75001', 'Paris')

t.test('customers of Germany and France order in euro, pay and get their goods', async (t) => {
  const sku = await shop.stock(10)
  for (const address of [germany, france]) {
    const order = await shop.place({ sku, address, currency: 'EUR', email: `${address.country}@example.com` })
    await shop.pay(order)
    const { payment } = await shop.dispatch(await shop.shipmentOf(order), order.id)
    t.equal(payment.captured, order.totals.total)
  }
  await house.settle()
})

t.test('whom Klarna takes nothing from is told so before anything is ordered', async (t) => {
  const sku = await shop.stock(10)
  for (const [address, words] of [
    [from('SE', 'Drottninggatan 1', '111 51', 'Stockholm'), /^Klarna takes SEK from SE, and not (NOK|EUR)\.$/],
    [from('DK', 'Vestergade 1', '1456', 'København K'), /^Klarna takes DKK from DK, and not (NOK|EUR)\.$/],
    [from('GB', '1 High Street', 'SW1A 1AA', 'London'), /^Klarna takes GBP from GB, and not (NOK|EUR)\.$/],
    [from('SJ', 'Vei 500 1', '9170', 'Longyearbyen'), /^Klarna takes no payments from SJ; it takes them from /],
  ] as const)
    for (const currency of ['NOK', 'EUR'] as const) {
      const { status, body } = await shop.quoteFor({ sku, address, currency })
      t.strictSame([status, body.type], [409, '/problems/payment-impossible'])
      t.match(body.detail, words)
    }
  t.equal((await shop.quoteFor({ sku, address: germany, currency: 'NOK' })).status, 409)
  t.equal((await shop.quoteFor({ sku })).body.lines[0].available, 10, 'nothing is reserved')
  await house.settle()
})
