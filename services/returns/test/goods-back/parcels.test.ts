import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startGoodsHouse } from './goods-house.ts'

const house = await startGoodsHouse()
const { clock, call, look, hear, mailbox, withdrawn, offered, complained, told, typesOf, scan, arrive } = house
const SCANNED = '2026-06-12T08:00:00Z'
const ARRIVED = '2026-06-14T08:00:00Z'

/** What was told of labels of a case, in its order. */
async function labelsAsked(caseId: string) {
  const rows = await house.db
    .selectFrom('outbox')
    .select('data')
    .where('type', '=', 'ReturnLabelRequested')
    .orderBy('seq')
    .execute()
  return rows
    .map(({ data }) => data as { returnId: string; instead?: object })
    .filter((each) => each.returnId === caseId)
}

t.test('the first scan is proof of sending: the refund is decided without anybody saying anything', async (t) => {
  const back = await withdrawn()
  clock.at = '2026-06-12T09:00:00Z'
  await scan(back, crypto.randomUUID(), SCANNED)
  const [, sent, judged, refund] = await told(back.caseId)
  t.match(sent, { type: 'ReturnSent', data: { sentAt: SCANNED, trackingNumber: '370700000000000018' } })
  t.match(judged, { type: 'ProofOfSendingJudged', data: { verdict: 'carrier-scanned' } })
  t.match(refund, { type: 'RefundDecided' })
  t.match((await call('storefront', 'GET', `/returns/${back.caseId}`)).body, { proof: { verdict: 'carrier-scanned' } })
})

t.test('a scan confirms the word of a customer, and proves what was rejected before', async (t) => {
  for (const rejected of [false, true]) {
    const back = await withdrawn()
    const proof = { carrier: 'Posten', trackingNumber: 'T1', sentAt: '2026-06-10T09:00:00Z' }
    await call('storefront', 'PUT', `/returns/${back.caseId}/proof-of-sending`, proof)
    const verdict = `/returns/${back.caseId}/proof-of-sending/verdict`
    if (rejected) await call('support', 'PUT', verdict, { verdict: 'rejected', reason: 'Ukjent' })
    clock.at = '2026-06-12T09:00:00Z'
    await scan(back, crypto.randomUUID(), SCANNED)
    t.match((await told(back.caseId)).slice(-2), [
      { type: 'ProofOfSendingJudged', data: { verdict: 'carrier-scanned' } },
      { type: 'RefundDecided' },
    ])
  }
})

t.test('scan and arrival in any order, twice, and late come to the same', async (t) => {
  const orders = ['sa', 'as', 'ssaa', 'aas', 'sas']
  const outcomes = new Set<string>()
  for (const order of orders) {
    const back = await withdrawn()
    const parcelId = crypto.randomUUID()
    clock.at = '2026-06-14T09:00:00Z'
    for (const what of order)
      if (what === 's') await scan(back, parcelId, SCANNED)
      else await arrive(back, parcelId, ARRIVED)
    await look()
    const events = await told(back.caseId)
    t.equal(events.filter(({ type }) => type === 'ReturnReceived').length, 1, order)
    t.equal(events.filter(({ type }) => type === 'RefundDecided').length, 1, order)
    outcomes.add(JSON.stringify([...new Set(events.map(({ type }) => type))].sort()))
  }
  t.equal(outcomes.size, 1)
})

t.test('a scan that is heard before the goods are known to have left is taken once they are', async (t) => {
  const { id: orderId } = await house.ordered()
  clock.at = '2026-06-10T09:00:00Z'
  const lines = [{ lineId: '1', quantity: 1 }]
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, { lines })
  clock.at = '2026-06-12T09:00:00Z'
  await scan({ caseId: body.id, orderId }, crypto.randomUUID(), SCANNED)
  t.strictSame(await typesOf(body.id), ['WithdrawalDeclared'])
  await hear('ShipmentDispatched', orderId, { shipmentId: crypto.randomUUID(), handedOverAt: '2026-06-03T08:00:00Z' })
  const stop = { returnId: body.id, requestId: crypto.randomUUID(), stopped: [], left: lines }
  await hear('StopConcluded', orderId, stop)
  clock.at = '2026-06-12T09:30:00Z'
  await look()
  t.ok((await typesOf(body.id)).includes('RefundDecided'))
})

t.test(
  'goods that a carrier has are on their way: nobody is reminded of them, and nothing ends without them',
  async (t) => {
    const [offer, purchase] = [await offered(), await complained('rescission')]
    clock.at = '2026-06-12T09:00:00Z'
    await scan(offer, crypto.randomUUID(), SCANNED)
    await scan(purchase, crypto.randomUUID(), SCANNED)
    clock.at = '2026-09-01T09:00:00Z'
    await look()
    for (const { caseId } of [offer, purchase]) t.equal((await typesOf(caseId)).at(-1), 'ReturnSent')
  },
)

t.test(
  'what a carrier delivered is here: an offer’s day to pay back begins, a purchase waits for the look',
  async (t) => {
    const [offer, purchase] = [await offered(), await complained('rescission')]
    clock.at = '2026-06-14T09:00:00Z'
    await arrive(offer, crypto.randomUUID(), ARRIVED)
    await arrive(purchase, crypto.randomUUID(), ARRIVED)
    t.match((await told(offer.caseId)).at(-1), { type: 'ReturnReceived', data: { receivedAt: ARRIVED } })
    t.equal((await typesOf(purchase.caseId)).at(-1), 'ReturnSent')
  },
)

t.test('a parcel that is on its way for three weeks calls a person, until it arrives', async (t) => {
  const { goodsBackSources } = await import('../../goods-back/jobs/watch-goods-back.ts')
  const purchase = await complained('rescission')
  const parcelId = crypto.randomUUID()
  clock.at = '2026-06-12T09:00:00Z'
  await scan(purchase, parcelId, SCANNED)
  const stuck = async (now: string) =>
    (await goodsBackSources[1]!.find(now).execute(house.db)).rows.some(({ about }) => about === parcelId)
  t.notOk(await stuck('2026-07-03T07:00:00Z'))
  t.ok(await stuck('2026-07-03T09:00:00Z'))
  clock.at = '2026-07-03T10:00:00Z'
  await arrive(purchase, parcelId, '2026-07-03T09:30:00Z')
  t.notOk(await stuck('2026-07-03T10:00:00Z'))
})

t.test('a label is asked for where the seller pays for the way back, once, and comes by mail', async (t) => {
  const disclosures = { withdrawalInformation: true, returnCost: false, exceptions: true }
  const { id: orderId, email } = await house.ordered({ placed: { disclosures } })
  const shipmentId = crypto.randomUUID()
  await hear('ContractFormed', orderId, { documents: [] })
  await hear('ShipmentDispatched', orderId, { shipmentId, handedOverAt: '2026-06-02T08:00:00Z' })
  await hear('ShipmentDelivered', orderId, { shipmentId, receivedAt: '2026-06-04T08:00:00Z' })
  clock.at = '2026-06-10T09:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, {})
  t.equal(body.returnCostBearer, 'seller')
  const asked = await Promise.all(
    ['storefront', 'support', 'storefront', 'support', 'storefront', 'support'].map((role) =>
      call(role, 'PUT', `/returns/${body.id}/label`),
    ),
  )
  t.ok(asked.every(({ status, body }) => status === 200 && body.status === 'requested'))
  t.equal(new Set(asked.map(({ body }) => body.id)).size, 1)
  t.equal((await labelsAsked(body.id)).length, 1)
  const { id: labelId } = await house.db
    .selectFrom('return_label')
    .select('id')
    .where('case_id', '=', body.id)
    .executeTakeFirstOrThrow()
  t.match(await told(labelId), [
    { type: 'ReturnLabelRequested', data: { returnId: body.id, reasons: [{ code: 'return-cost-not-disclosed' }] } },
  ])
  const issued = { parcelId: labelId, returnId: body.id }
  await hear('ReturnLabelIssued', orderId, issued)
  await hear('ReturnLabelIssued', orderId, issued)
  const { body: label } = await call('storefront', 'GET', `/returns/${body.id}/label`)
  t.match(label, { status: 'issued', carrier: 'bring', code: 'BRING-1234-5678' })
  const mails = () => mailbox.to(email).filter(({ subject }) => /sender du varene tilbake/.test(subject))
  const mail = await eventually('the label', async () => mails()[0])
  t.match(mail.text, /BRING-1234-5678[\s\S]*return-labels\?link=/)
  t.equal(mails().length, 1)
  const pdf = await house.app.inject({ method: 'GET', url: label.url.replace('https://returns.example', '') })
  t.equal(pdf.headers['content-type'], 'application/pdf')
  t.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-')
  t.equal((await house.app.inject({ method: 'GET', url: '/return-labels?link=x' })).statusCode, 404)
  const { timeline } = (await call('support', 'GET', `/returns/${body.id}/case`)).body
  const requested = timeline.filter(({ type }: { type: string }) => type === 'ReturnLabelRequested')
  t.hasStrict(requested, [{ service: 'returns', subject: body.id }], 'the timeline has it as of its case')
  t.equal((await call('customer', 'PUT', `/returns/${body.id}/label`)).status, 404)
})

t.test(
  'a new label comes instead of one that is named, for a reason, once whoever asks at the same moment',
  async (t) => {
    const { caseId, orderId, email } = await complained('rescission')
    const ask = (what: string, said?: object) => call('support', 'PUT', `/returns/${caseId}/${what}`, said)
    const { body: first } = await ask('label')
    await hear('ReturnLabelIssued', orderId, { parcelId: first.id, returnId: caseId })
    t.match(await ask('label'), { body: { id: first.id, status: 'issued' } }, 'asked again it is the same')
    const replace = (labelId: string, reason = 'expired') => ask('label/replacement', { labelId, reason })
    t.equal((await ask('label/replacement', { labelId: first.id })).status, 400, 'a reason is needed')
    t.equal((await replace(first.id, 'because')).status, 400)
    const all = await Promise.all(Array.from({ length: 6 }, () => replace(first.id)))
    const [second] = new Set(all.map(({ body }) => body.id))
    t.ok(all.every(({ status, body }) => status === 200 && body.id === second && body.status === 'requested'))
    t.not(second, first.id)
    t.match((await replace(first.id)).body.id, second, 'what was replaced is not replaced once more')
    const [, renewed, ...more] = await labelsAsked(caseId)
    t.strictSame(renewed!.instead, { labelId: first.id, reason: 'expired' })
    t.strictSame(more, [])
    await hear('ReturnLabelIssued', orderId, { parcelId: first.id, returnId: caseId })
    t.equal((await ask('label')).body.status, 'requested', 'what is told late of the old one changes nothing')
    await hear('ReturnLabelIssued', orderId, { parcelId: second, returnId: caseId, code: 'BRING-9-9' })
    t.match((await ask('label')).body, { id: second, code: 'BRING-9-9' })
    await eventually('the new label', async () => mailbox.to(email).find(({ text }) => /BRING-9-9/.test(text)))
    clock.at = '2026-06-12T09:00:00Z'
    await scan({ caseId, orderId }, first.id, SCANNED)
    t.equal((await typesOf(caseId)).at(-1), 'ReturnSent', 'what was sent with the old one counts')
    t.equal(
      (
        await call('support', 'PUT', `/returns/${crypto.randomUUID()}/label/replacement`, {
          labelId: first.id,
          reason: 'lost',
        })
      ).status,
      404,
    )
  },
)

t.test('where it was agreed in writing that the shop pays for the way back, the label rests on that', async (t) => {
  const agreed = async (orderId: string) =>
    call('support', 'PUT', `/orders/${orderId}/agreements/${crypto.randomUUID()}`, {
      ...{ changes: { returnCost: 'seller' }, text: 'Vi betaler returen.', party: 'Kari', agreedAt: clock.at },
    })
  for (const [right, receivedAt] of [
    ['withdrawals', '2026-06-04T14:30:00Z'],
    ['voluntary-returns', '2026-05-20T14:30:00Z'],
  ] as const) {
    const { id: orderId } = await house.delivered(receivedAt)
    clock.at = '2026-06-10T09:00:00Z'
    t.equal((await agreed(orderId)).status, 201)
    const { body } = await call('storefront', 'POST', `/orders/${orderId}/${right}`, {})
    t.equal((await call('storefront', 'PUT', `/returns/${body.id}/label`)).status, 200, right)
    const [asked] = await labelsAsked(body.id)
    t.match(JSON.stringify(asked), /"agreement":/, right)
    t.notMatch(JSON.stringify(asked), /voluntary-return-cost|return-cost-disclosed/, right)
  }
})

t.test('where the customer pays, no label is given, and why is said; what goes nowhere needs none', async (t) => {
  for (const { caseId } of [await withdrawn(), await offered()])
    t.match(await call('storefront', 'PUT', `/returns/${caseId}/label`), {
      status: 409,
      body: { type: '/problems/return-cost-customers', reasons: [{ cites: [{}] }] },
    })
  const { orderId, caseId } = await complained('rescission')
  t.match(await call('support', 'PUT', `/returns/${caseId}/label`), { status: 200 })
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/complaints`, {
    ...{ lines: [{ lineId: '2', quantity: 1 }], defect: 'Knirker' },
  })
  t.match(await call('support', 'PUT', `/returns/${body.id}/label`), {
    status: 409,
    body: { type: '/problems/nothing-goes-back' },
  })
  t.equal((await call('support', 'GET', `/returns/${body.id}/label`)).status, 404)
  t.equal((await call('support', 'PUT', `/returns/${crypto.randomUUID()}/label`)).status, 404)
})
