import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { currencyFor } from '../../checkout/shown-price.ts'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const { call, clock } = house
const goods = { name: { nb: 'Føler', en: 'Sensor' }, priceNok: 129_900, priceEur: 8_990, vatRate: 2500 }
const put = (sku: string, changes: object = {}) =>
  call('warehouse', 'PUT', `/products/${sku}`, { ...goods, ...changes })
const list = async (query: string) => (await call('nobody', 'GET', `/products?${query}`)).body.items
await put('A', { stock: 5 })
await put('B', { stock: 5, priceEur: 999 })
await put('C', { stock: 5 })

for (const [country, currency, customerKind] of [
  ['NO', 'NOK', 'consumer'],
  ['NO', 'NOK', 'business'],
  ['DE', 'EUR', 'consumer'],
  ['DE', 'EUR', 'business'],
  ['FI', 'EUR', 'consumer'],
] as const)
  t.test(`in the catalogue a ${customerKind} in ${country} sees the price that a quote shows`, async (t) => {
    const lines = ['A', 'B'].map((sku) => ({ sku, quantity: 1 }))
    const quote = await house.quote({ lines, country, currency, customerKind, locale: 'en' })
    const seen = await list(`sku=A&sku=B&country=${country}&customerKind=${customerKind}`)
    for (const { sku, shown } of quote.lines) {
      const item = seen.find((each: { sku: string }) => each.sku === sku)
      t.hasStrict(item.shown, { currency, price: shown.unitPrice }, sku)
      t.equal(item.shown.label.en, quote.priceDisplay.label)
      t.strictSame(item.shown.reasons, quote.priceDisplay.reasons)
    }
  })

t.test('an export to the euro area bears no VAT, and says so', async (t) => {
  const [{ shown }] = await list('sku=A&country=DE')
  t.hasStrict(shown, { currency: 'EUR', price: 8_990, label: { en: 'without VAT (export)' } })
  const [there] = await list('sku=A&country=SJ')
  t.hasStrict(there.shown, { currency: 'NOK', price: 103_920 })
})

t.test('a lowered price stands beside the lowest before it, both as they are shown there', async (t) => {
  clock.advance('P40D')
  await put('C', { priceNok: 100_000, priceEur: 5_000 })
  const [[home], [abroad], [far]] = await Promise.all(
    ['NO', 'DE', 'SJ'].map((country) => list(`sku=C&country=${country}`)),
  )
  t.hasStrict(home.shown, { price: 100_000, lowestBefore: 129_900 })
  t.hasStrict(abroad.shown, { price: 5_000, lowestBefore: 8_990 })
  t.hasStrict(far.shown, { price: 80_000, lowestBefore: 103_920 })
})

t.test('whoever does not say where goods go is shown what products are, as before', async (t) => {
  const [one] = await list('sku=A')
  t.equal(one.shown, undefined)
  t.strictSame([one.priceNok, one.priceEur], [129_900, 8_990])
  t.strictSame(
    (await list('sku=A&sku=NONE')).map(({ sku }: { sku: string }) => sku),
    ['A'],
  )
  assertProblem(await call('nobody', 'GET', '/products?country=Norge'), 400, 'invalid-input', /two capitals/)
})

t.test('a seller that sells in one currency shows that one wherever goods go', async (t) => {
  t.equal(currencyFor({ currencies: { NOK: 'incl' } }, 'DE'), 'NOK')
  t.equal(currencyFor({ currencies: { EUR: 'incl' } }, 'NO'), 'EUR')
  t.equal(currencyFor({ currencies: { NOK: 'incl', EUR: 'excl' } }, 'SJ'), 'NOK')
})
