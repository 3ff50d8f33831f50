import { sellers } from '@vilkar/terms/editions/registry.ts'
import type { Call, Urls } from './shopper.ts'
import type { Tell } from './timeline.ts'

/** Whose shop the story is about, however many sellers there are. */
export const shop = () => sellers()[0]!.id

/** What the shop sells, by SKU. */
const products = {
  'SENSOR-1': {
    name: { nb: 'Temperatursensor', en: 'Temperature sensor' },
    priceNok: 129_900,
    priceEur: 8_990,
    vatRate: 2500,
    stock: 100,
    traits: { longLived: true },
  },
  'CABLE-2': {
    name: { nb: 'Kabel, 2 m', en: 'Cable, 2 m' },
    priceNok: 24_900,
    priceEur: 1_690,
    vatRate: 2500,
    stock: 500,
  },
  'HUB-3': {
    name: { nb: 'Sentral for sensorer', en: 'Hub for sensors' },
    priceNok: 249_900,
    priceEur: 17_990,
    vatRate: 2500,
    stock: 40,
    traits: { longLived: true },
    guarantee: {
      by: 'manufacturer',
      guarantor: 'Eksempel Elektronikk AS',
      years: 5,
      covers: {
        nb: 'alle feil ved sentralen og strømforsyningen',
        en: 'every fault of the hub and its power supply',
      },
    },
  },
  'PUMP-5': {
    name: { nb: 'Varmepumpe', en: 'Heat pump' },
    priceNok: 1_499_000,
    priceEur: 129_900,
    vatRate: 2500,
    stock: 8,
    traits: { longLived: true },
    guarantee: {
      by: 'manufacturer',
      guarantor: 'Eksempel Varme AS',
      years: 8,
      covers: { nb: 'at pumpen varer', en: 'that the pump lasts' },
      durability: { brand: 'Eksempel Varme', model: 'EV-9000' },
    },
  },
  'CABINET-6': {
    name: { nb: 'Batteriskap, 80 kg', en: 'Battery cabinet, 80 kg' },
    priceNok: 899_000,
    priceEur: 77_900,
    vatRate: 2500,
    stock: 6,
    traits: { longLived: true },
    bulky: { returnCostNok: 99_000, returnCostEur: 8_900 },
  },
  'CASE-4': {
    name: { nb: 'Veggfeste, laget etter mål', en: 'Wall mount, made to measure' },
    priceNok: 39_900,
    priceEur: 2_790,
    vatRate: 2500,
    stock: 12,
    traits: { madeToOrder: true },
  },
}

/** Fills the catalogue: among other goods a cable that was lowered in price, a guarantee, one of durability with its label, what the post does not take, and what is made to measure. */
export async function stockUp(call: Call, { orders }: Urls, tell: Tell) {
  for (const [sku, body] of Object.entries(products))
    await call('warehouse', 'PUT', `${orders}/products/${sku}`, { body: { seller: shop(), ...body } })
  const { stock: _, ...cable } = products['CABLE-2']
  const lowered = { seller: shop(), ...cable, priceNok: 19_900, priceEur: 1_390 }
  await call('warehouse', 'PUT', `${orders}/products/CABLE-2`, { body: lowered })
  tell('shop', `The catalogue has ${Object.keys(products).join(', ')}; the cable is sold for less than before.`)
}
