import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { clock, hear, call, delivered } = await startReturnsForTest()

// Two sensors and a lock that came on 4 June: 14 days end on 18 June, 30 days on 6 July, moved past a weekend.
const BEFORE = '2026-06-10T09:00:00Z'
const COMPLAINED = '2026-06-25T09:00:00Z'
const BETWEEN = '2026-07-10T09:00:00Z'
const REPLACED = '2026-07-20T09:00:00Z'
// From there 14 days end on 3 August and 30 days on 19 August.
const WITHIN_14 = '2026-08-03T20:00:00Z'
const WITHIN_30 = '2026-08-10T09:00:00Z'
const TOO_LATE = '2026-08-20T09:00:00Z'

const one = [{ lineId: '1', quantity: 1 }]
const both = [{ lineId: '1', quantity: 2 }]
type Reason = { code: string; cites: object[] }
const codesOf = ({ reasons }: { reasons: Reason[] }) => reasons.map(({ code }) => code)
const citesAgreement = ({ reasons }: { reasons: Reason[] }) =>
  reasons.some(({ cites }) => cites.some((cite) => 'agreement' in cite))

/** A customer who complains of sensors, chooses what is to be done, and has it after a while. */
async function complaining(remedy: 'replacement' | 'repair' = 'replacement', quantity = 2) {
  const { id: orderId } = await delivered()
  const send = (at: string, method: 'POST' | 'PUT', url: string, body: object = {}, role = 'support') => {
    clock.at = at
    return call(role, method, url, body)
  }
  const agree = (at: string) =>
    send(at, 'PUT', `/orders/${orderId}/agreements/${crypto.randomUUID()}`, {
      ...{ changes: { withdrawalDays: 30 }, text: 'Thirty days.', party: 'Kari Eksempel', agreedAt: at },
    })
  const withdraw = async (at: string, lines = both) => {
    const { status, body } = await send(at, 'POST', `/orders/${orderId}/withdrawals`, { lines }, 'storefront')
    return { status, body }
  }
  async function complain() {
    const said = { defect: 'It beeps.', lines: [{ lineId: '1', quantity }] }
    const { body } = await send(COMPLAINED, 'POST', `/orders/${orderId}/complaints`, said, 'storefront')
    const url = `/complaints/${body.id}`
    await send(COMPLAINED, 'PUT', `${url}/assessment`, { outcome: 'accepted' })
    const { cureId } = (await send(COMPLAINED, 'PUT', `${url}/choice`, { remedy }, 'storefront')).body.cure
    const cure = { returnId: body.id as string, cureId: cureId as string }
    const shipped = { shipmentId: cureId, cure }
    const goods = (at: string) => send(at, 'PUT', `${url}/goods`, {}, 'warehouse')
    async function arrive(at: string) {
      if (remedy === 'repair') await send(COMPLAINED, 'PUT', `${url}/repair`)
      else await hear('ReplacementAnswered', orderId, { ...cure, outcome: 'reserved', answeredAt: COMPLAINED })
      await hear('ShipmentRequested', orderId, { ...shipped, requestedAt: COMPLAINED })
      const lines = [{ lineId: '1', quantity, sku: 'SENSOR-1', name: 'Sensor' }]
      await hear('ShipmentDispatched', orderId, { ...shipped, handedOverAt: COMPLAINED, carrier: 'Bring', lines })
      clock.at = at
      await hear('ShipmentDelivered', orderId, { ...shipped, receivedAt: at })
    }
    const correct = (at: string, receivedAt?: string) =>
      hear('DeliveryCorrected', orderId, { ...shipped, receivedAt, correctedAt: at })
    return { goods, arrive, correct, fail: (at: string) => send(at, 'PUT', `${url}/failure`, { defect: 'Still.' }) }
  }
  const rights = async (at: string) => {
    clock.at = at
    return (await call('support', 'GET', `/orders/${orderId}/eligibility`)).body.lines[0]
  }
  return { orderId, agree, withdraw, complain, rights }
}

for (const agreed of ['never', 'before the complaint', 'after the replacement came'] as const)
  for (const back of ['never', 'before the replacement came', 'after it came'] as const)
    t.test(`30 days agreed ${agreed}, the defective goods back ${back}`, async (t) => {
      const { agree, withdraw, complain } = await complaining()
      if (agreed === 'before the complaint') await agree(BEFORE)
      const { goods, arrive } = await complain()
      if (back === 'before the replacement came') await goods(BETWEEN)
      const early = await withdraw(BETWEEN)
      t.strictSame([early.status, codesOf(early.body)[0]], [409, 'period-over'], 'the first period is over')
      t.equal(citesAgreement(early.body), agreed === 'before the complaint', 'it cites what set the period')
      await arrive(REPLACED)
      if (agreed === 'after the replacement came') await agree(REPLACED)
      if (back === 'after it came') await goods(REPLACED)

      const isLong = agreed !== 'never'
      const late = await withdraw(isLong ? TOO_LATE : '2026-08-04T00:00:00Z')
      t.strictSame([late.status, codesOf(late.body)[0]], [409, 'period-over'])
      t.equal(citesAgreement(late.body), isLong)
      const inTime = await withdraw(isLong ? WITHIN_30 : WITHIN_14)
      t.equal(inTime.status, 201, JSON.stringify(inTime.body))
      t.ok(codesOf(inTime.body).includes('replacement-received'), codesOf(inTime.body).join())
      t.equal(inTime.body.lastDay, isLong ? '2026-08-19' : '2026-08-03')
    })

t.test('what was repaired is what the customer had before', async (t) => {
  const { withdraw, complain } = await complaining('repair')
  const { goods, arrive } = await complain()
  await goods(BETWEEN)
  await arrive(REPLACED)
  t.equal((await withdraw(WITHIN_14)).status, 409)
})

t.test('of two sensors one was replaced: that one can be withdrawn from, once', async (t) => {
  const { withdraw, complain, rights } = await complaining('replacement', 1)
  await (await complain()).arrive(REPLACED)
  t.match(await rights(WITHIN_14), {
    returnable: 2,
    withdrawal: { outcome: 'review', until: '2026-08-03', except: { quantity: 1, reasons: [{ code: 'period-over' }] } },
  })
  const { status, body } = await withdraw(WITHIN_14, both)
  t.equal(status, 201)
  t.match(body, { lines: one, refused: [{ ...one[0], reasons: [{ code: 'period-over' }] }] })
  t.equal((await withdraw(WITHIN_14, one)).status, 409, 'the other was never replaced')
  t.match(await rights(TOO_LATE), { withdrawal: { outcome: 'refused' } })
})

t.test('a delivery that never was, or was at another time, is none', async (t) => {
  const { withdraw, complain, rights } = await complaining()
  const { arrive, correct } = await complain()
  await arrive(REPLACED)
  t.match(await rights(WITHIN_14), { withdrawal: { outcome: 'review', until: '2026-08-03' } })
  await correct(WITHIN_14)
  t.match(await rights(WITHIN_14), { withdrawal: { outcome: 'refused', until: '2026-06-18' } })
  await correct(WITHIN_30, '2026-08-05T09:00:00Z')
  t.match(await rights(WITHIN_30), { withdrawal: { outcome: 'review', until: '2026-08-19' } })
  t.equal((await withdraw(WITHIN_30)).status, 201)
})

t.test('the offer of the terms, and who has to show a defect, count from the replacement too', async (t) => {
  const { orderId, complain, rights } = await complaining('replacement', 1)
  await (await complain()).arrive(REPLACED)
  t.match(await rights('2026-08-15T09:00:00Z'), {
    voluntaryReturn: { outcome: 'review', until: '2026-08-19', except: { quantity: 1 } },
    complaint: { presumedUntil: '2028-07-20' },
  })
  const asked = await call('storefront', 'POST', `/orders/${orderId}/voluntary-returns`, { lines: both })
  t.equal(asked.status, 201, JSON.stringify(asked.body))
  t.match(asked.body, { lines: one, refused: [{ ...one[0], reasons: [{ code: 'voluntary-period-over' }] }] })
})

t.test(
  'units that the law’s period is over for go back by the offer while the replaced one can be withdrawn from',
  async (t) => {
    const { orderId, complain } = await complaining('replacement', 1)
    await (await complain()).arrive('2026-06-28T09:00:00Z')
    clock.at = '2026-07-01T09:00:00Z'
    const asked = await call('storefront', 'POST', `/orders/${orderId}/voluntary-returns`, { lines: both })
    t.equal(asked.status, 201, JSON.stringify(asked.body))
    t.match(asked.body, { lines: one, refused: [{ ...one[0], reasons: [{ code: 'withdrawal-gives-more' }] }] })
  },
)
