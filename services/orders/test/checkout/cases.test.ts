import { readFileSync } from 'node:fs'
import { differing, readFactsCases } from '@vilkar/terms/cases/facts.ts'
import { type Answer, readCases } from '@vilkar/terms/cases/runner.ts'
import { askedAt } from '@vilkar/terms/test/asked-over-http.ts'
import t from 'tap'
import { startOrdersForTest } from '../orders-service.ts'

/** Worked cases of who buys and of the VAT in a price, asked of a quote; and of how a lowered price may be announced, asked of a product. */

const { call, stock, clock } = await startOrdersForTest(t)
const bank = (file: string) => readFileSync(new URL(`../../../../libs/terms/cases/${file}`, import.meta.url), 'utf8')
const cart = { lines: [{ sku: 'SENSOR-1', quantity: 1 }], currency: 'NOK', country: 'NO', locale: 'nb' }
const quote = (more: object) => call('storefront', 'POST', '/quotes', { ...cart, ...more })
await stock('SENSOR-1')

/** Of which kind whoever buys is: a quote for a consumer says so, or whom it would have to be for. */
async function kindOf({ function: _, ...buyer }: Record<string, unknown>) {
  const { status, body } = await quote({ customerKind: 'consumer', buyer })
  return { kind: status === 201 ? 'consumer' : body.customerKind }
}

async function vatIn({ grossOre, vatPct }: Asked): Promise<Answer> {
  await stock(`PRICE-${grossOre}`, { priceNok: grossOre, vatRate: vatPct! * 100 })
  const { body } = await quote({ customerKind: 'consumer', lines: [{ sku: `PRICE-${grossOre}`, quantity: 1 }] })
  const [{ total, vat }] = body.lines
  return { netOre: total - vat, vatOre: vat }
}

/** The greatest reduction that may be announced of a product that cost so much, lately so little, and now less. */
async function greatest({ before, lowest, now }: { before: number; lowest: number; now: number }): Promise<number> {
  const sku = `LOWERED-${now}`
  const product = { name: { nb: 'Kabel', en: 'Cable' }, priceEur: 1_000, vatRate: 2500 }
  const put = (priceNok: number, more: object = {}) =>
    call('warehouse', 'PUT', `/products/${sku}`, { ...product, priceNok, ...more })
  await put(before, { stock: 1 })
  for (const [after, priceNok] of [
    ['P60D', lowest],
    ['P10D', now],
  ] as const) {
    clock.advance(after)
    await put(priceNok)
  }
  const { items } = (await call('nobody', 'GET', '/products')).body
  return items.find((item: { sku: string }) => item.sku === sku).lowered.NOK.percent
}

async function announced({ list, lowest30, now }: Asked): Promise<Answer> {
  const most = await greatest({ before: list! * 100, lowest: lowest30! * 100, now: now! * 100 })
  return { ok: (100 * (list! - now!)) / list! <= most, maxAllowedClaimPct: most }
}

async function reduction({ reference, lowestBefore, now, claimedPercent }: Asked) {
  const greatestPercent = await greatest({ before: reference!, lowest: lowestBefore!, now: now! })
  return { outcome: claimedPercent! <= greatestPercent ? 'granted' : 'refused', greatestPercent }
}

type Asked = Record<string, number>
const asked: Record<string, (facts: never) => Promise<object>> = {
  ...{ H33: kindOf, H34: kindOf, H35: kindOf, H36: kindOf, H37: kindOf, H109: reduction },
  ...{ Q006: vatIn, Q007: vatIn, X016: announced },
}

t.test('the file asks what is said that it asks', async (t) =>
  t.strictSame(Object.keys(asked).toSorted(), askedAt['services/orders/test/checkout/cases.test.ts']?.toSorted()),
)

t.test('quotes and products answer what the bank expects', async (t) => {
  const cases = [...readCases(bank('cases.csv')), ...readFactsCases(bank('facts.csv'))]
  for (const { id, facts, expected } of cases.filter(({ id }) => id in asked))
    t.strictSame(differing(await asked[id]!(facts as never), expected), {}, id)
})
