import { createHmac } from 'node:crypto'
import { startCallbackServer } from '@vilkar/testing/callback-server.ts'
import t from 'tap'
import { fates, planParcel } from '../fates.ts'
import type { MisbehavingCarrier, SetOut } from '../parcels.ts'
import { startCarrierSimulator } from '../simulator.ts'

const FROM = '2026-06-02T12:00:00Z'
const carriers: MisbehavingCarrier[] = ['bring', 'ups', 'dhl', 'signed']
const parcel = (change: Partial<SetOut> = {}): SetOut => ({
  ...{ carrier: 'bring', number: 'NO1', seed: '1', from: FROM, addressee: 'Kari Eksempel', ...change },
})
const seeds = Array.from({ length: 200 }, (_, n) => String(n))

t.test('a seed is one fate, and every fate comes of some seed', async (t) => {
  t.strictSame(planParcel(parcel()), planParcel(parcel({ number: 'NO2' })))
  const seen = new Set(seeds.map((seed) => planParcel(parcel({ seed })).truth.fate))
  t.strictSame(
    fates.filter((fate) => !seen.has(fate)),
    [],
  )
})

t.test('whoever has a parcel in truth has it after it left, and nobody has one that is lost', async (t) => {
  for (const carrier of carriers)
    for (const fate of fates)
      for (const seed of seeds.slice(0, 20)) {
        const { truth, news } = planParcel(parcel({ carrier, fate, seed }))
        const has = truth.customerHasAt ?? truth.shopHasAt
        const isNobodys = ['lost', 'stranger', 'imagined'].includes(fate)
        if (isNobodys === (has !== undefined)) t.fail(`${carrier} ${fate} ${seed}`)
        if (has !== undefined && Temporal.Instant.compare(has, FROM) <= 0) t.fail(`${fate} before it left`)
        for (const { occurredAt, toldAt } of news)
          if (Temporal.Instant.compare(FROM, occurredAt) >= 0 || Temporal.Instant.compare(occurredAt, toldAt) > 0)
            t.fail(`${carrier} ${fate}: told before it happened`)
      }
})

t.test('news are told twice, out of their order, in words that nobody knows, and without a call', async (t) => {
  const all = seeds.map((seed) => planParcel(parcel({ seed })).news)
  t.ok(
    all.some((news) => news.some((each, n) => news.indexOf(each) !== n)),
    'twice',
  )
  t.ok(
    all.some((news) =>
      news.some(({ toldAt }, n) => n > 0 && Temporal.Instant.compare(toldAt, news[n - 1]!.toldAt) < 0),
    ),
    'out of their order',
  )
  t.ok(all.flat().some(({ code }) => code === 'HELD_BY_TROLLS'))
  t.strictSame([...new Set(all.flat().map(({ calls }) => calls))].sort(), ['late', 'never', 'once', 'twice'])
})

t.test('a tracking API shows what has happened by now, and a carrier that signs calls until it is taken', async (t) => {
  const clock = { at: FROM }
  const simulator = await startCarrierSimulator({ now: () => Temporal.Instant.from(clock.at) })
  t.teardown(() => simulator.stop())
  const hook = await startCallbackServer(t, ({ length }) => (length === 1 ? 500 : 202))
  const setOut = await fetch(`${simulator.url}/__sim/journeys/dhl/D1`, {
    method: 'POST',
    body: JSON.stringify({ seed: '1', from: FROM, addressee: 'Kari', fate: 'delivered' }),
  })
  const truth = (await setOut.json()) as { fate: string }
  t.equal(truth.fate, 'delivered')
  const track = async () =>
    (await fetch(`${simulator.url}/track/shipments?trackingNumber=D1`, { headers: { 'dhl-api-key': 'k' } })).status
  t.equal(await track(), 404, 'nothing has happened yet')
  simulator.setOut(
    parcel({
      carrier: 'signed',
      number: 'S1',
      fate: 'lost',
      hook: { url: hook.url, secret: `whsec_${btoa('secret')}` },
    }),
  )
  clock.at = '2026-09-01T12:00:00Z'
  t.equal(await track(), 200)
  await simulator.look()
  const told = hook.calls.length
  await simulator.look()
  t.equal(hook.calls.length, told + 1, 'what was not taken comes again')
  const { headers, body } = hook.calls[0]!
  const signed = createHmac('sha256', 'secret')
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')
  t.equal(headers['webhook-signature'], `v1,${signed}`)
})
