import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { isWorkingDay } from '../calendar.ts'
import { breach, freeAnswer, identityProof, type Request, refusalReply, requestDue } from '../privacy/requests.ts'
import { objection, routing, withdrawalOfConsent } from '../privacy/rights.ts'
import { policyOf } from '../sellers/privacy-policies/policies.ts'
import { cites, codes, instant } from './cites.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const smartgroup = policyOf('smartgroup')
const due = (receivedOn: string, facts: Omit<Request, 'receivedOn'> = {}) =>
  requestDue(smartgroup, { receivedOn: day(receivedOn), ...facts })

t.test('Art. 12(3) when a request is answered at the latest', async (t) => {
  for (const [rule, receivedOn, dueOn] of [
    ['the same date of the next month', '2025-09-03', '2025-10-03'],
    ['the last of a month that is shorter', '2026-08-31', '2026-09-30'],
    ['30 April for a request of 31 March', '2026-03-31', '2026-04-30'],
    ['29 February in a leap year', '2028-01-31', '2028-02-29'],
    ['28 February is a Saturday', '2026-01-30', '2026-03-02'],
    ['5 April is Easter Sunday', '2026-03-05', '2026-04-07'],
    ['17 May is a holiday', '2027-04-17', '2027-05-18'],
    ['24 December is none', '2026-11-24', '2026-12-24'],
    ['a request on a Sunday counts from the Sunday', '2026-06-07', '2026-07-07'],
  ] as const)
    t.test(`${rule}: ${dueOn}`, async (t) => {
      const { dueOn: found, reasons } = due(receivedOn)
      t.equal(found?.toString(), dueOn)
      t.strictSame(cites(reasons), ['Art. 12(3)', '§ 12'])
    })

  t.test('two months more when told in time and why', async (t) => {
    t.equal(due('2026-03-05', { extended: true }).dueOn?.toString(), '2026-06-05')
    t.equal(due('2026-01-31', { extended: true }).dueOn?.toString(), '2026-04-30')
    const last = due('2026-03-05', { extensionToldOn: day('2026-04-07') })
    t.strictSame([last.extensionValid, last.dueOn?.toString()], [true, '2026-06-05'])
  })
  t.test('told too late or without a reason it is one month after all', async (t) => {
    for (const facts of [
      { extensionToldOn: day('2026-04-08') },
      { extensionToldOn: day('2026-03-10'), extensionReasoned: false },
    ]) {
      const { extensionValid, dueOn, reasons } = due('2026-03-05', facts)
      t.strictSame([extensionValid, dueOn?.toString()], [false, '2026-04-07'])
      t.ok(codes(reasons).includes('extension-not-told-in-time-with-reasons'))
    }
  })
  t.test('nobody asked for more time, so nothing is said of it', async (t) =>
    t.equal(due('2026-03-05', { extended: false }).extensionValid, undefined),
  )
  t.test('it runs from proof of identity only when that was rightly asked for, and at once', async (t) => {
    const provenOn = day('2026-03-12')
    const on = (doubted: boolean, askedAtOnce?: boolean) =>
      due('2026-03-02', { identity: { doubted, askedAtOnce, provenOn } }).dueOn?.toString()
    t.strictSame([on(true), on(true, false), on(false)], ['2026-04-13', '2026-04-07', '2026-04-07'])
    const waiting = due('2026-03-02', { identity: { doubted: true } })
    t.equal(waiting.dueOn, undefined)
    t.ok(cites(waiting.reasons).includes('Art. 12(6)'))
  })
  t.test('the last day is always a working day, and never less than 28 days away', async () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), (count) => {
        const receivedOn = day('2024-01-01').add({ days: count })
        const { dueOn } = requestDue(undefined, { receivedOn })
        assert.ok(isWorkingDay(dueOn!))
        assert.ok(receivedOn.until(dueOn!).days >= 28)
      }),
    )
  })
  t.test('“normally” does not loosen the limit', async (t) => {
    const { dueOn, reasons } = requestDue(smartgroup, { receivedOn: day('2026-06-15') })
    t.equal(dueOn?.toString(), '2026-07-15')
    t.strictSame(cites(reasons), ['Art. 12(3)', '§ 12'])
  })
})

t.test('Art. 12(4)–(6)', async (t) => {
  t.test('proof of identity is asked for on reasonable doubt, not of everybody', async (t) => {
    const { outcome, reasons } = identityProof(policyOf('smartphoto'), { doubted: false })
    t.equal(outcome, 'refused')
    t.strictSame(codes(reasons), ['over-collection'])
    t.ok(cites(reasons).includes('Art. 5.7') && cites(reasons).includes('Art. 12(6)'))
    t.equal(identityProof(smartgroup, { doubted: true }).outcome, 'granted')
  })
  t.test(
    'a repeated request is free until a person finds it excessive, which the controller has to show',
    async (t) => {
      const { outcome, burden } = freeAnswer({ repeated: true })
      t.strictSame([outcome, burden], ['review', 'controller'])
      t.equal(freeAnswer({ repeated: false }).outcome, 'granted')
    },
  )
  t.test('a refusal is told in time, with reasons and where to complain', async (t) => {
    const dueOn = day('2026-06-05')
    for (const [facts, violation] of [
      [{ replied: true }, false],
      [{ replied: false }, true],
      [{ replied: true, repliedOn: dueOn, dueOn }, false],
      [{ replied: true, repliedOn: dueOn.add({ days: 1 }), dueOn }, true],
      [{ replied: true, reasoned: false }, true],
      [{ replied: true, complaintRouteGiven: false }, true],
    ] as const) {
      const reply = refusalReply(facts)
      t.equal(reply.violation, violation)
      t.strictSame(cites(reply.reasons), ['Art. 12(4)'])
    }
  })
})

t.test('Art. 33 and 34 a breach', async (t) => {
  const foundAt = instant('2026-03-27T12:00:00Z')
  t.test('is reported within 72 hours, over a weekend and the change to summer time', async (t) => {
    const { authorityBy, tellPeople, reasons } = breach({ foundAt })
    t.strictSame([authorityBy?.toString(), tellPeople], ['2026-03-30T12:00:00Z', false])
    t.strictSame(cites(reasons), ['Art. 33(1)'])
  })
  t.test('is told to people when the risk is high, and to nobody when there is none', async (t) => {
    t.equal(breach({ foundAt, risk: 'high' }).tellPeople, true)
    t.equal(breach({ foundAt, risk: 'none' }).authorityBy, undefined)
  })
})

t.test('Art. 7 and 21', async (t) => {
  for (const [purpose, outcome, balancing, effective] of [
    ['direct-marketing', 'granted', false, 'immediately'],
    ['legitimate-interest', 'review', true, 'immediately'],
    ['contract', 'refused', false, 'never'],
    ['legal-obligation', 'refused', false, 'never'],
  ] as const)
    t.test(`an objection to ${purpose}: ${outcome}`, async (t) => {
      const ruling = objection({ policy: policyOf('smartphoto'), purpose })
      t.strictSame([ruling.outcome, ruling.balancing, ruling.effective], [outcome, balancing, effective])
      t.ok(cites(ruling.reasons).includes('Art. 5.3'))
    })
  t.test('consent ends when it is withdrawn', async (t) => {
    const { outcome, effective, reasons } = withdrawalOfConsent(smartgroup)
    t.strictSame([outcome, effective], ['granted', 'immediately'])
    t.strictSame(cites(reasons), ['Art. 7(3)', '§ 5', '§ 12'])
  })
})

t.test('who answers for the data', async (t) => {
  for (const [purpose, controller, processor, ownRole, erase] of [
    ['membership', 'organisation', 'SmartOrg', 'processor', true],
    ['payment', 'seller', 'Stripe', 'controller', false],
    ['marketing', 'seller', 'MailChimp', 'controller', true],
    ['account', 'seller', 'SmartOrg', 'both', true],
    ['receipt', 'seller', 'SmartOrg', 'both', true],
    ['something else', 'seller', undefined, 'controller', true],
  ] as const)
    t.test(`SmartOrg, ${purpose}: ${controller}`, async (t) => {
      const found = routing(policyOf('smartorg'), purpose)
      t.strictSame(
        [found.controller, found.processor, found.ownRole, found.erase],
        [controller, processor, ownRole, erase],
      )
      t.ok(cites(found.reasons).includes('Art. 4(7)–(8)'))
    })
  t.test('what keeps a payment is named with its law', async (t) =>
    t.strictSame(codes(routing(policyOf('smartorg'), 'payment').reasons), [
      'role-by-purpose',
      'bookkeeping',
      'anti-laundering',
    ]),
  )
})
