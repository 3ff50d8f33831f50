import { example } from '@vilkar/contracts/test/examples.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import { extractText } from 'unpdf'
import { startShippingForTest } from '../shipping-service.ts'

const { app, pool, hear, call, requested, clock } = await startShippingForTest()
const LEFT = '2026-06-02T12:00:00Z'

const read = (url: string, role = 'warehouse') =>
  app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${role}` } })
/** What a document says, with the ids of this run left out. */
async function textOf(url: string) {
  const { statusCode, headers, rawPayload, body } = await read(url)
  if (statusCode !== 200) throw new Error(body)
  const { text, totalPages: pages } = await extractText(new Uint8Array(rawPayload), { mergePages: true })
  return { text: text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '‹id›'), headers, pages }
}
const golden = (name: string) => new URL(`golden/${name}.txt`, import.meta.url)
const english = { locale: 'en' }
/** The door lock is to be used as its manual says. */
const critical = {
  lines: example('OrderPlaced').data.lines.map((line) =>
    line.lineId === '2' ? { ...line, traits: { ...line.traits, safetyCritical: true } } : line,
  ),
}

for (const locale of ['nb', 'en'] as const) {
  t.test(`the slip and the label in ${locale} say what they must`, async (t) => {
    const { id } = await requested({ locale, ...critical })
    const slip = await textOf(`/shipments/${id}/packing-slip`)
    matchesGolden(t as Test, golden(`packing-slip.${locale}`), slip.text)
    t.match(slip.headers['content-disposition'], locale === 'nb' ? /pakkseddel-SG/ : /packing-slip-SG/)
    const label = await textOf(`/shipments/${id}/label?carrier=Posten&trackingNumber=370700000000000018`)
    matchesGolden(t as Test, golden(`label.${locale}`), label.text)
    for (const code of ['T1', '3'.repeat(40), 'A'.repeat(40)])
      t.equal((await textOf(`/shipments/${id}/label?carrier=Posten&trackingNumber=${code}`)).pages, 1, code)
  })
}

t.test('the slip of a part names its units alone, and what comes in another parcel', async (t) => {
  const { id, orderId } = await requested(english)
  const packed = await textOf(`/shipments/${id}/packing-slip?units=1:1`)
  matchesGolden(t as Test, golden('packing-slip-part.en'), packed.text)
  const lines = [{ lineId: '1', quantity: 1 }]
  clock.at = LEFT
  await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { carrier: 'P', trackingNumber: 'T1', lines })
  t.equal((await textOf(`/shipments/${id}/packing-slip`)).text, packed.text, 'once it left, what left')
  t.equal((await textOf(`/shipments/${id}/packing-slip?units=2:9`)).text, packed.text)
  const { body } = await call('warehouse', 'GET', `/shipments?orderId=${orderId}`)
  const rest = body.items.find((each: { restOf?: string }) => each.restOf === id)
  const slip = (await textOf(`/shipments/${rest.id}/packing-slip`)).text
  for (const { name, quantity } of rest.lines) t.match(slip, new RegExp(`${name}.*${quantity}`))
  t.notMatch(slip, /another parcel/)
})

t.test('a label has the number that it left with, whatever else is asked for', async (t) => {
  const { id } = await requested()
  t.match((await textOf(`/shipments/${id}/label`)).text, /‹id›/)
  clock.at = LEFT
  await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { carrier: 'Bring', trackingNumber: 'TN-4711' })
  const { text } = await textOf(`/shipments/${id}/label?trackingNumber=OTHER`)
  t.match(text, /TN-4711/)
  t.notMatch(text, /OTHER/)
  const odd = await requested()
  t.match((await textOf(`/shipments/${odd.id}/label?trackingNumber=${encodeURIComponent('æ–1')}`)).text, /‹id›/)
})

t.test('who gets what is named, and a business is told nothing of withdrawing', async (t) => {
  const business = await requested({ ...english, customerKind: 'business' })
  const { text } = await textOf(`/shipments/${business.id}/packing-slip`)
  t.notMatch(text, /withdraw/i)
  const told = await requested(english)
  await hear('EmailCorrected', told.orderId, { wasFormed: true })
  t.match((await textOf(`/shipments/${told.id}/packing-slip`)).text, /Ask us for the information about withdrawal/)
})

t.test('goods that are to be used as their manual says are named, where they are in the parcel', async (t) => {
  const { id } = await requested({ ...english, ...critical })
  t.match((await textOf(`/shipments/${id}/packing-slip`)).text, /Read the manual before you install or use: Dørlås/)
  const units = [{ lineId: '2', serialNumber: 'A-1' }]
  await call('warehouse', 'PUT', `/shipments/${id}/packing`, { units, manuals: ['2'] })
  const packed = (await textOf(`/shipments/${id}/packing-slip`)).text
  t.match(packed, /This parcel has the manual for: Dørlås[^,]*\.\s+Other manuals are with the goods/)
  t.notMatch((await textOf(`/shipments/${id}/packing-slip?units=1:2`)).text, /Read the manual|has the manual/)
})

t.test('a manual that is read online stands on the slip with its address', async (t) => {
  const manualUrl = 'https://help.example/lock'
  const lines = critical.lines.map((line) => (line.lineId === '2' ? { ...line, manualUrl } : line))
  const { id } = await requested({ ...english, lines })
  t.match(
    (await textOf(`/shipments/${id}/packing-slip`)).text,
    /manual for Dørlås is read here:\s+https:\/\/help\.example\/lock/,
  )
  t.notMatch(
    (await textOf(`/shipments/${id}/packing-slip?units=1:2`)).text,
    /help\.example/,
    'of what is in the parcel',
  )
})

t.test('an order of before its language was kept is read in that of its country', async (t) => {
  const { id, orderId } = await requested(english)
  const forget = (country: string) =>
    pool.query(
      `update order_to_ship set facts = jsonb_set(facts - 'locale', '{country}', to_jsonb($2::text)) where order_id = $1`,
      [orderId, country],
    )
  await forget('NO')
  t.match((await textOf(`/shipments/${id}/packing-slip`)).text, /Pakkseddel/)
  await forget('SE')
  t.match((await textOf(`/shipments/${id}/packing-slip`)).text, /Packing slip/)
})

t.test('what must not be sent has no papers, and units that are not in it none either', async () => {
  const held = await requested()
  await hear('ConfirmationBounced', held.orderId)
  const stopped = await requested()
  await hear('OrderCancelled', stopped.orderId)
  const open = await requested()
  for (const paper of ['packing-slip', 'label']) {
    assertProblem(await call('warehouse', 'GET', `/shipments/${held.id}/${paper}`), 409, 'shipment-held', /Do not send/)
    assertProblem(
      await call('warehouse', 'GET', `/shipments/${stopped.id}/${paper}`),
      409,
      'shipment-cancelled',
      /Do not send/,
    )
    assertProblem(
      await call('warehouse', 'GET', `/shipments/${crypto.randomUUID()}/${paper}`),
      404,
      'shipment-unknown',
      /no such shipment/,
    )
    assertProblem(
      await call('storefront', 'GET', `/shipments/${open.id}/${paper}`),
      403,
      'scope-missing',
      /shipments:read/,
    )
  }
  const slip = `/shipments/${open.id}/packing-slip`
  assertProblem(await call('warehouse', 'GET', `${slip}?units=1:999`), 409, 'lines-not-in-shipment', /not 999/)
  assertProblem(await call('warehouse', 'GET', `${slip}?units=1:1,1:1`), 409, 'lines-not-in-shipment', /twice/)
  assertProblem(await call('warehouse', 'GET', `${slip}?units=none`), 400, 'invalid-input', /such as 1:2,3:1/)
})

t.test('the same papers are the same bytes, and a hundred lines run over several pages', async (t) => {
  const lines = Array.from({ length: 100 }, (_, n) => ({
    ...{ lineId: String(n + 1), sku: `S-${n}`, name: `Vare nummer ${n}.`, quantity: 1 },
    ...{ unitPrice: 100, vatRate: 2500, total: 100, vat: 20, traits: {} },
  }))
  const { id } = await requested({ lines })
  const url = `/shipments/${id}/packing-slip`
  const [one, other] = [await read(url), await read(url)]
  t.equal(one.headers['content-type'], 'application/pdf')
  t.ok(one.rawPayload.equals(other.rawPayload))
  const { text } = await textOf(url)
  for (const { name } of lines) t.ok(text.includes(name), name)
})
