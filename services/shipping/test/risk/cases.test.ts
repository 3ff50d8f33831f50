import { readFileSync } from 'node:fs'
import type { RiskPassed } from '@vilkar/contracts/shipping-parcel.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { readFactsCases } from '@vilkar/terms/cases/facts.ts'
import { readCases } from '@vilkar/terms/cases/runner.ts'
import { askedAt } from '@vilkar/terms/test/asked-over-http.ts'
import t, { type Test } from 'tap'
import { checkRisks } from '../../risk/jobs/watch-risk.ts'
import { startShippingForTest } from '../shipping-service.ts'

/**
 * The worked cases of risk, each built by what is told over HTTP, asked at `GET /shipments/{id}/risk` and held against the `RiskPassed`
 * that others hear.
 */

const { clock, deps, call, hear, requested } = await startShippingForTest()
const bank = (file: string) => readFileSync(new URL(`../../../../libs/terms/cases/${file}`, import.meta.url), 'utf8')
type Facts = Record<string, string | boolean | undefined>

/**
 * Holds what is told of a shipment's units, one by one, against who is to bear their risk: of one at the customer's that it passed, since when and
 * why, and of any other, one that a person is to judge included, that it did not.
 */
async function tells(t: Test, id: string, bearer: 'customer' | 'seller') {
  await checkRisks(deps)
  const { units, reasons, since } = (await call('support', 'GET', `/shipments/${id}/risk`)).body
  const passed = (await readHistory(deps.db, id)).flatMap(({ type, data }) =>
    type === 'RiskPassed' ? [data as RiskPassed['data']] : [],
  )
  const isCustomers = bearer === 'customer'
  const all = units.flatMap(({ lineId, quantity }: { lineId: string; quantity: number }) =>
    Array.from({ length: quantity }, () => lineId),
  )
  t.ok(all.length > 0)
  t.strictSame(
    passed.flatMap(({ lines }) => lines.flatMap((line) => Array.from({ length: line.quantity }, () => line.lineId))),
    isCustomers ? all : [],
    'each unit is told of once',
  )
  for (const told of passed) t.hasStrict(told, { to: 'customer', passedAt: since, reasons })
}

const LEFT = '2026-06-02T12:00:00Z'
const AFTER_ALL = '2026-09-01T10:00:00Z'
/** What is told of the way, by the words of the cases. */
const ways: Record<string, object[]> = {
  'before-handover': [],
  ...{ 'handed-to-carrier': [], 'with-carrier': [], 'with-sellers-own-transport': [] },
  'lost-in-transit': [{ report: 'lost' }],
  'at-pickup-point': [{ report: 'at-pickup-point' }],
  refused: [{ report: 'refused' }],
  'left-unattended': [{ takenBy: 'left-without-leave', receivedBy: 'nobody' }],
  delivered: [{ takenBy: 'customer', receivedBy: 'Kari' }],
  'return-in-transit': [{ takenBy: 'customer', receivedBy: 'Kari' }],
}

async function build({ customerType, ...facts }: Facts) {
  const { id } = await requested({ customerKind: customerType })
  clock.at = LEFT
  const put = async (path: string, body: object, role = 'warehouse') => {
    const { status } = await call(role, 'PUT', `/shipments/${id}/${path}`, body)
    t.equal(status, 200, path)
  }
  const stage = String(facts.stage)
  if (stage !== 'before-handover') await put('dispatch', { carrier: 'Posten', trackingNumber: 'T1' })
  clock.at = '2026-06-04T14:30:00Z'
  for (const told of ways[stage]!)
    if ('report' in told) await put('whereabouts', told)
    else
      await put(
        'delivery',
        facts.receivedBy === 'designated-third-party' ? { ...told, takenBy: 'named-by-customer' } : told,
      )
  const circumstance = {
    ...(facts.carrierArrangedBy === 'consumer' && { ownCarrier: facts.offeredBySeller === false }),
    ...(facts.identified === false && { identified: false }),
    ...(facts.authorised !== undefined && { leavingAuthorised: facts.authorised }),
    ...(facts.deliveryTerm === 'levert' && { agreedOnArrival: true }),
    ...(facts.collectionAgreed && { collectionAgreed: true }),
    ...(stage === 'with-sellers-own-transport' && { ownTransport: true }),
    ...(facts.event === 'accidental-loss' && { lostAtHome: true }),
    ...(facts.basis && { returnBasis: facts.basis }),
  }
  const since = stage === 'delivered' || facts.basis ? clock.at : LEFT
  if (Object.keys(circumstance).length > 0)
    await put('circumstances', { circumstance, since, why: 'As it was agreed.' }, 'support')
  clock.at = facts.inWithdrawalWindow ? '2026-06-05T10:00:00Z' : AFTER_ALL
  return id
}

const riskOf = async (id: string, at = '') => (await call('support', 'GET', `/shipments/${id}/risk${at}`)).body
const holderOf = ({ toBeJudged, bearer }: { toBeJudged?: boolean; bearer: string }, { customerType, stage }: Facts) => {
  if (toBeJudged) return 'review'
  return bearer === 'seller' || stage === 'return-in-transit' ? bearer : customerType
}
const NOTES: Record<string, string> = {
  'waits-at-pickup-point': "not 'henting på annet sted' unless agreed as pick-up sale",
}

async function borne(t: Test, facts: Facts) {
  const id = await build(facts)
  const body = await riskOf(id)
  t.ok(body.reasons[0].cites.length > 0)
  await tells(t, id, body.toBeJudged ? 'seller' : body.bearer)
  const note = (body.reasons as { code: string }[]).map(({ code }) => NOTES[code]).find((text) => text !== undefined)
  return { riskHolder: holderOf(body, facts), paymentDue: body.paymentDue, note }
}

/** Damage that was done on the way, and reported so many days after the delivery. */
async function damaged(facts: Facts) {
  const id = await build({ customerType: facts.customerType, stage: 'delivered' })
  const { receivedAt } = (await call('warehouse', 'GET', `/shipments/${id}`)).body
  clock.at = Temporal.Instant.from(receivedAt)
    .add({ hours: 24 * Number(facts.reportedAfterDays) })
    .toString()
  const said = { shipmentId: id, kind: 'damaged', reportedBy: 'customer', what: 'Crushed.' }
  const { body } = await call('warehouse', 'PUT', `/damage-reports/${crypto.randomUUID()}`, said)
  const onTheWay = await riskOf(id, '?at=2026-06-03T10:00:00Z')
  const claimAccepted = onTheWay.bearer === 'seller' && body.outcome === 'granted'
  return { riskHolder: holderOf(onTheWay, facts), claimAccepted, late: body.late, outcome: body.outcome }
}

/** Cases of the second bank that name a rule, in the words of the first. */
const namedCases: Record<string, Facts> = {
  H86: { customerType: 'business', stage: 'with-carrier', deliveryTerm: 'levert' },
  H87: { customerType: 'consumer', stage: 'at-pickup-point', collectionAgreed: true },
  H88: { customerType: 'business', stage: 'lost-in-transit', deliveryTerm: 'levert' },
  H89: { customerType: 'consumer', event: 'transport-damage', reportedAfterDays: '59' },
  H90: { customerType: 'consumer', event: 'transport-damage', reportedAfterDays: '1098' },
}
const FILE = 'services/shipping/test/risk/cases.test.ts'
t.test('the file asks what is said that it asks', async (t) =>
  t.strictSame(askedAt[FILE]?.toSorted(), ['risk', ...Object.keys(namedCases)].toSorted()),
)

for (const { id, topic, title, facts: told, expected } of readCases(bank('cases.csv'))) {
  if (topic !== 'risk') continue
  t.test(`${id} ${title}`, async (t) => {
    const facts = told as Facts
    const got: Record<string, unknown> =
      facts.event === 'transport-damage' ? await damaged(facts) : await borne(t, facts)
    t.strictSame(Object.fromEntries(Object.keys(expected).map((key) => [key, got[key]])), expected)
  })
}

for (const { id, basis, expected } of readFactsCases(bank('facts.csv')).filter(({ id }) => id in namedCases))
  t.test(`${id} ${basis}`, async (t) => {
    const facts = namedCases[id]!
    if (facts.event) {
      const { late, outcome } = await damaged(facts)
      return t.match({ late, outcome }, expected)
    }
    const { riskHolder, paymentDue } = await borne(t, facts)
    const bearer = riskHolder === facts.customerType ? 'customer' : riskHolder
    t.match({ bearer, paymentDue }, expected)
  })

type Told = {
  customerKind: string
  at: string
  lines: { lineId: string; quantity: number; replacedAt?: string; repairedAt?: string }[]
  parcels: { handedOverAt?: string; receivedAt?: string; receivedBy?: string; carrierArrangedBy?: string }[]
}
const ofOrders = readFactsCases(bank('facts.csv')).filter(({ expected }) => 'lines.0.risk.bearer' in expected)
const taker: Record<string, string> = { 'somebody-else': 'neighbour', 'named-by-consumer': 'named-by-customer' }
/** Goods that went to the customer for a complaint and came at this moment. */
async function cured(orderId: string, { lineId, quantity, replacedAt }: Told['lines'][number], receivedAt: string) {
  const cure = { returnId: crypto.randomUUID(), cureId: crypto.randomUUID() }
  const remedy = replacedAt === undefined ? 'repair' : 'replacement'
  clock.at = Temporal.Instant.from(receivedAt).subtract({ hours: 24 }).toString()
  await hear('CureShipmentAsked', orderId, { ...cure, remedy, lines: [{ lineId, quantity }], askedAt: clock.at })
  await call('warehouse', 'PUT', `/shipments/${cure.cureId}/dispatch`, { carrier: 'P', trackingNumber: 'U' })
  clock.at = receivedAt
  await call('warehouse', 'PUT', `/shipments/${cure.cureId}/delivery`, { receivedBy: 'K', takenBy: 'customer' })
  return cure.cureId
}

for (const { id, facts: told, expected } of ofOrders)
  t.test(`${id} of the facts of an order`, async (t) => {
    const facts = told as Told
    const shipment = await requested({ customerKind: facts.customerKind, placedAt: '2026-02-01T09:00:00Z' })
    const put = async (role: string, path: string, body: object) =>
      t.equal((await call(role, 'PUT', `/shipments/${shipment.id}/${path}`, body)).status, 200, path)
    // The example of a contract was formed on the first of June: the case is told as many days later.
    const later = (moment: string) =>
      Temporal.Instant.from(moment)
        .add({ hours: 24 * 120 })
        .toString()
    const [parcel] = facts.parcels
    clock.at = later(facts.at)
    if (parcel?.handedOverAt)
      await put('warehouse', 'dispatch', {
        carrier: 'P',
        trackingNumber: 'T',
        handedOverAt: later(parcel.handedOverAt),
      })
    if (parcel?.receivedAt)
      await put('warehouse', 'delivery', {
        ...{
          receivedAt: later(parcel.receivedAt),
          receivedBy: 'K',
          takenBy: taker[parcel.receivedBy ?? ''] ?? 'customer',
        },
      })
    if (parcel?.carrierArrangedBy === 'customer')
      await put('support', 'circumstances', {
        circumstance: { ownCarrier: true },
        since: later(parcel.handedOverAt!),
        why: 'Said so.',
      })
    const [line] = facts.lines
    const putRight = line?.replacedAt ?? line?.repairedAt
    // What came for defective goods, or was repaired, is asked by the shipment that brought it.
    const asked = putRight === undefined ? shipment.id : await cured(shipment.orderId, line!, later(putRight))
    clock.at = later(facts.at)
    const body = await riskOf(asked)
    t.equal(body.bearer, expected['lines.0.risk.bearer'])
    if (expected['lines.0.risk.since']) t.equal(body.since, later(expected['lines.0.risk.since'] as string))
    await tells(t, asked, expected['lines.0.risk.bearer'] as 'customer' | 'seller')
  })
