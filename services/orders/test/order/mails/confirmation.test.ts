import { told } from '@vilkar/contracts/test/told.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { guaranteeNoticeOfTheUnion } from '@vilkar/terms/statute/guarantee-notice.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import { extractText } from 'unpdf'
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

type Changes = Partial<PlaceOrder['data']>
const JUNE = '2026-06-01T08:02:00Z'
const composed = async (
  changes: Changes,
  { orderPage, at = JUNE }: { orderPage?: Settings['orderPage']; at?: string },
) => {
  const state = told(order, place(changes)).reduce(order.evolve, order.initial) as PlacedOrder
  const stored = { id: orderId, version: 1, state, personal: changes.personal ?? personal }
  const withdrawal = await withdrawalFunctionOf({ settings: { orderPage } as Settings, clock: systemClock }, stored)
  return compose('confirmation', stored, { at: Temporal.Instant.from(at), withdrawal })
}
const mailOf = async (changes: Changes, orderPage?: Settings['orderPage']) => {
  const { subject, text } = await composed(changes, { orderPage })
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

/** An order for Germany of a lock whose producer guarantees durability, and of a sensor with no guarantee. */
const abroad = (locale: 'nb' | 'en', asked: object = {}, durability: object = { brand: 'Lås', model: 'L-3000' }) => {
  const covers = { nb: 'Alle deler', en: 'All parts' }
  const guarantee = { by: 'manufacturer', guarantor: 'Lås AG', years: 10, covers, durability } as const
  const lasting = { ...catalogue[1]!, guarantee } as (typeof catalogue)[1]
  const shippingAddress = { ...personal.shippingAddress, city: 'Berlin', postalCode: '10117', country: 'DE' }
  return {
    ...{ locale, personal: { ...personal, shippingAddress } },
    quote: quoteFor(
      { locale, country: 'DE', postalCode: '10117', currency: 'EUR', deliveryOption: 'parcel', ...asked },
      [catalogue[0]!, lasting!],
    ),
  } satisfies Changes
}
const SEPTEMBER = '2026-09-27T08:02:00Z'

t.test(
  'the confirmation has the notice and the label of the Union where its law wants them, and only there',
  async (t) => {
    const names = async (...[changes, at = SEPTEMBER]: [Changes, string?]) =>
      (await composed(changes, { at })).attachments!.flatMap(({ filename, contentType }) =>
        /^(legal|GARAN)/.test(filename) ? `${filename} ${contentType}` : [],
      )
    const both = ['legal-guarantee.pdf application/pdf', 'GARAN.pdf application/pdf']
    t.strictSame(await names(abroad('nb')), both)
    t.strictSame(await names(abroad('nb'), '2026-09-26T08:02:00Z'), [], 'not before the law held')
    t.strictSame(await names(abroad('nb', { customerKind: 'business' })), [])
    t.strictSame(await names({}), [], 'Norway’s own law is not known to be in force')
    t.strictSame(await names(abroad('en', { lines: [{ sku: 'SENSOR-1', quantity: 1 }] })), both.slice(0, 1))
    const { quote } = abroad('en', { country: 'NO', currency: 'NOK' })
    t.match(await mailOf({ locale: 'en', quote }), /guarantee of durability, covers the whole good/)
  },
)

t.test('the notice and the label are attached with their codes, as words that can be copied', async (t) => {
  const { attachments } = await composed(abroad('nb'), { at: SEPTEMBER })
  const read = async (name: string) => {
    const { content } = attachments!.find(({ filename }) => filename === name)!
    const { text } = await extractText(new Uint8Array(content as Buffer), { mergePages: true })
    return { text, hasPicture: (content as Buffer).includes('/Subtype /Image') }
  }
  const notice = await read('legal-guarantee.pdf')
  for (const { text, points = [], steps = [] } of guaranteeNoticeOfTheUnion.parts)
    for (const words of [text, ...points, ...steps]) t.ok(notice.text.replaceAll(/\s+/g, ' ').includes(words), words)
  t.match(notice.text, 'europa.eu/youreurope/guarantees')
  t.ok(notice.hasPicture)
  const label = await read('GARAN.pdf')
  t.match(label.text, /GARAN.*10.*Dørlås.*Merke: Lås\. Modell: L-3000.*minst to år.*commercial-guarantee-durability/s)
  t.ok(label.hasPicture)
})

for (const locale of ['nb', 'en'] as const) {
  const inTheUnion = await composed(abroad(locale), { at: SEPTEMBER })
  const mails = {
    'confirmation-several-rates': await mailOf({ locale, quote: quoteFor({ locale, lines: mixed }, goods) }),
    'acknowledgement-leads-to-the-order': await acknowledged(locale),
    'confirmation-tells-of-the-function': await mailOf({ locale }, ORDER_PAGE),
    'confirmation-business': await mailOf({
      locale,
      quote: quoteFor({ locale, lines: mixed, customerKind: 'business' }, goods),
      personal: company,
    }),
    'confirmation-in-the-union': `${inTheUnion.subject}\n\n${inTheUnion.text}`,
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
