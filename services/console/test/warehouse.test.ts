import t from 'tap'
import { isWhole, readCounts, scan, writeCounts } from '../warehouse/packing.ts'
import type { Shipment } from '../warehouse/shipment.ts'
import { en } from '../warehouse/words/en.ts'
import { nb } from '../warehouse/words/nb.ts'
import { aParcel, aShipment, PARCEL_ID, SHIPMENT_ID, warehouseAnswers } from './a-shipment.ts'
import { ESCAPED, EVIL } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'

type Line = Shipment['lines'][number]
const path = `/warehouse/shipments/${SHIPMENT_ID}`
const inbound = `/warehouse/inbound/${PARCEL_ID}`

t.test('a scan counts one unit of a line that lacks one, and says what is wrong or too many', async (t) => {
  const lines = [
    { lineId: '1', sku: 'SENSOR-1', quantity: 2 },
    { lineId: '2', sku: 'HUB-1', quantity: 1 },
    { lineId: '3', sku: 'SENSOR-1', quantity: 1 },
  ]
  let counts = readCounts('', lines)
  for (const [sku, told] of [
    ['sensor-1', '1:1,2:0,3:0'],
    [' SENSOR-1 ', '1:2,2:0,3:0'],
    ['SENSOR-1', '1:2,2:0,3:1'],
    ['HUB-1', '1:2,2:1,3:1'],
  ] as const) {
    t.notOk(isWhole(counts, lines))
    const scanned = scan(sku, counts, lines)
    if (scanned.kind !== 'counted') return t.fail(scanned.kind)
    counts = scanned.counts
    t.equal(writeCounts(counts), told)
    t.strictSame(readCounts(told, lines), counts)
  }
  t.ok(isWhole(counts, lines))
  t.equal(scan('SENSOR-1', counts, lines).kind, 'surplus')
  t.equal(scan('SENSOR-2', counts, lines).kind, 'wrong')
  t.equal(writeCounts(readCounts('1:9,2:-1,3:x,4:1,__proto__:1', lines)), '1:2,2:0,3:0', 'an address that was altered')
})

t.test('the warehouse', async (t) => {
  const house = await startTestConsole(t, warehouseAnswers(EVIL))
  const visitor = createVisitor(house, { 'accept-language': 'en' })
  const put = () => house.asked.filter(({ method }) => method === 'PUT')
  const sendTwice = async (page: string, action: string, changed: Record<string, string> = {}) => {
    const fields = { ...visitor.fieldsOf((await visitor.ask(page)).text, action), ...changed }
    const before = put().length
    const first = await visitor.send(action, fields)
    const second = await visitor.send(action, fields)
    const told = put().slice(before)
    t.equal(second.status, first.status)
    t.strictSame(told[1], told[0], 'sent twice, the same is told of the same thing')
    return { ...first, told: told[0]! }
  }

  t.test('is for those who may tell of shipments', async (t) => {
    for (const each of ['/warehouse', path, `${path}/packing`, '/warehouse/inbound', inbound])
      t.equal((await visitor.ask(each)).status, 303)
    const support = createVisitor(house, { 'accept-language': 'en' })
    await support.signIn('support')
    t.equal((await support.ask('/warehouse')).status, 403)
    t.equal((await visitor.signIn('warehouse', '/warehouse')).headers.get('location'), '/warehouse')
  })

  t.test('shows each page in both languages, and escapes what customers write', async (t) => {
    for (const page of ['/warehouse', path, `${path}/packing`, '/warehouse/inbound', inbound]) {
      for (const [language, words] of Object.entries({ en, nb })) {
        const { status, text } = await visitor.ask(page, { headers: { 'accept-language': language } })
        t.equal(status, 200, page)
        t.match(text, `<html lang="${language}"`)
        t.match(text, words.warehouse)
        t.ok(text.includes(ESCAPED), page)
        t.notOk(text.includes(EVIL))
        t.notMatch(text, /undefined|\[object| style="/)
      }
    }
    t.strictSame(Object.keys(en).sort(), Object.keys(nb).sort())
  })

  t.test('lists by status, oldest first as shipping says, and asks for nothing that is no status', async (t) => {
    await visitor.ask('/warehouse?status=packed&after=01a21b28-5d68-7ee0-97e6-be9cecd5e6ff')
    const { url } = house.asked.at(-1)!
    t.match(url, /status=packed/)
    t.match(url, /after=01a21b28/)
    await visitor.ask('/warehouse?status=%3Cscript%3E')
    t.match(house.asked.at(-1)!.url, /status=requested/)
  })

  t.test('packs by scan: words for what is wrong, and nothing is told before all is in', async (t) => {
    const asked = house.asked.length
    t.match((await visitor.ask(`${path}/packing?at=1:1,2:0&sku=SKU-1`)).text, `${ESCAPED}: 2 of 2.`)
    t.match((await visitor.ask(`${path}/packing?at=1:2,2:0&sku=SKU-1`)).text, 'All 2 units of')
    const wrong = await visitor.ask(`${path}/packing?at=1:2,2:0&sku=${encodeURIComponent(EVIL)}`)
    t.match(wrong.text, `${ESCAPED} is not in this shipment.`)
    t.notOk(wrong.text.includes(EVIL))
    t.match(wrong.text, 'name="at" value="1:2,2:0"', 'what was counted stays')
    t.notOk(house.asked.slice(asked).some(({ method }) => method === 'PUT'))
    const whole = `${path}/packing?at=1:2,2:0&sku=SKU-2`
    const { headers, told } = await sendTwice(whole, `${path}/packing`)
    t.equal(headers.get('location'), `${path}?done=packed`)
    t.equal(told.url, `/shipments/${SHIPMENT_ID}/packing`)
    t.match((await visitor.ask(`${path}?done=packed`)).text, en.done_packed)
  })

  t.test(
    'asks for the numbers and the manual of what is critical to safety, and tells them as they are typed',
    async (t) => {
      const [one, two] = aShipment('Fuktsensor').lines as [Line, Line]
      const critical = aShipment(EVIL, { lines: [{ ...one, safetyCritical: true }, two] })
      house.answers[`GET /shipments/${SHIPMENT_ID}`] = critical
      const whole = `${path}/packing?at=1:2,2:1`
      const { text } = await visitor.ask(whole)
      t.match(text, 'for each of the 2 units.')
      t.notMatch(text, 'name="serials-2"')
      const { told } = await sendTwice(whole, `${path}/packing`, { 'serials-1': 'SN-1\r\n\r\n SN-2 ', manual: '1' })
      const units = ['SN-1', 'SN-2'].map((serialNumber) => ({ lineId: '1', serialNumber }))
      t.strictSame(told.body, { units, manuals: ['1'] })
      const online = { ...one, safetyCritical: true, manualUrl: 'https://hjelp.example/las' }
      house.answers[`GET /shipments/${SHIPMENT_ID}`] = aShipment(EVIL, { lines: [online, two] })
      const read = await visitor.ask(whole)
      t.match(read.text, /is read online; the packing slip has the address/)
      t.notMatch(read.text, 'name="manual"', 'nothing is asked of a manual that is no booklet')
      house.answers[`GET /shipments/${SHIPMENT_ID}`] = aShipment(EVIL)
    },
  )

  t.test('packs by hand only what is whole', async (t) => {
    const fields = visitor.fieldsOf((await visitor.ask(`${path}/packing`)).text, `${path}/packing`)
    for (const [one, two, said] of [
      ['1', '1', en.notWhole],
      ['3', '1', en.tooMany],
      ['', 'x', en.notWhole],
    ] as const) {
      const before = put().length
      const { _csrf, id } = fields as { _csrf: string; id: string }
      const { status, text } = await visitor.send(`${path}/packing`, { _csrf, id, 'units-1': one, 'units-2': two })
      t.equal(status, 409)
      t.match(text, said)
      t.equal(put().length, before)
    }
  })

  t.test('takes a shipment on, hands it over whole or in part, and reports what is lost', async (t) => {
    t.equal((await sendTwice(path, `${path}/acceptance`)).headers.get('location'), `${path}?done=accepted`)
    const sent = await sendTwice(path, `${path}/dispatch`, {
      carrier: 'Bring',
      trackingNumber: ' 370 ',
      'units-2': '0',
    })
    t.equal(sent.headers.get('location'), `${path}?done=dispatched`)
    t.strictSame(sent.told.body, { carrier: 'Bring', trackingNumber: '370', lines: [{ lineId: '1', quantity: 2 }] })
    house.answers[`GET /shipments/${SHIPMENT_ID}`] = aShipment(EVIL, { status: 'in-transit' })
    const { told } = await sendTwice(path, `${path}/damage`, { kind: 'lost', reportedBy: 'carrier', what: 'Gone.' })
    t.match(told.url, /^\/damage-reports\/[0-9a-f-]{36}$/)
    t.match(told.body, {
      shipmentId: SHIPMENT_ID,
      kind: 'lost',
      what: 'Gone.',
      lines: [{ lineId: '1', quantity: 2 }, {}],
    })
    t.strictSame((await sendTwice(path, `${path}/return`)).told.body, { report: 'returned' })
    house.answers[`GET /shipments/${SHIPMENT_ID}`] = aShipment(EVIL)
  })

  t.test(
    'hands out the packing slip and the label as shipping wrote them, and leads to none of what must not be sent',
    async (t) => {
      for (const paper of ['packing-slip', 'label']) {
        const { status, headers, text } = await visitor.ask(`${path}/${paper}`)
        t.equal(status, 200)
        t.equal(headers.get('content-type'), 'application/pdf')
        t.match(text, `%PDF of ${paper}`)
        t.match((await visitor.ask(path)).text, `href="${path}/${paper}"`)
      }
      house.answers[`GET /shipments/${SHIPMENT_ID}`] = aShipment(EVIL, {
        status: 'held',
        held: { at: '', cause: 'said in passing', waitsFor: ['payment'] },
      })
      const held = await visitor.ask(path)
      t.notMatch(held.text, '/packing-slip')
      t.match(held.text, 'Do not send this now: the customer must pay again first.')
      t.notMatch(held.text, 'said in passing')
      house.answers[`GET /shipments/${SHIPMENT_ID}`] = aShipment(EVIL)
    },
  )

  t.test('shows why something is refused on the page it was sent from', async (t) => {
    const cites = [{ clause: '4.1', text: 'The contract is formed by the confirmation.' }]
    const kept = house.answers[`PUT /shipments/${SHIPMENT_ID}/dispatch`]
    house.answers[`PUT /shipments/${SHIPMENT_ID}/dispatch`] = problem(409, 'Do not send.', { reasons: [{ cites }] })
    const refused = await sendTwice(path, `${path}/dispatch`, { carrier: 'Bring', trackingNumber: '1' })
    t.equal(refused.status, 409)
    for (const said of ['Do not send.', 'clause 4.1', en.dispatchSubmit]) t.match(refused.text, said)
    house.answers[`PUT /shipments/${SHIPMENT_ID}/dispatch`] = kept
    const forged = await visitor.send(`${path}/dispatch`, { carrier: 'Bring', trackingNumber: '1' })
    t.equal(forged.status, 403)
    house.answers[`GET /shipments/${SHIPMENT_ID}`] = 'silent'
    t.equal((await visitor.ask(path)).status, 503)
    house.answers[`GET /shipments/${SHIPMENT_ID}`] = aShipment(EVIL)
  })

  t.test('takes in what comes back, each unit once, closes it and settles what is nobody’s', async (t) => {
    const came = await sendTwice('/warehouse/inbound', '/warehouse/inbound', { trackingNumber: '370', orderNumber: '' })
    t.equal(came.headers.get('location'), inbound, 'of a number that was scanned before, that parcel')
    t.strictSame(came.told.body, { trackingNumber: '370' })
    const unit = { sku: 'SKU-1', wear: 'tried', complete: 'yes', originalPackaging: '', fitForSale: '' }
    const { told } = await sendTwice(inbound, `${inbound}/units`, unit)
    t.match(told.url, new RegExp(`^/inbound-parcels/${PARCEL_ID}/units/[0-9a-f-]{36}$`))
    const found = { complete: true, originalPackaging: false, fitForSale: false }
    t.strictSame(told.body, { sku: 'SKU-1', wear: 'tried', ...found })
    const closed = await sendTwice(inbound, `${inbound}/closing`, { content: 'units' })
    t.strictSame(closed.told.body, { content: 'units' })
    house.answers[`GET /inbound-parcels/${PARCEL_ID}`] = aParcel(EVIL, { status: 'closed', unsettled: true })
    const settled = await sendTwice(inbound, `${inbound}/settlement`, { done: 'Sent back.' })
    t.strictSame(settled.told.body, { done: 'Sent back.' })
  })
})
