import { type Failure, failures } from '@vilkar/contracts/shipping-failed.ts'
import { fact } from '@vilkar/contracts/test/examples.ts'
import { told as toldBy } from '@vilkar/contracts/test/told.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { endOfOsloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t from 'tap'
import { composeExtraTime, extraTimeOf } from '../../order/mails/additional-period.ts'
import { composeClaimed } from '../../order/mails/claimed.ts'
import { compose } from '../../order/mails/compose.ts'
import { composeDelay } from '../../order/mails/delays.ts'
import { composeHindered, composeHindranceOver } from '../../order/mails/hindered.ts'
import { orderMails } from '../../order/mails/kinds.ts'
import { composeNews, type News } from '../../order/mails/news.ts'
import { composeGoesOn, composeNotDelivered } from '../../order/mails/not-delivered.ts'
import { composePaidOut } from '../../order/mails/paid-out.ts'
import { composePayAgain } from '../../order/mails/pay-again.ts'
import { composePriceOffered, type PriceOffered } from '../../order/mails/price-offered.ts'
import { composeReaddressed } from '../../order/mails/readdressed.ts'
import { composeRecalled, recalledOf } from '../../order/mails/recalled.ts'
import { composeSellerEnds } from '../../order/mails/seller-ends.ts'
import { composeStopped } from '../../order/mails/stopped.ts'
import { order as decider } from '../../order/order.ts'
import type { Order, PlacedOrder, StoredOrder } from '../../order/state.ts'
import { alarm, formed as anOrderFormed, decideRefund, dispatch, historyOf, resolved, tell } from '../alarming.ts'
import {
  answer,
  authorise,
  cancelUnits,
  confirm,
  dispatch as dispatched,
  expire,
  orderId,
  place,
  quoteFor,
  requestId,
  returnId,
  shipmentId,
  TOTAL,
} from '../an-order.ts'
import { startOrdersForTest } from '../orders-service.ts'
import { stopAll } from '../stop-all.ts'
import { damageNotedMails } from './damage-noted-mails.ts'

const locales = ['nb', 'en'] as const
type Locale = (typeof locales)[number]

/** An order that was just placed, in this language. */
function stored(locale: Locale): StoredOrder {
  const command = place({ locale, quote: quoteFor({ locale }) })
  const { events } = decider.decide(command, decider.initial)
  const state = events.reduce(decider.evolve, decider.initial) as PlacedOrder
  return { id: orderId, version: 1, state, personal: command.data.personal } as StoredOrder
}

/** The same order after some of it was sent and its authorisation ran out before that was taken. */
const sentUnpaid = ({ state, ...order }: StoredOrder, units: number): StoredOrder => {
  const parts = units === 3 ? undefined : [{ lineId: '1', quantity: units }]
  const events = [authorise(), confirm(), dispatched(parts), expire]
  return {
    ...order,
    state: events.reduce(
      (now, each) => decider.decide(each, now).events.reduce(decider.evolve, now),
      state as Order,
    ) as PlacedOrder,
  }
}

const lines = [{ lineId: '1', quantity: 1, amount: 49_900 }]
const priceOffered = (changes: Partial<PriceOffered>): PriceOffered => ({
  offerId: returnId,
  lines: [
    { name: { nb: 'Lekkasjesensor', en: 'Leak sensor' }, quantity: 2, unitPrice: 39_900, cataloguePrice: 49_900 },
    { name: { nb: 'Dørlås', en: 'Door lock' }, quantity: 1, unitPrice: 99_900, cataloguePrice: 129_900 },
  ],
  ...{ currency: 'NOK', label: { nb: 'inkl. mva.', en: 'incl. VAT' }, until: '2026-06-15T10:00:00Z' },
  reasons: termsOf(quoteFor().terms.edition).offerBinds().reasons,
  ...changes,
})
const cancelled = (reason: string, money: object) =>
  ({ kind: 'cancelled', detail: { reason, reserved: 0, captured: 0, takenEarly: false, ...money } }) as News
type Ends = {
  reason: 'stock' | 'pricing-error'
  why?: string
  whole?: boolean
  formed?: boolean
  customerConsents?: boolean
}
const sellerEnds =
  ({ reason, why, whole = true, formed = true, customerConsents }: Ends) =>
  (order: StoredOrder) => {
    const asked = { by: 'seller', customerKind: 'consumer', dispatched: false, approvedBy: 'Robin' } as const
    const { reasons } = termsOf(quoteFor().terms.edition).cancellation({ ...asked, formed, reason, customerConsents })
    return composeSellerEnds({ reason, whole, lines, reasons, ...(why && { why }) }, order)
  }
const [paidAt, reference] = ['2026-07-02T08:00:00Z', '2026-07-02/4711']
const ofTerms = termsOf(quoteFor().terms.edition)
const [dueOn, paidOn] = ['2025-03-01', '2025-03-11'].map((day) => Temporal.PlainDate.from(day))
const whyPaid = {
  goodwill: ofTerms.beyondDuty().reasons,
  'late-interest': ofTerms.lateInterest({ amount: 1_000_000, dueOn: dueOn!, paidOn: paidOn! }).reasons,
}
const news: Record<string, News> = {
  'cancelled-by-customer': cancelled('customer-wish', { reserved: TOTAL }),
  'cancelled-by-customer-early': cancelled('customer-wish', { reserved: TOTAL, takenEarly: true }),
  'cancelled-out-of-stock': cancelled('stock', { reserved: TOTAL }),
  'cancelled-paid-too-late': cancelled('stock', {
    reserved: TOTAL,
    gone: {
      shortages: [
        { sku: 'SENSOR-1', wanted: 2, available: 1 },
        { sku: 'LOCK-1', wanted: 1, available: 0 },
      ],
      reservedUntil: '2026-06-01T08:30:00Z',
      clauses: ['4.2'],
    },
  }),
  'cancelled-wrong-price': cancelled('pricing-error', { captured: TOTAL }),
  'cancelled-by-mistake': cancelled('technical-mistake', {}),
  'payment-declined': cancelled('payment-declined', {}),
  'payment-abandoned': cancelled('payment-abandoned', {}),
  'payment-failed': cancelled('payment-failed', {}),
  'sent-in-part': {
    kind: 'sent',
    detail: { shipmentId, lines, carrier: 'Posten', trackingNumber: '370', captureAmount: 59_800, whole: false },
  },
  sent: { kind: 'sent', detail: { shipmentId, lines, captureAmount: 0, whole: true } },
}
const invoice = { filename: 'faktura-17.pdf', content: Buffer.from('%PDF'), contentType: 'application/pdf' }
/** The same, with its contract. */
function confirmed(locale: Locale, customerKind: 'consumer' | 'business' = 'consumer'): StoredOrder {
  const commands = [place({ locale, quote: quoteFor({ locale, customerKind }) }), authorise(), confirm(), dispatchOf()]
  const state = toldBy(decider, ...commands).reduce(decider.evolve, decider.initial) as PlacedOrder
  return { id: orderId, version: 1, state, personal: place().data.personal } as StoredOrder
}
const dispatchOf = () => dispatched([{ lineId: '1', quantity: 2 }])
const waited = { unsent: [{ lineId: '2', quantity: 1 }], underway: [{ lineId: '1', quantity: 2 }] }
const late = { kind: 'late', detail: { ...waited, lastDay: '2026-07-01', delayedAt: '2026-07-01T22:00:00Z' } } as const
const lateToBusiness = {
  kind: 'late',
  detail: { ...waited, lastDay: '2026-06-10', delayedAt: '2026-06-10T22:00:00Z' },
} as const
const recalled = recalledOf(fact('RecallNoticeWritten').data)
/** What shipping says it rests on that a delivery failed. */
function whyFailed(failure: Failure, customerKind: 'consumer' | 'business') {
  const whereabouts = failure === 'lost' || failure === 'damaged' ? 'lost-in-transit' : 'refused'
  const { reasons } = ofTerms.riskOf({ customerKind, whereabouts })
  const isNotTaken = failure === 'refused' || failure === 'uncollected'
  if (customerKind === 'business' || !isNotTaken) return reasons
  return [...ofTerms.withdrawalNotice({ did: 'refused-delivery' }).reasons, ...reasons]
}
const hindered = { event: 'strike', what: 'Posten streiker.', ...waited }
/** Extra time that was set on the second of July, and what follows from its end. */
function overOf(until: string, who: Pick<Parameters<typeof ofTerms.delay>[0], 'customerKind' | 'madeToOrder'>) {
  const [confirmedAt, extraTimeSetAt] = ['2026-06-01T08:00:00Z', '2026-07-02T08:00:00Z'].map(Temporal.Instant.from)
  const extraTimeUntil = Temporal.PlainDate.from(until)
  const at = endOfOsloDay(extraTimeUntil)
  const { reasons } = ofTerms.delay({ ...who, confirmedAt: confirmedAt!, at, extraTimeUntil, extraTimeSetAt })
  return { until, reasons }
}
const delays: Record<string, (locale: Locale) => Composed> = {
  'additional-period': (locale) =>
    composeExtraTime('set', extraTimeOf(fact('AdditionalPeriodSet').data), confirmed(locale)),
  'additional-period-over': (locale) =>
    composeExtraTime('over', extraTimeOf(fact('AdditionalPeriodOver').data), confirmed(locale)),
  'additional-period-over-short': (locale) =>
    composeExtraTime('over', { ...overOf('2026-07-02', { customerKind: 'consumer' }), ...waited }, confirmed(locale)),
  'additional-period-over-made-to-order': (locale) =>
    composeExtraTime(
      'over',
      { ...overOf('2026-07-15', { customerKind: 'business', madeToOrder: 'all' }), ...waited },
      confirmed(locale, 'business'),
    ),
  'delivered-late-after-extra-time': (locale) => {
    const order = confirmed(locale)
    const { periodId, until, setAt } = fact('AdditionalPeriodSet').data
    const deliveredAt = endOfOsloDay(Temporal.PlainDate.from(until)).add({ hours: 12 }).toString()
    const state = { ...order.state, additionalPeriods: [{ periodId, until, setAt }] }
    return composeDelay({ kind: 'delivered-late', detail: { deliveredAt } }, { ...order, state })
  },
  recalled: (locale) => composeRecalled(recalled, confirmed(locale)),
  'recalled-business': (locale) =>
    composeRecalled(
      { ...recalled, scope: {}, units: [{ ...recalled.units[0]!, serialNumber: undefined, quantity: 3 }] },
      confirmed(locale, 'business'),
    ),
  'hindrance-over': (locale) => {
    const order = confirmed(locale)
    const told = fact('DeliveryHindered').data
    const { hindranceId, reasons } = fact('DeliveryHindranceEnded').data
    const state = { ...order.state, hindrances: [told] }
    return composeHindranceOver({ hindranceId, reasons, ...waited, expectedBy: '2026-06-18' }, { ...order, state })
  },
  hindered: (locale) => composeHindered({ ...hindered, expectedBy: '2026-06-18' }, confirmed(locale)),
  'hindered-beyond-control': (locale) =>
    composeHindered({ ...hindered, foreseeable: false, avoidable: false }, confirmed(locale)),
  'hindered-within-control': (locale) =>
    composeHindered({ ...hindered, avoidable: true, underway: [] }, confirmed(locale, 'business')),
  ...Object.fromEntries(
    failures.flatMap((failure) =>
      (['consumer', 'business'] as const).map((kind) => [
        `not-delivered-${failure}-${kind}`,
        (locale: Locale) =>
          composeNotDelivered(
            { failure, lines: [{ lineId: '1', quantity: 2 }], reasons: whyFailed(failure, kind) },
            confirmed(locale, kind),
          ),
      ]),
    ),
  ),
  'delivery-goes-on-under-way': (locale) => composeGoesOn({ outcome: 'under-way' }, confirmed(locale)),
  'delivery-goes-on-sent-again': (locale) => composeGoesOn({ outcome: 'sent-again' }, confirmed(locale)),
  delayed: (locale) =>
    composeDelay(
      { kind: 'delayed', detail: { ...waited, lastDay: '2026-06-10', delayedAt: '2026-06-10T22:00:00Z' } },
      confirmed(locale),
    ),
  late: (locale) => composeDelay(late, confirmed(locale)),
  'late-business': (locale) => composeDelay(lateToBusiness, confirmed(locale, 'business')),
  'delivered-late': (locale) =>
    composeDelay({ kind: 'delivered-late', detail: { deliveredAt: '2026-07-04T12:00:00Z' } }, confirmed(locale)),
  'delivered-late-business': (locale) =>
    composeDelay(
      { kind: 'delivered-late', detail: { deliveredAt: '2026-06-12T12:00:00Z' } },
      confirmed(locale, 'business'),
    ),
}
/** The same with a request to stop some of it, answered. */
function stoppedOrder(locale: Locale, left: Record<string, number>, early = false): StoredOrder {
  const asked = { lines: [{ lineId: '1', quantity: 2 }] }
  const before = [place({ locale, quote: quoteFor({ locale }) }), authorise(), confirm()]
  const commands = [...before, cancelUnits('1', 2), answer(left, { asked: asked.lines })]
  const state = toldBy(decider, ...commands).reduce(decider.evolve, decider.initial) as PlacedOrder
  const disclosures = { ...state.placed.disclosures, earlyCapture: early }
  const placed = { ...state.placed, disclosures }
  return { id: orderId, version: 1, state: { ...state, placed }, personal: place().data.personal } as StoredOrder
}
const stopped: Record<string, (locale: Locale) => Composed> = {
  stopped: (locale) => composeStopped(stoppedOrder(locale, {}), requestId),
  'stopped-paid': (locale) => composeStopped(stoppedOrder(locale, {}, true), requestId),
  'stopped-by-seller': (locale) => {
    const { state, ...rest } = stoppedOrder(locale, {})
    const stops = state.stops.map((stop) => ({ ...stop, by: 'seller' as const, reason: 'stock' as const }))
    return composeStopped({ ...rest, state: { ...state, stops } }, requestId)
  },
  'stopped-in-part': (locale) => composeStopped(stoppedOrder(locale, { 1: 1 }), requestId),
}
/** Units of the first line were to be stopped, by a cancellation or a withdrawal: so many were, so many had left. */
function stoppedUnits(order: StoredOrder, units: { stopped: number; left: number; returnId?: string; early?: true }) {
  const { placed } = order.state
  const of = (quantity: number) => (quantity > 0 ? [{ lineId: '1', quantity }] : [])
  const concluded = {
    stopped: of(units.stopped).map((part) => ({ ...part, amount: 49_900 * part.quantity })),
    left: of(units.left),
  }
  const asked = { requestId: orderId, by: 'customer', reason: 'customer-wish', lines: of(units.stopped + units.left) }
  const stop = {
    ...asked,
    requestedAt: placed.placedAt,
    concluded,
    ...(units.returnId && { returnId: units.returnId }),
  }
  const disclosures = { ...placed.disclosures, earlyCapture: units.early === true }
  const state = { ...order.state, placed: { ...placed, disclosures }, stops: [stop] } as PlacedOrder
  return composeStopped({ ...order, state }, orderId)
}

/** When mails about the contract go. */
const at = Temporal.Instant.from('2026-06-01T08:02:00Z')

const mails: Record<string, (order: StoredOrder) => Composed | Promise<Composed>> = {
  acknowledgement: (order) => compose('acknowledgement', order, { at }),
  confirmation: (order) => compose('confirmation', order, { at }),
  'confirmation-again': (order) =>
    compose('confirmation', { ...order, state: { ...order.state, reconfirming: true } }, { at }),
  'pay-again': (order) => composePayAgain(order, 'https://shop.example/payments/1'),
  'pay-again-for-what-was-sent': (order) => composePayAgain(sentUnpaid(order, 3), 'https://shop.example/payments/1'),
  'pay-again-in-part': (order) => composePayAgain(sentUnpaid(order, 1), 'https://shop.example/payments/1'),
  claimed: (order) => composeClaimed(order, { amount: 59_800, number: 17, dueOn: '2026-07-14' }),
  'claimed-to-account': (order) =>
    composeClaimed(order, { amount: 59_800, number: 17, dueOn: '2026-07-14', account: 'NO9386011117947' }),
  'pay-again-settled': (order) => composePayAgain(order, undefined),
  ...Object.fromEntries(
    Object.entries({ ...delays, ...stopped, ...damageNotedMails(confirmed) }).map(([name, write]) => [
      name,
      ({ state }) => write(state.placed.locale),
    ]),
  ),
  'seller-ends-by-mistake': sellerEnds({
    reason: 'pricing-error',
    why: 'Prisen sto som 0,49 kr, og skulle vært 499 kr.',
  }),
  'seller-ends-a-part': sellerEnds({ reason: 'stock', customerConsents: true, whole: false }),
  'seller-ends-before-contract': sellerEnds({ reason: 'stock', formed: false, whole: false }),
  ...Object.fromEntries(
    (['goodwill', 'late-interest'] as const).map((kind) => [
      `paid-out-${kind}`,
      (order) => composePaidOut({ kind, amount: 25_000, number: 7, paidAt, reasons: whyPaid[kind], reference }, order),
    ]),
  ),
  readdressed: (order) => composeReaddressed({ changed: true, partLeft: false }, order),
  'price-offered': (order) => composePriceOffered(priceOffered({}), order),
  'price-offered-abroad': (order) =>
    composePriceOffered(
      priceOffered({ currency: 'EUR', label: { nb: 'uten mva. (utførsel)', en: 'without VAT (export)' } }),
      order,
    ),
  'readdressed-in-part': (order) => composeReaddressed({ changed: true, partLeft: true }, order),
  'readdressed-too-late': (order) => composeReaddressed({ changed: false, partLeft: true }, order),
  'stopped-of-a-withdrawal': (order) => stoppedUnits(order, { stopped: 1, left: 1, returnId: orderId }),
  'stopped-too-late': (order) => stoppedUnits(order, { stopped: 0, left: 2 }),
  'stopped-before': (order) => stoppedUnits(order, { stopped: 0, left: 0 }),
  'sent-with-invoice': (order) => composeNews(news['sent-in-part']!, order, invoice),
  ...Object.fromEntries(Object.entries(news).map(([name, told]) => [name, (order) => composeNews(told, order)])),
}

t.test('every mail about an order reads as its file in test/order/mails; UPDATE_GOLDEN=1 writes them', async (t) => {
  for (const [name, write] of Object.entries(mails))
    for (const locale of locales)
      t.test(`${name} in ${locale}`, async (t) => {
        const { subject, text, locale: language, attachments = [] } = await write(stored(locale))
        const files = attachments.map(({ filename }) => `[${filename}]`)
        const mail = [subject, text, ...(files.length > 0 ? [files.join('\n')] : [])].join('\n\n')
        matchesGolden(t, new URL(`mails/${name}.${locale}.txt`, import.meta.url), mail)
        t.equal(language, locale)
        t.notMatch(mail, /undefined|null|NaN|\[object/)
      })
})

t.test('there is a file for every mail; those of documents stand with these', async (t) => {
  const written = [...Object.keys(mails), 'invoice', 'credit-note']
  for (const kind of Object.keys(orderMails))
    t.ok(
      written.some((name) => name.startsWith(kind)),
      kind,
    )
})

t.test('the customer is told', async (t) => {
  const subjects = (house: Awaited<ReturnType<typeof startOrdersForTest>>) =>
    house.mailbox.to('kari@example.com').map(({ subject }) => subject ?? '')
  const told = (house: Awaited<ReturnType<typeof startOrdersForTest>>, words: RegExp, times = 1) =>
    eventually(`${times} mails that say ${words}`, async () => {
      const found = house.mailbox.to('kari@example.com').filter(({ subject }) => words.test(subject ?? ''))
      return found.length === times && found
    })

  t.test('that their payment failed, once', async (t) => {
    const house = await startOrdersForTest(t)
    await house.stock('SENSOR-1')
    const { body } = await house.place()
    const at = house.clock.now().toString()
    for (const _ of [1, 2])
      await tell(house, { type: 'FailPayment', data: { orderId: body.id, at, cause: 'payment-declined' } })
    const [mail] = await told(house, /is cancelled/)
    t.match(mail!.text, /The payment was not approved/)
    t.match(mail!.text, /Nothing was taken\./)
  })

  t.test('of each parcel that leaves, with its invoice, and of what goes back, with its credit note', async (t) => {
    const { house, id, read } = await anOrderFormed(t)
    await dispatch(house, id, 1)
    await dispatch(house, id, 2)
    // Two mails may come in either order.
    const sent = await told(house, /have been sent$/, 2)
    const parts = sent.map(({ text }) => /The rest of the order comes in another parcel/.test(text))
    t.strictSame(parts.toSorted(), [false, true])
    for (const { text, attachments } of sent) {
      t.match(text, /[12] × /)
      t.match(text, /The invoice is attached/)
      t.match(attachments.map(({ filename }) => filename).join(), /^invoice-\d+\.pdf$/)
    }
    await eventually('the captures', async () => (await read()).payment.captured === (await read()).totals.total)
    await decideRefund(house, id, 1_000)
    const [back] = await told(house, /^We have paid back NOK.10\.00/)
    t.match(back!.text, /1 × Sensor: NOK.10\.00/)
    t.match(back!.attachments[0]!.filename, /^credit-note-\d+\.pdf$/)
    t.notMatch(subjects(house).join(), /^Invoice/m, 'one mail tells of a parcel and of what was taken for it')
  })

  t.test('that a parcel left, though its payment cannot be taken yet; the invoice comes when it was', async (t) => {
    const { house, id } = await anOrderFormed(t, { watch: true })
    house.klarna.faults.add({
      match: { method: 'POST', path: '/captures' },
      phase: 'before',
      action: { type: 'status', status: 503 },
      times: 1_000,
    } as never)
    await dispatch(house, id, 3)
    t.notMatch(subjects(house).join(), /sent/, 'it waits for its invoice')
    house.clock.advance('PT11M')
    const [mail] = await told(house, /have been sent$/)
    t.match(mail!.text, /The invoice follows in an email of its own/)
    t.equal(mail!.attachments.length, 0)
    house.klarna.faults.clear()
    await told(house, /^Invoice \d+/)
  })

  t.test('that goods take longer than expected, that they are late, and that they came late, once each', async (t) => {
    const { house, id } = await anOrderFormed(t, { watch: true })
    await dispatch(house, id, 2)
    house.clock.advance('P14D')
    const [delayed] = await told(house, /takes longer than expected$/)
    t.match(delayed!.text, /This has not been sent yet:\n1 × Sensor/)
    house.clock.advance('P17D')
    const [late] = await told(house, /is late$/)
    t.match(late!.text, /This has been sent, and is not reported as delivered:\n2 × Sensor/)
    await dispatch(house, id, 1)
    const at = house.clock.now().toString()
    const { state } = await house.db.selectFrom('orders').select('state').where('id', '=', id).executeTakeFirstOrThrow()
    for (const { shipmentId } of state.shipments)
      for (const _ of [1, 2]) await tell(house, { type: 'RecordDelivery', data: { orderId: id, shipmentId, at } })
    await told(house, /came late$/)
    for (const words of [/takes longer/, /is late$/, /came late$/])
      t.equal(subjects(house).filter((subject) => words.test(subject)).length, 1)
    const { shipmentId } = state.shipments[0]!
    const on = (days: number) =>
      house.clock
        .now()
        .subtract({ hours: 24 * days })
        .toString()
    const correct = (deliveredAt?: string) =>
      tell(house, {
        type: 'CorrectDelivery',
        data: { orderId: id, shipmentId, at, ...(deliveredAt && { deliveredAt }) },
      })
    house.clock.advance('P3D')
    for (const moment of [on(30), on(1)]) await correct(moment)
    await told(house, /came late$/, 2)
    const row = await house.db.selectFrom('orders').select('delay_check_at').where('id', '=', id).executeTakeFirst()
    t.equal(row!.delay_check_at, null)
  })

  t.test(
    'at once that the seller ends a contract, why and by which law, once two persons say so (case L12b)',
    async (t) => {
      const { house, id, read } = await anOrderFormed(t)
      const url = `/orders/${id}/cancellation`
      const body = { by: 'seller', reason: 'pricing-error', mistake: { foundBy: 'Kim Funn', why: 'It stood at 0.49.' } }
      const { status, body: order } = await house.call('support', 'PUT', url, body)
      t.strictSame([status, order.status, order.proposal.reason], [202, 'formed', 'pricing-error'])
      t.notMatch(subjects(house).join(), /do not deliver/)
      await alarm(house, 'cancellation-to-approve')
      const { requestId } = order.proposal
      const settle = (role: string, by: string) =>
        house.call(role, 'PUT', `${url}/approval`, { requestId, verdict: 'approved', by })
      assertProblem(await settle('support', 'Robin Andre'), 409, 'second-person-needed', /Somebody else has to look/)
      t.equal((await settle('manager', 'Robin Andre')).body.status, 'cancelling')
      const [mail] = await told(house, /do not deliver order/)
      t.match(
        mail!.text,
        /the price was wrong[\s\S]*you must have seen[\s\S]*It stood at 0\.[^ ]?49[\s\S]*avtaleloven § 32/,
      )
      await resolved(house, 'cancellation-to-approve')
      const kept = (await historyOf(house, id)).find(({ type }: { type: string }) => type === 'CancellationProposed')
      t.hasStrict(kept.data.personal, { by: 'Kim Funn', subject: 'support', why: 'It stood at 0.49.' })
      const seen = (await house.call('storefront', 'GET', `/orders/${id}/history`)).text
      t.notMatch(seen, /Kim Funn|Robin Andre/)
      await stopAll(house, id, house.clock.now().toString())
      await told(house, /is cancelled/)
      t.equal((await read()).cancelled.by, 'seller')
    },
  )

  t.test('that what they cancelled is cancelled, and that nothing was taken', async (t) => {
    const { house, id } = await anOrderFormed(t)
    const at = house.clock.now().toString()
    const requestId = crypto.randomUUID()
    const data = { requestId, orderId: id, at, by: 'customer', reason: 'customer-wish' } as const
    await tell(house, { type: 'CancelOrder', data })
    t.notMatch(subjects(house).join(), /cancelled/, 'shipping has not said yet that the goods are here')
    await stopAll(house, id, at)
    const [mail] = await told(house, /is cancelled/)
    t.match(mail!.text, /Nothing was taken, and the reservation of .* is let go/)
  })
})
