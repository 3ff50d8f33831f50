import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { orderButtonLabels } from '@vilkar/terms/rules/checkout.ts'
import t from 'tap'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const { call, quote, stock } = house
await stock()
await stock('MADE-2', { traits: { madeToOrder: true } })
await stock('SEALED-3', { traits: { hygieneSealed: true } })
const lines = ['SENSOR-1', 'MADE-2', 'SEALED-3'].map((sku) => ({ sku, quantity: 1 }))
const told = async (changes: object = {}) => {
  const { id } = await quote({ lines, ...changes })
  return (await call('storefront', 'GET', `/quotes/${id}/information`)).body
}
type Line = { withdrawal: { outcome: string } }
await stock('DOOR-4', { bulky: { returnCostNok: 45_000 } })
await stock('GATE-5', { bulky: {} })
const theirs = { by: 'manufacturer', guarantor: 'Pumpa AB', years: 5, covers: { nb: 'Alt', en: 'All of it' } }
await stock('PUMP-7', { guarantee: { ...theirs, durability: { brand: 'Pumpa', model: 'P-500' } } })
await stock('BOILER-8', { guarantee: theirs })
await stock('SAUNA-6', { traits: { madeToOrder: true }, bulky: {} })

t.test('a consumer is told who sells, what can be withdrawn from and who pays for the way back', async (t) => {
  const { seller, lines, returnCost, button, guaranteeNotice } = await told()
  for (const part of ['name', 'organisationNumber', 'email', 'phone']) t.match(seller[part], /\S/)
  t.match(seller.address, { street: /\S/, postalCode: /\S/, city: /\S/, country: /^[A-Z]{2}$/ })
  t.strictSame(
    lines.map(({ withdrawal }: Line) => withdrawal.outcome),
    ['granted', 'refused', 'review'],
  )
  t.equal(lines[1].withdrawal.reasons[0].code, 'made-to-order')
  t.equal(returnCost.bearer, 'customer')
  t.equal(guaranteeNotice, undefined, 'Norway’s own is not known to be in force')
  t.equal(button.reasons[0].code, 'button-says-payment')
})

t.test('of goods that the post does not take the cost of the way back is told, or the seller pays it', async (t) => {
  const bulky = ['SENSOR-1', 'DOOR-4', 'GATE-5', 'SAUNA-6'].map((sku) => ({ sku, quantity: 1 }))
  const { lines, returnCost } = await told({ lines: bulky })
  const [sensor, door, gate, sauna] = lines
  t.equal(returnCost.bearer, 'customer')
  t.match(door.returnCost, { bearer: 'customer', amount: 45_000, reasons: [{ code: 'return-cost-disclosed' }] })
  t.match(gate.returnCost, { bearer: 'seller', amount: undefined, reasons: [{ code: 'return-cost-not-disclosed' }] })
  t.strictSame([sensor.returnCost, sauna.returnCost], [undefined, undefined], 'the first is small, the last stays')
  const abroad = await told({ lines: [{ sku: 'DOOR-4', quantity: 1 }], country: 'DE', currency: 'EUR' })
  t.equal(abroad.lines[0].returnCost.bearer, 'seller', 'no amount was told in euro')
  const ofBusiness = await told({ lines: bulky, customerKind: 'business' })
  t.ok(ofBusiness.lines.every((line: object) => !('returnCost' in line)))
})

t.test('the button says in either language what binds a consumer', async (t) => {
  for (const locale of ['nb', 'en'] as const) {
    const { label } = (await told({ locale })).button
    t.ok((orderButtonLabels[locale] as readonly string[]).includes(label), label)
  }
})

t.test('the notice of the legal guarantee is for consumers in the Union', async (t) => {
  const german = { country: 'DE', currency: 'EUR' }
  const { guaranteeNotice } = await told(german)
  t.equal(guaranteeNotice.reasons[0].cites[0].section, 'Art. 6(1)(l)')
  const said = JSON.stringify(guaranteeNotice)
  // What Art. 6(1)(l) and the annex have it say: how long, what for, from whom, that it may be longer, and where one reads of it.
  for (const word of ['two-year', 'free repair or free replacement', 'price reduction or full reimbursement', 'longer'])
    t.ok(said.includes(word), word)
  t.strictSame(
    guaranteeNotice.parts.flatMap(({ link }: { link?: string }) => link ?? []),
    ['https://europa.eu/youreurope/guarantees'],
  )
  t.equal((await told({ ...german, customerKind: 'business' })).guaranteeNotice, undefined)
})

t.test(
  'the label of a guarantee of durability is for consumers in the Union, of goods that have such a one',
  async (t) => {
    const lines = ['PUMP-7', 'SENSOR-1', 'BOILER-8'].map((sku) => ({ sku, quantity: 1 }))
    const german = { country: 'DE', currency: 'EUR', lines }
    const labels = async (asked: object) =>
      (await told(asked)).lines.map(({ durabilityLabel }: { durabilityLabel?: object }) => durabilityLabel)
    const [pump, ...others] = await labels(german)
    t.match(pump, {
      title: 'GARAN',
      years: 5,
      brand: 'Pumpa',
      model: 'P-500',
      link: /^https:\/\/europa\.eu\/youreurope\//,
    })
    t.strictSame(
      pump.reasons[0].cites.map(({ section }: { section: string }) => section),
      ['Art. 6(1)(la)', 'Art. 8(2)'],
    )
    t.strictSame(others, [undefined, undefined], 'not of goods with none, nor with another guarantee')
    const none = [undefined, undefined, undefined]
    t.strictSame(await labels({ ...german, customerKind: 'business' }), none)
    t.strictSame(await labels({ lines }), none, 'Norway’s own law is not known to be in force')
    const listed = async (query: string) =>
      (await call('nobody', 'GET', `/products?sku=PUMP-7&sku=BOILER-8${query}`)).body.items.map(
        ({ durabilityLabel }: { durabilityLabel?: object }) => durabilityLabel,
      )
    t.match(await listed('&country=DE'), [pump, undefined], 'the catalogue has the same')
    for (const query of ['', '&country=NO', '&country=DE&customerKind=business'])
      t.strictSame(await listed(query), [undefined, undefined], query)
  },
)

t.test('a business is not told of rights that it has not', async (t) => {
  const { lines, returnCost } = await told({ customerKind: 'business' })
  t.ok(lines.every(({ withdrawal }: Line) => withdrawal.outcome === 'refused'))
  t.equal(returnCost, undefined)
})

t.test('6.1 how it can be paid is said, and that the terms name it', async (t) =>
  t.match((await told()).payment, {
    method: 'klarna',
    named: true,
    reasons: [{ code: 'payment-method-accepted', cites: [{ clause: '6.1' }] }],
  }),
)

t.test('a quote is told of to whoever asked for it', async () => {
  const { id } = await quote({ lines })
  assertProblem(await call('customer', 'GET', `/quotes/${id}/information`), 404, 'quote-unknown', /no such quote/)
  const unknown = `/quotes/${crypto.randomUUID()}/information`
  assertProblem(await call('storefront', 'GET', unknown), 404, 'quote-unknown', /no such quote/)
})
