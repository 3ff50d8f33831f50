import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { isWorkingDay } from '../calendar.ts'
import {
  answerLimit,
  breach,
  freeAnswer,
  identityProof,
  type Request,
  refusalReply,
  requestDue,
} from '../privacy/requests.ts'
import { objection, routing, withdrawalOfConsent } from '../privacy/rights.ts'
import { policyOf } from '../sellers/privacy-policies/policies.ts'
import { cites, codes, instant } from './cites.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const smartgroup = policyOf('smartgroup')
const due = (receivedOn: string, facts: Omit<Request, 'receivedOn'> = {}) =>
  requestDue(smartgroup, { receivedOn: day(receivedOn), ...facts })

describe('Art. 12(3) when a request is answered at the latest', () => {
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
    test(`${rule}: ${dueOn}`, () => {
      const { dueOn: found, reasons } = due(receivedOn)
      assert.equal(found?.toString(), dueOn)
      assert.deepEqual(cites(reasons), ['Art. 12(3)', '§ 12'])
    })

  test('two months more when told in time and why', () => {
    assert.equal(due('2026-03-05', { extended: true }).dueOn?.toString(), '2026-06-05')
    assert.equal(due('2026-01-31', { extended: true }).dueOn?.toString(), '2026-04-30')
    const last = due('2026-03-05', { extensionToldOn: day('2026-04-07') })
    assert.deepEqual([last.extensionValid, last.dueOn?.toString()], [true, '2026-06-05'])
  })
  test('told too late or without a reason it is one month after all', () => {
    for (const facts of [
      { extensionToldOn: day('2026-04-08') },
      { extensionToldOn: day('2026-03-10'), extensionReasoned: false },
    ]) {
      const { extensionValid, dueOn, reasons } = due('2026-03-05', facts)
      assert.deepEqual([extensionValid, dueOn?.toString()], [false, '2026-04-07'])
      assert.ok(codes(reasons).includes('extension-not-told-in-time-with-reasons'))
    }
  })
  test('nobody asked for more time, so nothing is said of it', () =>
    assert.equal(due('2026-03-05', { extended: false }).extensionValid, undefined))
  test('it runs from proof of identity only when that was rightly asked for, and at once', () => {
    const provenOn = day('2026-03-12')
    const on = (doubted: boolean, askedAtOnce?: boolean) =>
      due('2026-03-02', { identity: { doubted, askedAtOnce, provenOn } }).dueOn?.toString()
    assert.deepEqual([on(true), on(true, false), on(false)], ['2026-04-13', '2026-04-07', '2026-04-07'])
    const waiting = due('2026-03-02', { identity: { doubted: true } })
    assert.equal(waiting.dueOn, undefined)
    assert.ok(cites(waiting.reasons).includes('Art. 12(6)'))
  })
  test('the last day is always a working day, and never less than 28 days away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), (count) => {
        const receivedOn = day('2024-01-01').add({ days: count })
        const { dueOn } = requestDue(undefined, { receivedOn })
        assert.ok(isWorkingDay(dueOn!))
        assert.ok(receivedOn.until(dueOn!).days >= 28)
      }),
    )
  })
  test('“normally” does not loosen the limit', () => {
    const { limit, reasons } = answerLimit(smartgroup)
    assert.deepEqual(limit, { months: 1 })
    assert.deepEqual(cites(reasons), ['§ 12', 'Art. 12(3)'])
  })
})

describe('Art. 12(4)–(6)', () => {
  test('proof of identity is asked for on reasonable doubt, not of everybody', () => {
    const { outcome, reasons } = identityProof(policyOf('smartphoto'), { doubted: false })
    assert.equal(outcome, 'refused')
    assert.deepEqual(codes(reasons), ['over-collection'])
    assert.ok(cites(reasons).includes('Art. 5.7') && cites(reasons).includes('Art. 12(6)'))
    assert.equal(identityProof(smartgroup, { doubted: true }).outcome, 'granted')
  })
  test('a repeated request is free until a person finds it excessive, which the controller has to show', () => {
    const { outcome, burden } = freeAnswer({ repeated: true })
    assert.deepEqual([outcome, burden], ['review', 'controller'])
    assert.equal(freeAnswer({ repeated: false }).outcome, 'granted')
  })
  test('a refusal is told in time, with reasons and where to complain', () => {
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
      assert.equal(reply.violation, violation)
      assert.deepEqual(cites(reply.reasons), ['Art. 12(4)'])
    }
  })
})

describe('Art. 33 and 34 a breach', () => {
  const foundAt = instant('2026-03-27T12:00:00Z')
  test('is reported within 72 hours, over a weekend and the change to summer time', () => {
    const { authorityBy, tellPeople, reasons } = breach({ foundAt })
    assert.deepEqual([authorityBy?.toString(), tellPeople], ['2026-03-30T12:00:00Z', false])
    assert.deepEqual(cites(reasons), ['Art. 33(1)'])
  })
  test('is told to people when the risk is high, and to nobody when there is none', () => {
    assert.equal(breach({ foundAt, risk: 'high' }).tellPeople, true)
    assert.equal(breach({ foundAt, risk: 'none' }).authorityBy, undefined)
  })
})

describe('Art. 7 and 21', () => {
  for (const [purpose, outcome, balancing, effective] of [
    ['direct-marketing', 'granted', false, 'immediately'],
    ['legitimate-interest', 'review', true, 'immediately'],
    ['contract', 'refused', false, 'never'],
    ['legal-obligation', 'refused', false, 'never'],
  ] as const)
    test(`an objection to ${purpose}: ${outcome}`, () => {
      const ruling = objection({ policy: policyOf('smartphoto'), purpose })
      assert.deepEqual([ruling.outcome, ruling.balancing, ruling.effective], [outcome, balancing, effective])
      assert.ok(cites(ruling.reasons).includes('Art. 5.3'))
    })
  test('consent ends when it is withdrawn', () => {
    const { outcome, effective, reasons } = withdrawalOfConsent(smartgroup)
    assert.deepEqual([outcome, effective], ['granted', 'immediately'])
    assert.deepEqual(cites(reasons), ['Art. 7(3)', '§ 5', '§ 12'])
  })
})

describe('who answers for the data', () => {
  for (const [purpose, controller, processor, ownRole, erase] of [
    ['membership', 'organisation', 'SmartOrg', 'processor', true],
    ['payment', 'seller', 'Stripe', 'controller', false],
    ['marketing', 'seller', 'MailChimp', 'controller', true],
    ['account', 'seller', 'SmartOrg', 'both', true],
    ['receipt', 'seller', 'SmartOrg', 'both', true],
    ['something else', 'seller', undefined, 'controller', true],
  ] as const)
    test(`SmartOrg, ${purpose}: ${controller}`, () => {
      const found = routing(policyOf('smartorg'), purpose)
      assert.deepEqual(
        [found.controller, found.processor, found.ownRole, found.erase],
        [controller, processor, ownRole, erase],
      )
      assert.ok(cites(found.reasons).includes('Art. 4(7)–(8)'))
    })
  test('what keeps a payment is named with its law', () =>
    assert.deepEqual(codes(routing(policyOf('smartorg'), 'payment').reasons), [
      'role-by-purpose',
      'bookkeeping',
      'anti-laundering',
    ]))
})
