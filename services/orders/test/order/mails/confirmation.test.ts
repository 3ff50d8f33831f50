import { told } from '@vilkar/contracts/test/told.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import type { Settings } from '../../../config.ts'
import { compose } from '../../../order/mails/compose.ts'
import { withPage } from '../../../order/mails/with-page.ts'
import { orderPageOf, withdrawalFunctionOf } from '../../../order/mails/withdrawal-function.ts'
import { order } from '../../../order/order.ts'
import type { PlacedOrder, PlaceOrder } from '../../../order/state.ts'
import { catalogue, orderId, place, quoteFor } from '../../an-order.ts'

const book = {
  ...catalogue[0]!,
  sku: 'BOOK-1',
  name: { nb: 'Håndbok', en: 'Handbook' },
  price_nok: 30_000,
  vat_rate: 0,
}
const food = {
  ...catalogue[0]!,
  sku: 'FOOD-1',
  name: { nb: 'Kaffe', en: 'Coffee' },
  price_nok: 10_000,
  vat_rate: 1_500,
}
const goods = [...catalogue, book, food]
const mixed = ['BOOK-1', 'FOOD-1', 'LOCK-1'].map((sku) => ({ sku, quantity: 1 }))
const { personal } = place().data
const company = {
  ...personal,
  name: 'Bedrift AS',
  organisationNumber: '999615147',
  billingAddress: { name: 'Bedrift AS', street: 'Postboks 1', postalCode: '0101', city: 'Oslo', country: 'NO' },
}

const ORDER_PAGE = { url: 'https://shop.example/order', secrets: 'test-only-test-only-test-only-test-only' }

/** An acknowledgement of a shop that has a page of each order. */
async function acknowledged(locale: 'nb' | 'en') {
  const state = told(order, place({ locale })).reduce(order.evolve, order.initial) as PlacedOrder
  const stored = { id: orderId, version: 1, state, personal }
  const settings = { orderPage: ORDER_PAGE } as Settings
  const composed = await compose('acknowledgement', stored, { at: Temporal.Instant.from('2026-06-01T08:02:00Z') })
  const { subject, text } = withPage(composed, stored, await orderPageOf({ settings, clock: systemClock }, stored))
  return `${subject}\n\n${text}`
}

const mailOf = async (changes: Partial<PlaceOrder['data']>, orderPage?: Settings['orderPage']) => {
  const state = told(order, place(changes)).reduce(order.evolve, order.initial) as PlacedOrder
  const stored = { id: orderId, version: 1, state, personal: changes.personal ?? personal }
  const withdrawal = await withdrawalFunctionOf({ settings: { orderPage } as Settings, clock: systemClock }, stored)
  const { subject, text } = await compose('confirmation', stored, {
    at: Temporal.Instant.from('2026-06-01T08:02:00Z'),
    withdrawal,
  })
  return `${subject}\n\n${text}`
}

t.test('11.1 a manual that is read online is in the confirmation, in the language of the order', async (t) => {
  const manual = { nb: 'https://hjelp.example/las', en: 'https://help.example/lock' }
  const online = [{ ...catalogue[0]!, sku: 'LOCK-9', manual }]
  const lines = [{ sku: 'LOCK-9', quantity: 1 }]
  for (const [locale, says] of [
    ['nb', /Bruksanvisningen for .* leser du her: https:\/\/hjelp\.example\/las\n/],
    ['en', /You read the manual for .* here: https:\/\/help\.example\/lock\n/],
  ] as const)
    t.match(await mailOf({ locale, quote: quoteFor({ locale, lines }, online) }), says)
})

t.test(
  'of goods that the post does not take a consumer is told what sending one back costs, or that we pay',
  async (t) => {
    const lines = [{ sku: 'DOOR-9', quantity: 1 }]
    const telling = (bulky: object, more: object = {}) =>
      mailOf({
        locale: 'en',
        quote: quoteFor({ locale: 'en', lines, ...more }, [{ ...catalogue[0]!, sku: 'DOOR-9', bulky }]),
      })
    t.match(await telling({ returnCostNok: 45_000 }), /you pay for sending it back, which costs at most .*450/)
    t.match(await telling({ returnCostEur: 4_500 }), /we pay for sending it back/, 'nothing was told in kroner')
    const ofBusiness = await telling({ returnCostNok: 45_000 }, { customerKind: 'business' })
    t.notMatch(ofBusiness, /returned by post/, 'who cannot withdraw')
    const madeToOrder = { ...catalogue[0]!.traits, madeToOrder: true }
    const custom = [{ ...catalogue[0]!, sku: 'DOOR-9', bulky: {}, traits: madeToOrder }]
    t.notMatch(await mailOf({ locale: 'en', quote: quoteFor({ locale: 'en', lines }, custom) }), /returned by post/)
  },
)

for (const locale of ['nb', 'en'] as const) {
  const mails = {
    'confirmation-several-rates': await mailOf({ locale, quote: quoteFor({ locale, lines: mixed }, goods) }),
    'acknowledgement-leads-to-the-order': await acknowledged(locale),
    'confirmation-tells-of-the-function': await mailOf({ locale }, ORDER_PAGE),
    'confirmation-business': await mailOf({
      locale,
      quote: quoteFor({ locale, lines: mixed, customerKind: 'business' }, goods),
      personal: company,
    }),
    'confirmation-export': await mailOf({
      locale,
      quote: quoteFor({ locale, lines: mixed, country: 'SJ', postalCode: '9170' }, goods),
      personal: {
        ...personal,
        shippingAddress: { ...personal.shippingAddress, postalCode: '9170', city: 'Longyearbyen', country: 'SJ' },
      },
    }),
  }
  for (const [name, text] of Object.entries(mails))
    t.test(`${name}, ${locale}, reads as it should`, async (t) =>
      matchesGolden(t as Test, new URL(`${name}.${locale}.txt`, import.meta.url), text),
    )
}
